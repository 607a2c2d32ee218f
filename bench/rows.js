import { besideLoop } from './beside-loop.js';
import { changedSince } from './changed-since.js';
import { usersFile } from './files.js';
import { invalidFiles } from './invalid-files.js';
import { layers } from './layers.js';
import { factor, hours, quickest, seconds, timed } from './measure.js';
import { ansiblePlaybook, parallelCurl, shellScript, terraformPlan } from './peers.js';
import { simulate } from './simulate.js';
import { applyArgs, latencyOf, openTenant, pace, run, runNode, runReference, unlimited } from './run-program.js';

const sum = (calls) => Object.values(calls).reduce((total, count) => total + count, 0);
const atMost = (value, most, text) => ({ value, text, met: value <= most });

async function callsOf(args, options) {
  const tenant = await openTenant(options);
  try {
    await run(args, tenant);
    return await tenant.calls();
  } finally {
    tenant.close();
  }
}

/** Time and peak of ten times as many users, as factors. */
async function growth(command, users) {
  const measured = [];
  for (const count of [users, users * 10]) {
    const tenant = await openTenant({ users: count, faces: command === 'plan' ? 'enrolled' : 'bare' });
    measured.push(await run(command === 'plan' ? ['plan', usersFile(count), ...unlimited] : applyArgs(count), tenant));
    tenant.close();
  }
  return measured;
}

/**
 * What is measured. `needs` names a peer that may be missing; `full` marks what takes minutes.
 * Sizes fall to a tenth with --quick, which is a test of the bench and no measurement.
 */
