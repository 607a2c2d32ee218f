import { describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../../src/sandbox/index.ts';
import { listOf, writesOf } from '../../support/commands/expectations.ts';
import { openTenant, type TenantWorkspace } from '../../support/commands/workspace.ts';

const tenantUsers = [
  { login: 'ann', groups: ['Employees'], faces: [{}] },
  { login: 'bob', groups: ['Employees'], faces: [{}, { status: 'DISABLED' }] },
  { login: 'cyd', groups: ['Employees'], faces: [{ status: 'FAILED' }] },
  { login: 'dot', groups: ['Employees'] },
  { login: 'eve', groups: ['Contractors'], faces: [{}] },
] as const;
const untouched = { ann: 'ACTIVE', bob: 'ACTIVE DISABLED', cyd: 'FAILED', dot: '', eve: 'ACTIVE' };

const group = (onRemove: string): string => `scope: { users: group, group: Employees, onRemove: ${onRemove} }`;
const wholeTenant = (onRemove: string): string => `scope: { users: tenant, onRemove: ${onRemove} }`;
const onlyAnn = 'enrollments: [{ user: ann, flow: mobile }]';

/** A tenant of five users and a file of these lines below its version. */
function open(lines: readonly string[], options: SandboxOptions = {}): Promise<TenantWorkspace> {
  const users = tenantUsers.map((user) => ({ ...user, email: `${user.login}@mail.example` }));
  return openTenant({ seed: { users }, ...options }, { files: { 'faces.yaml': file(lines) } });
}

function file(lines: readonly string[]): string {
  return ['version: 1', ...lines, ''].join('\n');
}

const apply = ({ run }: TenantWorkspace, ...flags: readonly string[]) =>
  run(['apply', 'faces.yaml', '--auto-approve', ...flags]);

/** The statuses of each user's faces. */
function faces({ sandbox: { tenant } }: TenantWorkspace): Readonly<Record<string, string>> {
  const statuses = (login: string): string =>
    tenant
      .faces(login)
      .map(({ status }) => status)
      .join(' ');
  return Object.fromEntries(tenant.users().map(({ login }) => [login, statuses(login)]));
}

/** A second run finds nothing to do, and writes nothing. */
async function expectSettled(tenant: TenantWorkspace): Promise<void> {
  const before = writesOf(tenant.sandbox);
  const plan = await tenant.run(['plan', 'faces.yaml', '--detailed-exitcode']);
  expect(plan).toMatchObject({ code: 0, stdout: expect.stringContaining('No changes.') });
  expect((await apply(tenant)).code).toBe(0);
  expect(writesOf(tenant.sandbox)).toBe(before);
}

/** Refused, again and again, and nothing is written. */
async function expectRefused(tenant: TenantWorkspace, words: string, ...flags: readonly string[]): Promise<void> {
  for (const turn of ['first', 'second']) {
    const { code, stderr } = await apply(tenant, ...flags);
    expect({ turn, code }).toEqual({ turn, code: 5 });
    expect(stderr).toContain(words);
    expect(writesOf(tenant.sandbox)).toBe(0);
  }
}

describe('users in scope whom no entry names', () => {
  it.each([
    [group('keep'), {}],
    [group('disable'), { bob: 'DISABLED DISABLED' }],
    [group('delete'), { bob: '', cyd: '' }],
    [wholeTenant('keep'), {}],
    [wholeTenant('disable'), { bob: 'DISABLED DISABLED', eve: 'DISABLED' }],
    [wholeTenant('delete'), { bob: '', cyd: '', eve: '' }],
  ])('lose what the rule takes, and nobody else does: %s', async (scope, changed) => {
    const tenant = await open([scope, onlyAnn]);
    expect((await apply(tenant)).code).toBe(0);
    expect(faces(tenant)).toEqual({ ...untouched, ...changed });
    await expectSettled(tenant);
  });

  it('keep faces that the tenant’s search for them does not show', async () => {
    const tenant = await open([wholeTenant('delete'), onlyAnn], { readings: { faceFilter: 'active-only' } });
    expect((await apply(tenant)).code).toBe(0);
    expect(faces(tenant)).toEqual({ ...untouched, bob: '', eve: '' });
    await expectSettled(tenant);
  });

  it('keep everything when --target names another', async () => {
    const tenant = await open([wholeTenant('delete'), onlyAnn]);
    expect((await apply(tenant, '--target', 'ann')).code).toBe(0);
    expect((await apply(tenant, '--target', 'ann')).code).toBe(0);
    expect(writesOf(tenant.sandbox)).toBe(0);
    expect(faces(tenant)).toEqual(untouched);
  });

  it('are not even read with --target, and a target outside the group is still an error', async () => {
    const tenant = await open([
      group('delete'),
      'enrollments: [{ user: ann }, { user: eve }]',
      'defaults: { flow: mobile }',
    ]);
    const ran = await tenant.run(['plan', 'faces.yaml', '--target', 'ann', '--format', 'json']);
    expect(listOf(JSON.parse(ran.stdout), 'x_unmatched')).toEqual([]);
    const { requests } = tenant.sandbox.tenant;
    expect(requests.filter(({ operation }) => operation === 'listFaces')).toHaveLength(1);
    const outside = await tenant.run(['plan', 'faces.yaml', '--target', 'eve']);
    expect(outside).toMatchObject({ code: 1, stderr: expect.stringContaining('[USER_OUTSIDE_SCOPE]') });
  });

  it('keep everything when they are protected and --target names another', async () => {
    const tenant = await open([wholeTenant('delete'), 'protect: [bob]', onlyAnn]);
    expect((await apply(tenant, '--target', 'ann')).code).toBe(0);
    expect((await tenant.run(['apply', 'faces.yaml'])).code).toBe(5);
    expect(faces(tenant)).toEqual(untouched);
  });

  it('keep what is theirs with --target, under another name of theirs as well', async () => {
    const users = [{ login: 'flo', aliases: ['florence'], faces: [{}, { applicantId: 'a' }] }];
    const entries = 'enrollments: [{ user: flo, flow: mobile }, { user: florence, flow: web, applicantId: a }]';
    const tenant = await open(['unmatched: delete', entries], { seed: { users } });
    expect((await apply(tenant, '--target', 'flo')).code).toBe(0);
    expect(writesOf(tenant.sandbox)).toBe(0);
    await expectSettled(tenant);
  });

  it('keep everything when the role cannot see them', async () => {
    const tenant = await open([wholeTenant('delete'), onlyAnn], { visibleGroups: ['Employees'] });
    expect((await apply(tenant)).code).toBe(0);
    expect(faces(tenant)).toEqual({ ...untouched, bob: '', cyd: '' });
    await expectSettled(tenant);
  });
});

describe('further faces of a user whom an entry names', () => {
  const bob = 'enrollments: [{ user: bob, flow: mobile }, { user: cyd, flow: web, applicantId: a }]';
  it.each([
    ['keep', { cyd: 'FAILED ACTIVE' }],
    ['disable', { cyd: 'FAILED ACTIVE' }],
    ['delete', { bob: 'ACTIVE', cyd: 'ACTIVE' }],
  ])('go as the rule says: %s', async (rule, changed) => {
    const tenant = await open([`unmatched: ${rule}`, bob]);
    expect((await apply(tenant)).code).toBe(0);
    expect(faces(tenant)).toEqual({ ...untouched, ...changed });
    await expectSettled(tenant);
  });

  it('are disabled where they are in use', async () => {
    const tenant = await open(['unmatched: disable', 'enrollments: [{ user: ann, flow: web, applicantId: a }]']);
    expect((await apply(tenant)).code).toBe(0);
    expect(faces(tenant)).toEqual({ ...untouched, ann: 'DISABLED ACTIVE' });
    await expectSettled(tenant);
  });
});

describe('a file that lost its entries', () => {
  it.each(['enrollments: []', ''])('removes no more than the budget allows: "%s"', async (rest) => {
    const tenant = await open([wholeTenant('delete'), 'budgets: { delete: 4 }', rest]);
    await expectRefused(tenant, '--allow-deletes 5');
  });

  it.each(['delete', 'disable'])(
    'and was cut off anywhere removes nothing that its budget does not allow: %s',
    async (rule) => {
      const entries = tenantUsers.map(({ login }) => `  - { user: ${login}, flow: mobile, replaceOn: [FAILED] }`);
      const lines = ['budgets: { delete: 0, disable: 0, email: 0 }', wholeTenant(rule), 'enrollments:', ...entries];
      const tenant = await open(lines);
      const whole = file(lines);
      const codes = new Set<number>();
      for (let length = 1; length < whole.length; length += 9) {
        await tenant.write('faces.yaml', whole.slice(0, length));
        codes.add((await apply(tenant)).code);
        expect({ length, writes: writesOf(tenant.sandbox) }).toEqual({ length, writes: 0 });
      }
      expect([...codes].toSorted()).toEqual([0, 1, 5]);
    },
  );
});

describe('an entry for a user', () => {
  it.each(['yes', 'no'] as const)('outside the scope’s group is an error at its line (%s)', async (aliasesInline) => {
    const lines = [
      group('delete'),
      'enrollments:',
      '  - { user: ann, flow: mobile }',
      '  - { user: eve, flow: web, applicantId: a }',
    ];
    const tenant = await open(lines, { readings: { aliasesInline } });
    for (const command of [
      ['plan', 'faces.yaml'],
      ['apply', 'faces.yaml', '--auto-approve'],
    ]) {
      const { code, stderr } = await tenant.run(command);
      expect(code).toBe(1);
      expect(stderr).toMatch(/USER_OUTSIDE_SCOPE[^]*faces\.yaml:5:5|faces\.yaml:5:5[^]*USER_OUTSIDE_SCOPE/);
    }
    expect(writesOf(tenant.sandbox)).toBe(0);
  });

  it('whom the role cannot see creates nothing', async () => {
    const entries = 'enrollments: [{ user: eve, flow: web, applicantId: a }, { user: ann, flow: mobile }]';
    const tenant = await open([entries], { visibleGroups: ['Employees'] });
    const { code, stderr } = await apply(tenant);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('USER_NOT_FOUND') });
    expect((await apply(tenant, '--skip-missing-users')).code).toBe(0);
    expect(writesOf(tenant.sandbox)).toBe(0);
    expect(faces(tenant)).toEqual(untouched);
  });
});

