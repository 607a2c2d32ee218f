import { describe, expect, it } from 'vitest';
import { listOf, memberOf } from '../../support/commands/expectations.ts';
import { openTenant, type Ran, type TenantWorkspace } from '../../support/commands/workspace.ts';

const entries = `version: 1
enrollments:
  - { user: amy, flow: mobile }
  - { user: ghost, flow: mobile }
  - { user: wraith, state: absent }
`;
const open = (files: Readonly<Record<string, string>> = {}): Promise<TenantWorkspace> =>
  openTenant(
    { seed: { users: [{ login: 'amy', email: 'amy@example.com' }] } },
    { files: { 'e.yaml': entries, ...files } },
  );
const waiting = { 'top.yaml': 'version: 1\nmissingUsers: wait\n' };
const json = ({ stdout }: Ran): unknown => JSON.parse(stdout);
const place = (line: number): object => ({ file: 'e.yaml', line, column: 5 });
const missing = [
  { user: 'ghost', index: 'ghost/mobile', missing_users: 'wait', place: place(4) },
  { user: 'wraith', index: 'wraith', missing_users: 'ignore', place: place(5) },
];

describe('missingUsers: wait', () => {
  it('lists and counts users who wait to be provisioned, and everybody else is planned', async () => {
    const { run } = await open(waiting);
    const { code, stdout, stderr } = await run(['plan', '.']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('1 user, 1 missing user ignored\n');
    expect(stdout).toContain(
      '\n1 user waiting to be provisioned; the tenant does not have them yet:\n  ghost/mobile  e.yaml:4:5\n',
    );
    expect(stdout).toMatch(/^Plan: 1 to create.* 1 user waiting to be provisioned\.$/m);
    expect(json(await run(['plan', '.', '--format', 'json']))).toMatchObject({
      x_complete: true,
      summary: { create: 1, missing_users: 1, ignored_users: 1 },
      x_missing: missing,
      diagnostics: [],
    });
    const markdown = await run(['plan', '.', '--format', 'markdown']);
    expect(markdown.stdout).toContain('| to be provisioned |');
    const html = await run(['plan', '.', '--format', 'html']);
    expect(html.stdout).toContain('Users waiting to be provisioned');
    expect((await run(['plan', '.', '--debug'])).stderr).toContain('ignored wraith at e.yaml:5:5');
  });

  it('is kept by a saved plan, and counts once over all shards', async () => {
    const { run } = await open(waiting);
    for (const shard of ['1/2', '2/2']) await run(['plan', '.', '--shard', shard, '--out', `${shard[0]}.json`]);
    const merged = json(await run(['show', '1.json', '2.json', '--format', 'json']));
    expect(merged).toMatchObject({ summary: { create: 1, missing_users: 1, ignored_users: 1 }, x_missing: missing });
    const planned = await run(['show', '1.json', '2.json']);
    expect(planned.stdout).toContain('1 user waiting to be provisioned');
  });

  it('lets apply end with 0, and tell of the users in JSON; no change is left but for them', async () => {
    const { run } = await open(waiting);
    const applied = await run(['apply', '.', '--auto-approve', '--format', 'json', '--json-into', 'events']);
    expect(applied.code).toBe(0);
    expect(json(applied)).toMatchObject({ summary: { planned: 1, applied: 1 }, x_missing: missing });
    expect((await run(['plan', '.'])).stdout).toMatch(/files;.*1 user waiting to be provisioned\.\n$/);
  });

  it('is told by status and explain', async () => {
    const { run } = await open(waiting);
    const { stdout } = await run(['status', '.']);
    expect(stdout).toContain('1 user waiting to be provisioned, 1 missing user ignored\n');
    expect(stdout).toMatch(/ghost\/mobile +the tenant has no such user, who is waiting to be provisioned/);
    const status = json(await run(['status', '.', '--format', 'json']));
    expect(status).toMatchObject({ x_missing_users: 1, x_ignored_users: 1, summary: { missing: 2 } });
    const explained = await run(['explain', 'ghost', '.']);
    expect(explained).toMatchObject({ code: 0, stdout: expect.stringContaining('waiting to be provisioned') });
    expect(json(await run(['explain', 'wraith', '.', '--format', 'json']))).toMatchObject({ x_missing: [missing[1]] });
  });
});

it('--skip-missing-users is missingUsers: wait, whatever the files say for all', async () => {
  const { run } = await open({ 'top.yaml': 'version: 1\nmissingUsers: ignore\n' });
  const { code, stdout } = await run(['plan', '.', '--skip-missing-users', '--format', 'json']);
  expect({ code, missing: listOf(JSON.parse(stdout), 'x_missing') }).toEqual({ code: 0, missing });
});

it('missingUsers: ignore only counts', async () => {
  const { run } = await open({ 'top.yaml': 'version: 1\nmissingUsers: ignore\n' });
  const { code, stdout, stderr } = await run(['plan', '.']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(', 2 missing users ignored\n');
  expect(stdout).not.toContain('provisioned');
  expect(memberOf(json(await run(['status', '.', '--format', 'json'])), 'summary')).toMatchObject({ missing: 1 });
});

it('missingUsers of an entry wins, and that of the files may be given once', async () => {
  const { run, write } = await open({ 'top.yaml': 'version: 1\nmissingUsers: ignore\n' });
  await write('e.yaml', entries.replace('{ user: ghost,', '{ user: ghost, missingUsers: error,'));
  const refused = await run(['plan', '.', '--skip-missing-users']);
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('"ghost" [USER_NOT_FOUND]') });
  await write('second.yaml', 'version: 1\nmissingUsers: wait\n');
  const twice = await run(['validate', '.']);
  expect(twice).toMatchObject({ code: 1, stderr: expect.stringContaining('[HEAD_TWICE]') });
});
