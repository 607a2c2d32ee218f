import { describe, expect, it, onTestFinished } from 'vitest';
import {
  authenticateCall,
  scriptedTenant,
  token,
  type Reply,
  type Script,
} from '../../support/provider/scripted-tenant.ts';
import { expectNoStack, memberOf, totalsOf } from '../../support/commands/expectations.ts';
import { openWorkspace, type Workspace } from '../../support/commands/workspace.ts';

const logins = ['ann', 'bob', 'eve'] as const;
const busy = (seconds: string): Reply => ({ status: 429, json: {}, headers: { 'retry-after': seconds } });
const facesOf = (login: string): string => `GET /api/web/v1/users/${login}/faces`;
const createFor = (login: string): string => `POST /api/web/v2/users/${login}/face`;
const user = (login: string): object => ({ id: login, userId: login, userAliases: [], groups: [] });

async function against(script: Script): Promise<Workspace & { readonly count: (call: string) => number }> {
  const tenant = await scriptedTenant({
    [authenticateCall]: [token('token-1')],
    'GET /api/web/v1/settings/general': [{ json: { maxFacesPerUser: 5 } }],
    'POST /api/web/v4/userspaged': [{ json: { results: logins.map(user) } }],
    ...Object.fromEntries(logins.map((login) => [facesOf(login), [{ json: [] }]])),
    ...script,
  });
  onTestFinished(() => tenant.close());
  const entries = logins.map((login) => `  - { user: ${login}, flow: mobile }\n`).join('');
  const workspace = await openWorkspace({
    files: { 'faces.yaml': `version: 1\ntenant: { concurrency: 1 }\nenrollments:\n${entries}` },
    environment: {
      FACEFORM_TENANT_URL: tenant.url,
      FACEFORM_APPLICATION_ID: 'app',
      FACEFORM_SHARED_SECRET: 'of the application',
    },
  });
  return { ...workspace, count: (call) => tenant.count(call) };
}

const good: Reply = { json: [] };

describe('a tenant that asks a plan to wait', () => {
  it.each([
    ['600', [], 0],
    ['601', [], 6],
    ['90', ['--max-wait', '89s'], 6],
    ['90', ['--max-wait', '90s'], 0],
    ['90', ['--max-wait', '2m'], 0],
    ['3600', ['--max-wait', '1h'], 0],
    ['1', ['--max-wait', '0s'], 6],
    ['9999999999', ['--max-wait', '7d'], 6],
    ['9'.repeat(400), [], 6],
  ])('%s s ends it as %j says, with %d', async (seconds, flags, code) => {
    const { run, count } = await against({ [facesOf('ann')]: [busy(seconds), good] });
    const ran = await run(['plan', 'faces.yaml', ...flags]);
    expect(ran.code).toBe(code);
    expectNoStack(ran);
    if (code === 0) return;
    expect(ran.stdout + ran.stderr).toMatch(/the tenant asks to wait \d+ s, and --max-wait is \d+ s; try again later/);
    expect(count(facesOf('ann'))).toBe(1);
    expect(count(facesOf('eve'))).toBe(0);
  });

  it.each([['plan'], ['status'], ['apply', '--auto-approve']])(
    'before it lets anybody in ends %s with 6',
    async (...command) => {
      const { run, count } = await against({ [authenticateCall]: [busy('3600')] });
      const ran = await run([...command, 'faces.yaml']);
      expect(ran).toMatchObject({ code: 6, stdout: '' });
      expect(ran.stderr).toContain('the tenant asks to wait 3600 s, and --max-wait is 600 s');
      expect(count(authenticateCall)).toBe(1);
    },
  );

  it('for a little, again and again, ends it once the waits together are too long', async () => {
    const { run, count } = await against({ [facesOf('ann')]: [busy('250')], [facesOf('bob')]: [busy('250')] });
    const ran = await run(['plan', 'faces.yaml']);
    expect(ran.code).toBe(6);
    expect(count(facesOf('ann'))).toBe(3);
    expect(count(facesOf('bob'))).toBe(0);
  });

  it('for a little, and does its work in between, is waited for', async () => {
    const waiting = Object.fromEntries(logins.map((login) => [facesOf(login), [busy('500'), good]]));
    expect(await (await against(waiting)).run(['plan', 'faces.yaml'])).toMatchObject({ code: 0 });
  });

  it('with tokens of a second in between is no more patient for it', async () => {
    const { run } = await against({ [authenticateCall]: [token('token-1', 1)], [facesOf('ann')]: [busy('599')] });
    const ran = await run(['plan', 'faces.yaml']);
    expect(ran.code).toBe(6);
    expect(ran.stdout + ran.stderr).toContain('--max-wait is 600 s');
  });
});