describe('a protected user', () => {
  it.each([
    ['bob', wholeTenant('delete'), onlyAnn],
    ['BOB', wholeTenant('disable'), onlyAnn],
    ['ann', 'unmatched: keep', 'enrollments: [{ user: ann, flow: mobile, enabled: false }]'],
    ['ann', 'unmatched: keep', 'enrollments: [{ user: ann, state: absent }]'],
    ['ann', 'unmatched: delete', 'enrollments: [{ user: ann, flow: web, applicantId: a }]'],
    ['cyd', 'unmatched: keep', 'enrollments: [{ user: cyd, flow: mobile, replaceOn: [FAILED] }]'],
  ])('keeps the faces, and the whole run is refused: %s, %s, %s', async (login, rule, entries) => {
    const tenant = await open([`protect: [${login}]`, rule, entries]);
    await expectRefused(tenant, 'is protected from', '--allow-deletes', '3', '--allow-disables', '2');
    expect(faces(tenant)).toEqual(untouched);
  });
});

describe('a budget', () => {
  const absent = 'enrollments: [{ user: ann, state: absent }, { user: bob, state: absent }]';
  const off = 'enrollments: [{ user: ann, flow: mobile, enabled: false }, { user: bob, flow: mobile, enabled: false }]';
  const mobile = 'enrollments: [{ user: dot, flow: mobile }, { user: cyd, flow: mobile, replaceOn: [FAILED] }]';
  it.each([
    ['delete: 2', absent, '--allow-deletes', 3],
    ['delete: 50%', absent, '--allow-deletes', 3],
    ['disable: 1', off, '--allow-disables', 2],
    ['disable: 0%', off, '--allow-disables', 2],
    ['email: 1', mobile, '--allow-emails', 2],
    ['delete: 0', mobile, '--allow-deletes', 1],
  ])('of %s refuses, until the exact count is acknowledged: %s', async (budget, entries, flag, count) => {
    const tenant = await open([`budgets: { ${budget} }`, entries]);
    await expectRefused(tenant, `${flag} ${count}`);
    await expectRefused(tenant, `${flag} ${count}`, flag, `${count + 1}`);
    await expectRefused(tenant, `${flag} ${count}`, flag, `${count - 1}`);
    expect((await tenant.run(['plan', 'faces.yaml', '--detailed-exitcode'])).code).toBe(2);
    expect((await apply(tenant, flag, `${count}`)).code).toBe(0);
    await expectSettled(tenant);
  });
});
