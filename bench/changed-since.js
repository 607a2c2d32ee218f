import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchDirectory } from './files.js';
import { median } from './measure.js';
import { faceform, openTenant, runNode } from './run-program.js';

const perFile = 1000;

/** A repository with so many entries in files of a thousand, of which five differ from what is committed. */
function repositoryOf(users) {
  const directory = scratchDirectory();
  const git = (...args) =>
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', ...args], { cwd: directory });
  mkdirSync(join(directory, 'users'));
  const fileOf = (at) => join(directory, 'users', `${at}.yaml`);
  for (let at = 0; at * perFile < users; at += 1) {
    const entries = Array.from({ length: Math.min(perFile, users) }, (_, index) => {
      return `  - user: user${at * perFile + index}\n    flow: mobile\n`;
    });
    writeFileSync(fileOf(at), `version: 1\nenrollments:\n${entries.join('')}`);
  }
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Begin');
  const changed = readFileSync(fileOf(0), 'utf8').replaceAll(
    /(user[0-4]\n {4}flow: mobile\n)/g,
    '$1    enabled: false\n',
  );
  writeFileSync(fileOf(0), changed);
  return directory;
}

/** Turn by turn with `validate` of the same files. */
export const changedSince = {
  name: 'plan of 5 changed entries of 100,000, --changed-since, beside validate of the same files',
  target: 'at most 1.5 x, 25 calls',
  run: async ({ size, runs }) => {
    const users = size(100_000);
    const directory = repositoryOf(users);
    const tenant = await openTenant({ users });
    const flags = ['--changed-since', 'main', '--requests-per-second', '10000', '--quiet'];
    const rounds = [];
    let calls = 0;
    try {
      for (let round = 0; round < runs; round += 1) {
        const validate = await runNode([faceform, 'validate', 'users'], tenant.environment, directory);
        const plan = await runNode([faceform, 'plan', 'users', ...flags], tenant.environment, directory);
        if (plan.code !== 0) throw new Error(`plan ended with ${plan.code}: ${plan.output.slice(-500)}`);
        calls = Object.values(await tenant.calls()).reduce((total, count) => total + count, 0);
        rounds.push({ validate, plan });
      }
    } finally {
      tenant.close();
    }
    const [plan, validate] = ['plan', 'validate'].map((who) => median(rounds.map((round) => round[who].ms)));
    const ratio = plan / validate;
    const text = `${ratio.toFixed(2)} x (${(plan / 1000).toFixed(2)} s), ${calls} calls`;
    return { value: ratio, text, met: ratio <= 1.5 && calls <= 25 };
  },
};
