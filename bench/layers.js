import { fileURLToPath } from 'node:url';
import { usersFile } from './files.js';
import { factor, median, seconds } from './measure.js';
import { openTenant, run, runNode, runReference, unlimited } from './run-program.js';

const stripped = fileURLToPath(new URL('stripped.js', import.meta.url));
const names = ['its calls', 'the file', 'the answers', 'the plan'];

/** A stripped program that does the least of each layer, turn by turn with the loop and the program; processor time. */
export const layers = {
  name: 'plan of 10,000 users, layer by layer, beside a loop that makes the same calls',
  target: 'none',
  run: async ({ size, runs }) => {
    const users = size(10_000);
    const file = usersFile(users);
    const tenant = await openTenant({ users });
    const takers = [
      ...names.map((name, at) => [name, () => runNode([stripped, tenant.url, file, String(at + 1)])]),
      ['faceform', () => run(['plan', file, ...unlimited], tenant)],
    ];
    const rounds = [];
    try {
      await takers.at(-1)[1]();
      const calls = await tenant.calls();
      for (let round = 0; round < runs; round += 1) {
        const times = [(await runReference(tenant, calls)).cpuMs];
        for (const [, take] of takers) times.push((await take()).cpuMs);
        rounds.push(times);
      }
    } finally {
      tenant.close();
    }
    const [loop, ...times] = rounds[0].map((_, at) => median(rounds.map((round) => round[at])));
    const parts = takers.map(([name], at) => `${name} ${factor(times[at] / loop)}`);
    return { value: times.at(-1) / loop, text: `${parts.join(', ')} (the loop ${seconds(loop)} of the processor)` };
  },
};