describe('a tenant that asks an apply to wait for too long', () => {
  const face = (login: string): object => ({ id: `f-${login}`, status: 'NEW', mobile: true });
  const made = (login: string): Reply => ({ json: face(login) });
  /** Each user is read for the plan and before the create, and then has the new face. */
  const creating = (login: string): Script => ({
    [facesOf(login)]: [{ json: [] }, { json: [] }, { json: [face(login)] }],
    [createFor(login)]: [made(login)],
  });
  /** Second in the order of the seed that every test draws. */
  const script = {
    ...creating('ann'),
    ...creating('bob'),
    [facesOf('eve')]: [{ json: [] }],
    [createFor('eve')]: [busy('3600')],
  };

  it('lets it skip what is left, and say so', async () => {
    const { run, count, read } = await against(script);
    const told = ['--no-verify', '--auto-approve', '--journal', 'journal.jsonl'];
    const ran = await run(['apply', 'faces.yaml', ...told]);
    expect(ran.code).toBe(3);
    expect(totalsOf(ran)).toMatchObject({ applied: 1, failed: 1, skipped: 1, unknown: 0 });
    expect(ran.stdout).toContain('not started: the tenant asks to wait 3600 s, and --max-wait is 600 s');
    expect(count(createFor('bob'))).toBe(0);
    expect(await read('journal.jsonl')).toContain('not started: the tenant asks to wait 3600 s');
  });

  it('lets it go on where the flag is longer', async () => {
    // The third of them after the wait, before the create is sent again.
    const noFaces = [1, 2, 3].map(() => ({ json: [] }));
    const { run } = await against({
      ...script,
      [facesOf('eve')]: [...noFaces, { json: [face('eve')] }],
      [createFor('eve')]: [busy('3600'), made('eve')],
    });
    const ran = await run(['apply', 'faces.yaml', '--no-verify', '--auto-approve', '--max-wait', '1h']);
    expect(ran.code).toBe(0);
    expect(totalsOf(ran)).toMatchObject({ applied: 3 });
  });

  it('lets a resend skip, too', async () => {
    const waiting = Object.fromEntries(
      logins.map((login) => [facesOf(login), [{ json: [{ id: `f-${login}`, status: 'NEW', mobile: true }] }]]),
    );
    const mail = Object.fromEntries(
      logins.map((login) => [`PUT /api/web/v1/face/f-${login}/activation`, [busy('3600')]]),
    );
    const looked = ({ body }: { readonly body: string }): Reply => ({
      json: user(/"userId":"(\w+)"/.exec(body)?.[1] ?? ''),
    });
    const { run } = await against({ ...waiting, ...mail, 'POST /api/web/v3/users/userid': looked });
    const named = logins.flatMap((login) => ['--user', login]);
    const ran = await run(['resend', ...named, '--auto-approve', '--concurrency', '1', '--format', 'json']);
    expect(ran.code).toBe(3);
    expect(memberOf(JSON.parse(ran.stdout), 'summary')).toMatchObject({ failed: 1, skipped: 2 });
  });
});

describe('a tenant that fails each call for a long time', () => {
  it('is given up once nothing has succeeded for as long', async () => {
    const failing = Object.fromEntries(logins.map((login) => [facesOf(login), [{ status: 500, json: {} }]]));
    const { run, count } = await against(failing);
    const ran = await run(['plan', 'faces.yaml', '--max-wait', '5s', '--format', 'json']);
    expect(ran.code).toBe(6);
    expect(ran.stdout).toMatch(/for \d+ s no call has succeeded, and --max-wait is 5 s/);
    expect(logins.map((login) => count(facesOf(login))).filter((sent) => sent > 0)).toHaveLength(2);
  });
});

describe('--max-wait', () => {
  it.each(['', '10', 'm', '1w', '-5s', '1.5m', '8d', '1000000s'])('refuses %j', async (value) => {
    const { run } = await openWorkspace();
    const ran = await run(['plan', `--max-wait=${value}`]);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain('--max-wait');
  });
});
