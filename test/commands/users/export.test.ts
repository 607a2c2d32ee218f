import { writeFileSync } from 'node:fs';
import { chmod, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../../src/sandbox/index.ts';
import { expectHarmless, expectNoStack, namesIn, operationsOf } from '../../support/commands/expectations.ts';
import { created, openOddTenant } from '../../support/commands/odd-tenant.ts';
import { openTenant, openWorkspace } from '../../support/commands/workspace.ts';

const few: SandboxOptions = {
  seed: {
    users: [
      { login: 'bob', faces: [{ id: '1', serialNumber: 'S-1', created, platform: 'IOS' }] },
      {
        login: 'Amy',
        faces: [
          { id: '2', serialNumber: 'S-2', created, status: 'DISABLED' },
          { id: '3', serialNumber: 'S-3', created, expiry: null },
          { id: '4', serialNumber: '4-4', created, flow: 'token' },
        ],
      },
      { login: 'new', faces: [{ id: '5', serialNumber: 'S-5', created, status: 'NEW' }] },
    ],
  },
  readings: { faceFilter: 'active-only' },
};

describe('export', () => {
  it('writes entries that people can read, sorted, with what the tenant tells in comments', async () => {
    const { run, sandbox } = await openTenant(few);
    const { stdout } = await run(['export']);
    expect(stdout.slice(stdout.indexOf('version:'), stdout.indexOf('# sha256'))).toBe(`version: 1
scope: { users: listed }
enrollments:
  # DISABLED, created 2026-03-01T00:00:00Z, expires 2026-08-28T00:00:00Z, serial number "S-2"
  - user: Amy
    flow: mobile
    label: S-2
    serialNumber: S-2
    enabled: false
  # ACTIVE, created 2026-03-01T00:00:00Z, serial number "S-3"
  - user: Amy
    flow: mobile
    label: S-3
    serialNumber: S-3
  # ACTIVE, created 2026-03-01T00:00:00Z, expires 2026-08-28T00:00:00Z, serial number "4-4"
  - user: Amy
    flow: token
    customerUserId: unknown # the tenant does not tell; needed, as the token, only to create the face anew
    token: { env: FACE_TOKEN_4_4 }
  # ACTIVE, created 2026-03-01T00:00:00Z, expires 2026-08-28T00:00:00Z, serial number "S-1", IOS
  - user: bob
    flow: mobile
`);
    expect(operationsOf(sandbox)).toEqual(['listUsers', 'listFaces']);
    expect(stdout).toMatch(/^# yaml-language-server: \$schema=/);
  });

  it('says whom the filter of the tenant may have left out, and finds all of them with --every-user', async () => {
    const { run } = await openTenant(few);
    const filtered = await run(['export']);
    expect(filtered.code).toBe(0);
    expect(filtered.stderr).toContain('[FACE_FILTER]');
    expect(filtered.stdout).toContain('--every-user');
    expect(filtered.stdout).not.toContain('user: new');
    const whole = await run(['export', '--every-user']);
    expect(whole).toMatchObject({ code: 0, stderr: '' });
    expect(whole.stdout).toContain('- user: new\n');
    expect(whole.stdout).not.toContain('--every-user');
  });

  it('names by UUID whom no login can name', async () => {
    const tenant = await openOddTenant();
    const { stdout } = await tenant.run(['export']);
    expect(stdout).toMatch(/# user "": ACTIVE.*\n {2}- uuid: id-8\n/);
    expect(stdout).toMatch(/# user "uuid:id-1": ACTIVE.*\n {2}- uuid: id-9\n/);
    expectHarmless({ code: 0, stdout, stderr: '' });
  });

  it('leaves a face in a comment that no serial number tells from others, and says so', async () => {
    const faces = ['1', '2'].map((id) => ({ id, serialNumber: 'S', created, applicantId: 'one' }));
    const { run } = await openTenant({ seed: { users: [{ login: 'bob', faces }] } });
    const { code, stdout, stderr } = await run(['export', '--every-user']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^enrollments: \[\]\n {2}# NOT IN THIS FILE: a face of "bob" .* id "1", ACTIVE/m);
    expect(stderr.match(/\[FACE_LEFT_OUT\]/g)).toHaveLength(2);
  });
});

describe('export --out', () => {
  it('writes a file of its owner alone, in place of what was there', async () => {
    const { run, directory, write, read } = await openOddTenant();
    await write('e.yaml', '');
    await chmod(join(directory, 'e.yaml'), 0o644);
    const { stdout } = await run(['export', '--every-user', '--out', 'e.yaml']);
    expect(stdout).toBe('Exported 38 faces of 34 users to e.yaml.\n');
    expect(await read('e.yaml')).toBe((await run(['export', '--every-user'])).stdout);
    expect((await stat(join(directory, 'e.yaml'))).mode & 0o777).toBe(0o600);
    expect(await namesIn(directory)).toEqual(['e.yaml']);
  });

  it('replaces an export that nobody changed, and says that it did', async () => {
    const { run, sandbox, read } = await openTenant(few);
    await run(['export', '--out', 'e.yaml']);
    const first = await read('e.yaml');
    expect((await run(['export', '--out', 'e.yaml'])).code).toBe(0);
    expect(await read('e.yaml')).toBe(first);
    sandbox.tenant.addUser({ login: 'carl', faces: [{ id: '9', serialNumber: 'S-9', created }] });
    expect((await run(['export', '--out', 'e.yaml'])).stdout).toBe('Exported 5 faces of 3 users to e.yaml.\n');
    expect(await read('e.yaml')).toContain('- user: carl\n');
  });

  it.each([
    ['version: 1\nenrollments:\n  # hers\n  - { user: amy, flow: mobile }\n', '1 entry and 1 line of comments'],
    ['version: 1\nenrollments: [{ user: amy, flow: mobile }, { user: b, flow: mobile }]\n', '2 entries'],
    ['shopping: [\n', '1 line'],
    ['version: 1\nenrollments: 7\n', '2 lines'],
    ['7\n', '1 line'],
  ])('leaves %j alone, says what would be lost, and replaces it with --force', async (text, loss) => {
    const { run, sandbox, write, read } = await openTenant(few);
    await write('e.yaml', text);
    const refused = await run(['export', '--out', 'e.yaml']);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(`; ${loss} would be lost`);
    expect(refused.stderr).toContain('--force');
    expect(sandbox.tenant.requests).toEqual([]);
    expect(await read('e.yaml')).toBe(text);
    expect((await run(['export', '--out', 'e.yaml', '--force'])).code).toBe(0);
    expect(await read('e.yaml')).toContain('- user: Amy\n');
  });

  it.each([
    ['a changed entry', (text: string) => text.replace('label: S-2', 'label: phone')],
    ['a line after its end', (text: string) => `${text}  - { user: carl, flow: mobile }\n`],
    ['a last line of another export', (text: string) => text.replace(/[0-9a-f]{64}/, '0'.repeat(64))],
  ])('leaves an export alone that has %s', async (_, change) => {
    const { run, write, read } = await openTenant(few);
    await run(['export', '--out', 'e.yaml']);
    const changed = change(await read('e.yaml'));
    await write('e.yaml', changed);
    const refused = await run(['export', '--out', 'e.yaml']);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/changed since; [45] entries and \d+ lines of comments would be lost/);
    expect(await read('e.yaml')).toBe(changed);
  });

  it('leaves a file alone that appears while the tenant is read', async () => {
    const { run, sandbox, directory, read } = await openTenant(few);
    sandbox.tenant.onRequest(() => {
      writeFileSync(join(directory, 'e.yaml'), 'mine\n');
    });
    const refused = await run(['export', '--out', 'e.yaml']);
    expect(refused.stderr).toContain('1 line would be lost');
    expect(await read('e.yaml')).toBe('mine\n');
  });

  it('asks the tenant nothing where the file cannot be written', async () => {
    const { run, sandbox } = await openOddTenant();
    const ran = await run(['export', '--out', 'no/e.yaml']);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain('the export cannot be saved to no/e.yaml (ENOENT)');
    expect(sandbox.tenant.requests).toEqual([]);
  });

  it('leaves what was there where it did not come to an end', async () => {
    const { run, directory, read } = await openOddTenant();
    await run(['export', '--out', 'e.yaml']);
    const old = await read('e.yaml');
    const ran = await run(['export', '--group', 'No such', '--out', 'e.yaml']);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain('the tenant has no group "No such"');
    expectNoStack(ran);
    expect(await read('e.yaml')).toBe(old);
    expect(await namesIn(directory)).toEqual(['e.yaml']);
  });
});

describe('an export that is not complete', () => {
  it('names whom it could not read, ends with 6, and writes no file', async () => {
    const { run, sandbox, directory } = await openOddTenant();
    const bob = sandbox.tenant.users().find(({ login }) => login === 'UPPER')?.id;
    sandbox.tenant.failWith({ kind: '403', operation: 'listFaces', path: bob, times: Infinity });
    const printed = await run(['export', '--every-user']);
    expect(printed.code).toBe(6);
    expect(printed.stdout).toMatch(/^# INCOMPLETE: 1 user could not be read:\n# {3}"upper": forbidden: .*FACE:VIEW/m);
    expect(printed.stdout).not.toContain('user: UPPER');
    expect(printed.stderr).toContain('user "upper" could not be read');
    const saved = await run(['export', '--every-user', '--out', 'e.yaml']);
    expect(saved).toMatchObject({ code: 6, stdout: '' });
    expect(saved.stderr).toContain('nothing was written to e.yaml');
    expect(await namesIn(directory)).toEqual([]);
  });

  it('tells of three of many users, and how many more', async () => {
    const { run } = await openOddTenant({ permissions: ['USERS:VIEW'] });
    const { code, stdout, stderr } = await run(['export', '--every-user']);
    expect(code).toBe(6);
    expect(stdout).toContain('# INCOMPLETE: 35 users could not be read:');
    expect(stderr.match(/lacks the permission FACE:VIEW/g)).toHaveLength(3);
    expect(stderr).toContain('  and 32 more with this code\n');
  });

  it.each([
    [['export'], 6, 'USERS:VIEW'],
    [['export', '--group', 'Staff'], 1, 'GROUPS:VIEW'],
  ])('names the permission that %j lacks', async (args, code, permission) => {
    const { run, sandbox } = await openOddTenant({ permissions: ['FACE:VIEW'] });
    sandbox.tenant.failWith({ kind: '403', times: Infinity, operation: 'listUsers' });
    sandbox.tenant.failWith({ kind: '403', times: Infinity, operation: 'getGroupByExternalId' });
    const ran = await run(args);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toContain(permission);
    expect(ran.stdout).toMatch(code === 6 ? /^# INCOMPLETE: the users could not be listed to the end: /m : /^$/);
  });
});

describe('export --sandbox', () => {
  it('of a sandbox that is not there is an error, and begins none', async () => {
    const { run, directory } = await openWorkspace();
    const ran = await run(['export', '--sandbox']);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain('there is no sandbox in .faceform/sandbox.json');
    expect(await namesIn(directory)).toEqual([]);
  });

  it('of one that is gives a file that fits it', async () => {
    const { run } = await openWorkspace({
      files: { 'faces.yaml': 'version: 1\nenrollments: [{ user: amy, flow: mobile }]\n' },
    });
    await run(['apply', '--sandbox', '--auto-approve', 'faces.yaml']);
    expect(await run(['export', '--sandbox', '--out', 'e.yaml'])).toMatchObject({ code: 0 });
    expect(await run(['plan', '--sandbox', 'e.yaml', '--detailed-exitcode'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^No changes\./m),
      stderr: '',
    });
  });
});
