import { describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../../src/sandbox/index.ts';
import { memberOf, operationsOf, totalsOf } from '../../support/commands/expectations.ts';
import { openTenant } from '../../support/commands/workspace.ts';

const users = ['amy', 'ben'].map((login) => ({ login, email: `${login}@example.com` }));
const entries = 'enrollments:\n  - { user: amy, flow: mobile }\n  - { user: ben, flow: web, applicantId: a-1 }\n';
const plainFile = `version: 1\n${entries}`;
const v1File = `version: 1\ntenant: { createApi: v1 }\n${entries}`;
const qrFile = (extra: string): string =>
  `version: 1\n${extra}enrollments:\n  - { user: amy, flow: mobile, activation: { qrCode: true } }\n`;

function open(file: string, options: SandboxOptions = {}) {
  return openTenant({ seed: { users }, lacks: ['createFace'], ...options }, { files: { 'users.yaml': file } });
}

const apply = ['apply', 'users.yaml', '--auto-approve'];

describe('a tenant without the second create', () => {
  it.each([
    ['by the file', v1File, []],
    ['by the flag', plainFile, ['--create-api', 'v1']],
  ] as const)('is used through the first, named %s, and nothing is left to do', async (_, file, flags) => {
    const workspace = await open(file);
    const { tenant } = workspace.sandbox;
    const ran = await workspace.run([...apply, ...flags]);
    expect({ ...ran, totals: totalsOf(ran) }).toMatchObject({ code: 0, totals: { applied: 2 } });
    expect(operationsOf(workspace.sandbox)).toContain('createFaceV1');
    expect(operationsOf(workspace.sandbox)).not.toContain('createFace');
    expect(tenant.emails).toHaveLength(1);
    expect(await workspace.run(['plan', 'users.yaml', '--detailed-exitcode', ...flags])).toMatchObject({ code: 0 });
  });

  it('gets each face and each e-mail once, though the answer is lost', async () => {
    const workspace = await open(v1File);
    const { tenant } = workspace.sandbox;
    tenant.failWith({ kind: 'reset-after-commit', operation: 'createFaceV1', times: 2 });
    expect(await workspace.run(apply)).toMatchObject({ code: 0 });
    expect(['amy', 'ben'].map((login) => tenant.faces(login).length)).toEqual([1, 1]);
    expect(tenant.emails).toHaveLength(1);
  });

  it('keeps its create in a saved plan', async () => {
    const workspace = await open(plainFile);
    await workspace.run(['plan', 'users.yaml', '--create-api', 'v1', '--out', 'plan.json']);
    expect(memberOf(JSON.parse(await workspace.read('plan.json')), 'x_create_api')).toBe('v1');
    expect(await workspace.run(['apply', '--plan', 'plan.json'])).toMatchObject({ code: 0 });
    expect(operationsOf(workspace.sandbox)).not.toContain('createFace');
    const beside = await workspace.run(['apply', '--plan', 'plan.json', '--create-api', 'v2']);
    expect(beside).toMatchObject({ code: 1, stderr: expect.stringContaining('--create-api') });
  });

  it('is told by the refusal of the second create, which names the setting', async () => {
    const workspace = await open(plainFile);
    const { code, stdout } = await workspace.run(apply);
    expect(code).toBe(3);
    expect(stdout).toContain('the tenant may not have POST /api/web/v2/users/{id}/face');
    expect(stdout).toContain('set tenant.createApi: v1 or pass --create-api v1');
    expect(workspace.sandbox.tenant.emails).toEqual([]);
  });
});

describe('a user who is gone when the face is created', () => {
  it('is not taken for a path that the tenant lacks', async () => {
    const workspace = await open(plainFile, { lacks: [] });
    const { tenant } = workspace.sandbox;
    tenant.onRequest(({ operation }) => {
      if (operation === 'createFace') for (const { login } of tenant.users()) tenant.removeUser(login);
    });
    const { code, stdout } = await workspace.run(apply);
    expect(code).toBe(3);
    expect(stdout).not.toContain('create-api');
  });
});

describe('an entry that asks for a QR code', () => {
  it.each([
    ['validate', []],
    ['plan', []],
    ['apply', ['--auto-approve', '--activations-out', 'kept']],
  ] as const)('is an error at its line where the first create is used: %s', async (verb, flags) => {
    const workspace = await open(qrFile('tenant: { createApi: v1 }\n'));
    const { code, stdout, stderr } = await workspace.run([verb, 'users.yaml', ...flags]);
    expect({ code, text: stdout + stderr }).toMatchObject({
      code: 1,
      text: expect.stringMatching(/'qrCode' is not available with create API v1[^]*users\.yaml:4:/),
    });
    expect(workspace.sandbox.tenant.requests).toEqual([]);
  });

  it('is one by the flag too, and is none where the flag names the second', async () => {
    const asked = await open(qrFile(''));
    expect(await asked.run(['plan', 'users.yaml', '--create-api', 'v1'])).toMatchObject({ code: 1 });
    const overruled = await open(qrFile('tenant: { createApi: v1 }\n'), { lacks: [] });
    expect(await overruled.run(['plan', 'users.yaml', '--create-api', 'v2'])).toMatchObject({ code: 0 });
  });
});
