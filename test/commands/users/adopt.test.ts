import { writeFileSync } from 'node:fs';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writesOf } from '../../support/commands/expectations.ts';
import { told } from '../../support/commands/import-run.ts';
import { file, later, open } from '../../support/commands/drifted.ts';
import { created } from '../../support/commands/odd-tenant.ts';
import type { TenantWorkspace } from '../../support/commands/workspace.ts';

const plan = async ({ run }: TenantWorkspace): Promise<string> => (await run(['plan', 'u.yaml'])).stdout;

describe('adopt --all-drift', () => {
  it('writes what is live into the entries, changes nothing else, and leaves the plan empty', async () => {
    const tenant = await open(file);
    const ran = await tenant.run(['adopt', '--all-drift', 'u.yaml']);
    expect(ran).toMatchObject({ code: 0, stdout: 'u.yaml: 4 changed, 2 added.\n', stderr: '' });
    const after = `${file
      .replace('    lifetime: 300d   # long', `    expiry: "${later}"   # long`)
      .replace('"enabled": true', '"enabled": false')
      .replace("'old' # replaced", "'new' # replaced")
      .replace(
        'enabled: false, lifetime: 180d',
        'enabled: true, lifetime: 180d',
      )}  - { user: dan, flow: token, label: "6", serialNumber: "6", customerUserId: unknown, token: { env: FACE_TOKEN_6 }, enabled: false, expiry: "2026-08-28T00:00:00Z" }
  - { user: dan, flow: web, label: S-5, serialNumber: S-5, applicantId: dan-2, expiry: "2026-08-28T00:00:00Z" }
`;
    expect(await tenant.read('u.yaml')).toBe(after);
    expect(await plan(tenant)).toContain('No changes.');
    expect(await tenant.run(['adopt', '--all-drift', 'u.yaml'])).toMatchObject({
      code: 0,
      stdout: 'Nothing to adopt.\n',
    });
    expect(await tenant.read('u.yaml')).toBe(after);
    expect(writesOf(tenant.sandbox)).toBe(0);
  });

  it('leaves users alone whose entries cannot ask for what is live, names them, and adopts the others', async () => {
    const text = 'version: 1\nenrollments:\n  - { user: amy, state: absent }\n  - { user: bob, flow: mobile }\n';
    const tenant = await open(text);
    const ran = await tenant.run(['adopt', '--all-drift', 'u.yaml', '--user', 'amy']);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('either --user or --all-drift') });
    const named = await tenant.run(['adopt', '--user', 'amy', '--user', 'bob', 'u.yaml']);
    expect(named.code).toBe(1);
    expect(told(named.stderr)).toEqual(['CANNOT_BE_ADOPTED 3']);
    expect(await tenant.read('u.yaml')).toBe(
      text.replace('user: bob, flow: mobile', 'user: bob, flow: mobile, enabled: false'),
    );
  });
});

describe('adopt --user', () => {
  const entry = (rest: string): string => `version: 1\nenrollments:\n  - ${rest}\n`;

  it('needs a file for a user without entries, and says that a face that is not there is not wanted', async () => {
    const tenant = await open(entry('{ user: none, flow: mobile }'));
    const lost = await tenant.run(['adopt', '--user', 'EVE', 'u.yaml']);
    expect(lost).toMatchObject({ code: 1, stderr: expect.stringContaining('--into') });
    const ran = await tenant.run(['adopt', '--user', 'eve', '--user', 'none', '--into', 'u.yaml', 'u.yaml']);
    expect(ran).toMatchObject({ code: 0, stdout: 'u.yaml: 1 changed, 1 added.\n' });
    expect(await tenant.read('u.yaml')).toBe(
      `${entry('{ user: none, flow: mobile, enabled: false }')}  - { user: eve, flow: mobile, label: S-7, serialNumber: S-7 }\n`,
    );
    expect(await plan(tenant)).toContain('No changes.');
  });

  it.each([
    [
      '{ user: bob, flow: &f mobile, enabled: &e true }\n  - { user: eve, flow: *f, enabled: *e }',
      'CANNOT_BE_EDITED 3',
    ],
  ])('leaves %j alone, since others share a value, and tells the place', async (rest, code) => {
    const tenant = await open(entry(rest));
    const ran = await tenant.run(['adopt', '--user', 'bob', 'u.yaml']);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(code.split(' ')[0]);
    expect(await tenant.read('u.yaml')).toBe(entry(rest));
  });

  it.each([
    ['a user whom the tenant does not have', ['--user', 'nobody'], 'has no user "nobody"'],
    ['nobody', [], 'either --user or --all-drift'],
  ])('refuses %s', async (_, flags, reason) => {
    const tenant = await open(entry('{ user: bob, flow: mobile }'));
    const ran = await tenant.run(['adopt', ...flags, 'u.yaml']);
    expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(reason) });
  });

  it('writes nothing over a new entry that the defaults would date', async () => {
    const text = 'version: 1\ndefaults: { lifetime: 30d }\nenrollments: []\n';
    const tenant = await open(text);
    tenant.sandbox.tenant.addFace('none', { serialNumber: 'S-9', created, expiry: null });
    const ran = await tenant.run(['adopt', '--user', 'none', '--into', 'u.yaml', 'u.yaml']);
    expect(told(ran.stderr)).toEqual(['CANNOT_BE_EDITED 2']);
    expect(await tenant.read('u.yaml')).toBe(text);
  });

  it('adopts nothing while users cannot be read', async () => {
    const tenant = await open(entry('{ user: bob, flow: mobile }'));
    tenant.sandbox.tenant.failWith({ kind: '403', operation: 'listFaces', times: Infinity });
    expect((await tenant.run(['adopt', '--all-drift', 'u.yaml'])).code).toBe(6);
  });

  it('refuses a file that changes meanwhile, is read-only, or is being written by another adopt', async () => {
    const text = entry('{ user: bob, flow: mobile }');
    const tenant = await open(text);
    const path = join(tenant.directory, 'u.yaml');
    const adopt = async (): Promise<string> => (await tenant.run(['adopt', '--user', 'bob', 'u.yaml'])).stderr;
    const stop = tenant.sandbox.tenant.onRequest(() => {
      writeFileSync(path, `# mine\n${text}`);
    });
    expect(await adopt()).toContain('has changed since it was read');
    expect(await tenant.read('u.yaml')).toBe(`# mine\n${text}`);
    stop();
    await writeFile(`${path}.lock`, '');
    expect(await adopt()).toContain('is being written by another run');
    await rm(`${path}.lock`);
    await chmod(path, 0o400);
    expect(await adopt()).toContain('is read-only');
    expect(await tenant.read('u.yaml')).toBe(`# mine\n${text}`);
  });

  it('changes no byte right after an apply', async () => {
    const text = entry('{ user: bob, flow: mobile } # b\n  - { user: amy, flow: mobile, lifetime: 200d }');
    const tenant = await open(text);
    expect((await tenant.run(['apply', '--auto-approve', 'u.yaml'])).code).toBe(0);
    expect(await tenant.run(['adopt', '--all-drift', 'u.yaml'])).toMatchObject({
      code: 0,
      stdout: 'Nothing to adopt.\n',
    });
    expect(await tenant.read('u.yaml')).toBe(text);
  });
});
