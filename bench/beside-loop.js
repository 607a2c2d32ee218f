import { usersFile } from './files.js';
import { factor, median, seconds } from './measure.js';
import { applyArgs, openTenant, run, runReference, unlimited } from './run-program.js';

const most = 1.4;

/** The program and the loop that makes the same calls, turn by turn. */
async function beside({ users, args, faces, mostMb, runs }) {
  const tenant = await openTenant({ users, faces });
  try {
    const rounds = [];
    for (let round = 0; round < runs; round += 1) {
      await tenant.calls();
      const program = await run(args, tenant);
      const calls = await tenant.calls();
      const loop = await runReference(tenant, calls);
      await tenant.calls();
      rounds.push({ program, loop });
    }
    const [program, loop] = ['program', 'loop'].map((who) => median(rounds.map((round) => round[who].ms)));
    const peakMb = Math.max(...rounds.map((round) => round.program.peakMb));
    const text = `${factor(program / loop)}, ${Math.round(peakMb)} MB (${seconds(program)} against ${seconds(loop)})`;
    return { value: program / loop, peakMb, text, met: program / loop <= most && peakMb < mostMb };
  } finally {
    tenant.close();
  }
}

const planArgs = (users) => ['plan', usersFile(users), ...unlimited];

export const besideLoop = [
  { what: 'plan of 10,000 users', users: 10_000, argsOf: planArgs, mostMb: 250 },
  { what: 'apply of 10,000 creates', users: 10_000, argsOf: applyArgs, faces: 'bare', mostMb: 300 },
  { what: 'plan of 100,000 users', users: 100_000, argsOf: planArgs, mostMb: 300, full: true },
].map(({ what, users: usual, argsOf, faces, mostMb, full = false }) => ({
  name: `${what}, beside a loop that makes the same calls`,
  target: `at most ${most} x, under ${mostMb} MB`,
  full,
  run: ({ size, runs }) => {
    const users = size(usual);
    return beside({ users, args: argsOf(users), faces, mostMb, runs: full ? 1 : runs });
  },
}));