export const rows = [
  ...besideLoop,
  layers,
  {
    name: 'plan of 2,000 users, 20 ms away, against calls / concurrency x latency',
    target: 'at most 1.2 x',
    run: async ({ size }) => {
      const users = size(2000);
      const tenant = await openTenant({ users, latencyMs: 20 });
      const latencyMs = await latencyOf(tenant);
      const { ms } = await run(['plan', usersFile(users), ...unlimited], tenant);
      const calls = await tenant.calls();
      const loop = await runReference(tenant, calls, 'overlapped');
      tenant.close();
      const least = (sum(calls) / 32) * latencyMs;
      const ratio = ms / least;
      const itself = `a loop that reads faces beside pages ${factor(loop.ms / least)}`;
      const beside = `${seconds(ms)} for ${sum(calls)} calls of ${latencyMs.toFixed(1)} ms; ${itself}`;
      return atMost(ratio, 1.2, `${factor(ratio)} (${beside})`);
    },
  },
  {
    name: 'a limit of 200 calls a second',
    target: 'at least 95 % used, at most 1 % answered 429',
    run: async ({ size }) => {
      const users = size(3000);
      const tenant = await openTenant({ users, perSecond: 200 });
      const args = ['plan', usersFile(users), ...pace, '--requests-per-second', '200'];
      await run(args, tenant);
      const { ms, calls: all } = await tenant.busy();
      const { refused = 0, ...calls } = all;
      tenant.close();
      const used = sum(calls) / (ms / 1000) / 200;
      const share = refused / (sum(calls) + refused);
      const text = `${(used * 100).toFixed(1)} % used, ${(share * 100).toFixed(2)} % answered 429`;
      return { value: used, text, met: used >= 0.95 && share <= 0.01 };
    },
  },
  {
    name: 'calls for each user, all of 10,000 listed',
    target: 'at most 1.02',
    run: async ({ size }) => {
      const users = size(10_000);
      const calls = await callsOf(['plan', usersFile(users), ...unlimited], { users });
      const perUser = sum(calls) / users;
      return atMost(perUser, 1.02, `${perUser.toFixed(4)} (${JSON.stringify(calls)})`);
    },
  },
  {
    name: 'calls for 40 users of 10,000',
    target: 'at most 125',
    run: async () => {
      const calls = await callsOf(['plan', usersFile(40, 249), ...unlimited], { users: 10_000 });
      return atMost(sum(calls), 125, `${sum(calls)} (${JSON.stringify(calls)})`);
    },
  },
  changedSince,
  {
    name: 'validate 100,000 entries',
    target: 'at most 1.5 s, under 250 MB',
    run: async ({ size, runs }) => {
      const path = usersFile(size(100_000));
      const ran = await timed(runs, () => run(['validate', path]));
      const text = `${seconds(ran.ms)}, ${Math.round(ran.peakMb)} MB`;
      return { value: ran.ms / 1000, text, met: ran.ms <= 1500 && ran.peakMb < 250 };
    },
  },
  ...invalidFiles,
  {
    name: 'validate 1,000,000 entries on the default heap',
    target: 'at most 15 s',
    full: true,
    run: async ({ size }) => {
      const { ms, peakMb } = await run(['validate', usersFile(size(1_000_000))]);
      return atMost(ms / 1000, 15, `${seconds(ms)}, ${Math.round(peakMb)} MB`);
    },
  },
  ...['plan', 'apply'].map((command) => ({
    name: `growth from 10,000 to 100,000 users, ${command}`,
    target: 'at most 11 x the time, 8 x the memory',
    full: true,
    run: async ({ size }) => {
      const [small, large] = await growth(command, size(10_000));
      const [time, memory] = [large.ms / small.ms, large.peakMb / small.peakMb];
      const text = `${factor(time)} the time, ${factor(memory)} the memory (${Math.round(large.peakMb)} MB)`;
      return { value: time, text, met: time <= 11 && memory <= 8 };
    },
  })),
  ...[50, 300].map((perSecond) => ({
    name: `1,000,000 users at ${perSecond} calls a second, in virtual time`,
    target: 'none',
    full: true,
    run: async ({ size }) => {
      const parts = [];
      for (const shards of [1, 8, 32]) {
        const { seconds: taken, answered } = await simulate({
          users: size(1_000_000),
          shards,
          perSecond,
          latencyMs: 100,
        });
        parts.push(`${shards} shard${shards === 1 ? '' : 's'}: ${hours(taken)}, ${answered} calls`);
      }
      return { text: parts.join('; ') };
    },
  })),
  ...[
    { args: ['--version'], most: 1.6 },
    { args: ['validate', usersFile(3)], most: 3 },
  ].map(({ args, most }) => ({
    name: `${args[0]}${args.length > 1 ? ' of a small file' : ''}, beside a bare node -e 0`,
    target: `at most ${most} x`,
    run: async ({ starts }) => {
      const rounds = [];
      for (let round = 0; round < starts; round += 1) {
        rounds.push({ bare: await runNode(['-e', '0']), program: await run(args) });
      }
      const [program, bare] = ['program', 'bare'].map((who) => quickest(rounds.map((round) => round[who].ms)));
      return atMost(program / bare, most, `${factor(program / bare)} (${Math.round(program)} ms)`);
    },
  })),
  {
    name: 'plan of 1,000 users, beside terraform plan of as many terraform_data',
    target: 'at least 10 times faster',
    needs: ['terraform'],
    run: async ({ size, runs }) => {
      const users = size(1000);
      return beside({ users, runs, least: 10, peer: () => terraformPlan(users) });
    },
  },
  {
    name: 'plan of 5,000 users, beside terraform plan of as many terraform_data',
    target: 'at least 100 times faster',
    needs: ['terraform'],
    full: true,
    run: async ({ size }) => {
      const users = size(5000);
      return beside({ users, runs: 1, least: 100, peer: () => terraformPlan(users) });
    },
  },
  ...[
    { peer: shellScript, what: 'curl, jq and xargs', needs: ['curl', 'jq', 'xargs'] },
    { peer: parallelCurl, what: 'one curl -Z', needs: ['curl'] },
    { peer: ansiblePlaybook, what: 'an Ansible playbook', needs: ['ansible-playbook'], full: true },
  ].map(({ peer, what, needs, full = false }) => ({
    name: `plan of 2,000 users, 20 ms away, beside ${what} reading their faces`,
    target: 'none',
    needs,
    full,
    run: ({ size }) => beside({ users: size(2000), latencyMs: 20, runs: 1, least: 0, peer }),
  })),
];

/** How many times as long a peer takes. */
async function beside({ users, latencyMs = 0, runs, least, peer }) {
  const tenant = await openTenant({ users, latencyMs });
  const other = peer(tenant, users);
  const { ms } = await timed(runs, () => run(['plan', usersFile(users), ...unlimited], tenant));
  tenant.close();
  const ratio = other.ms / ms;
  return {
    value: ratio,
    text: `${ratio.toFixed(1)} times (${seconds(other.ms)} against ${seconds(ms)})`,
    met: ratio >= least,
  };
}
