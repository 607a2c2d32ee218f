import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../../src/sandbox/index.ts';
import { totalsOf, writesOf } from '../../support/commands/expectations.ts';
import { openTenant, type TenantWorkspace } from '../../support/commands/workspace.ts';

const logins = ['mobile', 'web', 'token'] as const;
const yaml = `version: 1
enrollments:
  - { user: mobile, flow: mobile }
  - { user: web, flow: web, applicantId: 6f1c2b7e-0000-4000-8000-000000000001 }
  - { user: token, flow: token, customerUserId: c-1, token: { env: FACE_TOKEN_TEST } }
`;
const approved = ['apply', 'faces.yaml', '--auto-approve', '--quiet'] as const;

function open(faces: object = {}): Promise<TenantWorkspace> {
  const users = logins.map((login) => ({ login, email: `${login}@example.com`, ...faces }));
  return openTenant({ seed: { users } }, { files: { 'faces.yaml': yaml } });
}

async function expectSecondRunEmpty({ run, sandbox }: TenantWorkspace): Promise<void> {
  const before = writesOf(sandbox);
  expect((await run(approved)).stdout).toContain('No changes.');
  expect(writesOf(sandbox)).toBe(before);
}

const lost: readonly FaultKind[] = [
  'reset-after-commit',
  '500-after-commit',
  'hang-after-commit',
  'truncated',
  'not-json',
  'wrong-shape',
];
const notDone: readonly FaultKind[] = ['reset', '500', '502-html', 'html', '429', '503', '401'];

describe('a create of each flow', () => {
  it.each(lost)('whose answer is lost (%s) is applied, with one face and one e-mail', async (kind) => {
    const workspace = await open();
    const { run, sandbox } = workspace;
    sandbox.tenant.failWith({ kind, operation: 'createFace', times: logins.length });
    const ran = await run(approved);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(totalsOf(ran)).toMatchObject({ planned: 3, applied: 3 });
    expect(logins.map((login) => sandbox.tenant.faces(login).length)).toEqual([1, 1, 1]);
    expect(sandbox.tenant.emails.map(({ login }) => login)).toEqual(['mobile']);
    await expectSecondRunEmpty(workspace);
  });

  it.each(notDone)('that did not take effect (%s) is sent again, with one face and one e-mail', async (kind) => {
    const workspace = await open();
    const { run, sandbox } = workspace;
    sandbox.tenant.failWith({ kind, operation: 'createFace', times: logins.length });
    const ran = await run(approved);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(totalsOf(ran)).toMatchObject({ planned: 3, applied: 3 });
    expect(logins.map((login) => sandbox.tenant.faces(login).length)).toEqual([1, 1, 1]);
    expect(sandbox.tenant.emails).toHaveLength(1);
    await expectSecondRunEmpty(workspace);
  });

  it('of which nobody can find out what became is unknown, and a second run completes it', async () => {
    const workspace = await open();
    const { run, sandbox } = workspace;
    sandbox.tenant.onRequest(({ operation }) => {
      if (operation === 'createFace') sandbox.tenant.failWith({ kind: '500', operation: 'listFaces', times: Infinity });
    });
    sandbox.tenant.failWith({ kind: 'reset-after-commit', operation: 'createFace', times: Infinity });
    const ran = await run(approved);
    expect(ran.code).toBe(3);
    expect(totalsOf(ran)).toMatchObject({ planned: 3, unknown: 3 });
    expect(ran.stdout).toContain('It may have taken effect.');
    sandbox.tenant.clearFaults();
    await run(approved);
    expect(sandbox.tenant.emails).toHaveLength(1);
  });
});

describe('an update or a delete whose answer is lost', () => {
  const disabled = yaml.replaceAll(/ }$/gm, ', enabled: false }');
  const absent = `version: 1\nenrollments:\n${logins.map((login) => `  - { user: ${login}, state: absent }\n`).join('')}`;
  it.each(lost.filter((kind) => kind !== 'hang-after-commit'))('(%s) is applied', async (kind) => {
    const workspace = await open();
    const { run, sandbox, write } = workspace;
    await run(approved);
    for (const login of logins) for (const { id } of sandbox.tenant.faces(login)) sandbox.tenant.activate(id);
    await write('faces.yaml', disabled);
    sandbox.tenant.failWith({ kind, operation: 'updateFace', times: 2 });
    expect(totalsOf(await run(approved))).toMatchObject({ planned: 3, applied: 3 });
    await write('faces.yaml', absent);
    sandbox.tenant.failWith({ kind, operation: 'deleteFace', times: 2 });
    expect(totalsOf(await run(approved))).toMatchObject({ planned: 3, applied: 3 });
    expect(logins.flatMap((login) => sandbox.tenant.faces(login))).toEqual([]);
    await expectSecondRunEmpty(workspace);
  });
});

describe('reading back', () => {
  it('that fails leaves the writes unknown, and the second run finds them done', async () => {
    const workspace = await open();
    const { run, sandbox } = workspace;
    sandbox.tenant.onRequest(({ operation }) => {
      if (operation === 'createFace') sandbox.tenant.failWith({ kind: '403', operation: 'listFaces', times: Infinity });
    });
    const ran = await run(approved);
    expect(ran.code).toBe(3);
    expect(totalsOf(ran)).toMatchObject({ planned: 3, unknown: 3 });
    sandbox.tenant.clearFaults();
    await expectSecondRunEmpty(workspace);
  });
});
