import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openTenant, testNow, type TenantWorkspace } from '../../support/commands/workspace.ts';

const program = fileURLToPath(new URL('../../../dist/bin.js', import.meta.url));
/** A longer run: `KILL_RUNS=200 npx vitest run test/commands/kill`. */
const runs = Number(process.env['KILL_RUNS'] ?? 10);
const mobileUsers = Array.from({ length: 6 }, (_, at) => `mobile${at}`);
const webUsers = Array.from({ length: 4 }, (_, at) => `web${at}`);
const applicant = (login: string): string => `6f1c2b7e-0000-4000-8000-00000000000${login.at(-1) ?? ''}`;

/** Creates, creates that an update follows, replaces. */
const yaml = [
  'version: 1',
  'budgets: { delete: 10 }',
  // The old face of a replace that was cut in half belongs to no entry any more.
  'unmatched: delete',
  'enrollments:',
  ...mobileUsers.map((login) => `  - { user: ${login}, flow: mobile }`),
  ...webUsers.map((login) => `  - { user: ${login}, flow: web, applicantId: ${applicant(login)}, lifetime: 30d }`),
  '',
].join('\n');

async function openRound(): Promise<TenantWorkspace> {
  const user = (login: string) => ({ login, email: `${login}@example.com` });
  const old = { flow: 'web', applicantId: 'old', created: new Date(testNow - 86_400_000).toISOString() } as const;
  const users = [
    ...mobileUsers.map(user),
    ...webUsers.map((login, at) => ({ ...user(login), faces: at % 2 === 0 ? [] : [old] })),
  ];
  return openTenant({ seed: { users }, latencyMs: 3 }, { files: { 'faces.yaml': yaml } });
}

/** Runs apply in a process of its own and kills it some milliseconds after the tenant got the call of that number. */
async function applyAndKill({ directory, sandbox }: TenantWorkspace, call: number, ms: number): Promise<void> {
  const pace = ['--requests-per-second', '400', '--concurrency', '4', '--settle', '0s'];
  const flags = ['--auto-approve', '--journal', 'journal.jsonl', ...pace];
  const child = spawn(process.execPath, [program, 'apply', 'faces.yaml', ...flags], {
    cwd: directory,
    stdio: 'ignore',
    env: {
      FACEFORM_TENANT_URL: sandbox.url,
      FACEFORM_APPLICATION_ID: sandbox.applicationId,
      FACEFORM_SHARED_SECRET: sandbox.sharedSecret,
    },
  });
  const ended = new Promise<string | null>((resolve) =>
    child.once('exit', (_, signal) => {
      resolve(signal);
    }),
  );
  const release = sandbox.tenant.onRequest(({ index }) => {
    if (index === call) void wait(ms).then(() => child.kill('SIGKILL'));
  });
  expect(await ended).toBe('SIGKILL');
  release();
  // What was on its way when the process died is still carried out.
  await wait(20);
}

async function expectWholeLines(directory: string): Promise<void> {
  const text = await readFile(join(directory, 'journal.jsonl'), 'utf8').catch(() => '');
  if (text === '') return;
  expect(text.endsWith('\n')).toBe(true);
  for (const line of text.trimEnd().split('\n')) expect(() => void JSON.parse(line)).not.toThrow();
}

describe('apply that is killed at any moment', () => {
  it(
    `leaves whole journal lines, and a rerun converges with no duplicate (${runs} kills)`,
    { timeout: runs * 4000 },
    async () => {
      for (let kill = 0; kill < runs; kill += 1) {
        const round = await openRound();
        const { run, sandbox, directory } = round;
        // Authentication, settings and 10 + 2 reads come first; the writes begin at about call 14.
        await applyAndKill(round, 8 + ((kill * 7) % 24), kill % 5);
        await expectWholeLines(directory);
        const again = ['apply', 'faces.yaml', '--auto-approve', '--settle', '0s', '--journal', 'journal.jsonl'];
        expect((await run(again)).code).toBe(0);
        for (const login of mobileUsers) expect(sandbox.tenant.faces(login)).toHaveLength(1);
        for (const login of webUsers) {
          expect(sandbox.tenant.faces(login)).toMatchObject([{ applicantId: applicant(login) }]);
        }
        expect(sandbox.tenant.emails).toHaveLength(mobileUsers.length);
        expect((await run(['plan', 'faces.yaml', '--detailed-exitcode'])).code).toBe(0);
      }
    },
  );
});
