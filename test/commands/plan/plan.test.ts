import { describe, expect, it } from 'vitest';
import { listOf, memberOf, operationsOf } from '../../support/commands/expectations.ts';
import { openTenant, type Ran, type TenantWorkspace } from '../../support/commands/workspace.ts';

const reads: ReadonlySet<string> = new Set([
  'getUserByLogin',
  'getUserByExternalId',
  'getUser',
  'listUsers',
  'listGroups',
  'listGroupsPaged',
  'getGroup',
  'getGroupByExternalId',
  'listFaces',
  'getFaceSettings',
  'getGeneralSettings',
]);
const applicantId = '6f1c2b7e-0000-4000-8000-000000000001';
const oneOfEach = `version: 1
scope: { users: group, group: staff, onRemove: disable }
unmatched: delete
enrollments:
  - { user: create, flow: mobile }
  - { user: update, flow: mobile, expiry: 2027-01-01T00:00:00Z }
  - { user: disable, flow: mobile, enabled: false }
  - { user: replace, flow: mobile, replaceOn: [FAILED] }
  - { user: delete, state: absent }
  - { user: keep, flow: mobile }
  - { user: wait, flow: mobile }
`;

/** A tenant in which one user stands for each action. */
function open(): Promise<TenantWorkspace> {
  const user = (login: string, ...faces: readonly object[]) => ({
    login,
    email: `${login}@example.com`,
    groups: ['staff'],
    faces,
  });
  const users = [
    user('create'),
    user('update', {}),
    user('disable', {}),
    user('replace', { status: 'FAILED' }),
    user('delete', {}),
    user('keep', {}, { applicantId }),
    user('wait', { status: 'ACTIVATING' }),
    user('unlisted', {}),
  ];
  return openTenant({ seed: { users } }, { files: { 'faces.yaml': oneOfEach } });
}

const json = ['plan', 'faces.yaml', '--format', 'json'] as const;

function changesOf({ stdout }: Ran): Readonly<Record<string, unknown>> {
  const changes = listOf(JSON.parse(stdout), 'resource_changes');
  return Object.fromEntries(changes.map((change) => [String(memberOf(change, 'index')), memberOf(change, 'x_action')]));
}

function digestOf({ stdout }: Ran): unknown {
  return memberOf(JSON.parse(stdout), 'x_digest');
}

describe('plan', () => {
  it.each(['text', 'json', 'diff'])('--format %s reads, and never writes', async (format) => {
    const { run, sandbox } = await open();
    const before = sandbox.tenant.toSeed();
    expect(await run(['plan', 'faces.yaml', '--format', format])).toMatchObject({ code: 0, stderr: '' });
    expect(operationsOf(sandbox).filter((operation) => !reads.has(operation))).toEqual([]);
    expect(operationsOf(sandbox)).toContain('listFaces');
    expect(sandbox.tenant.toSeed()).toEqual(before);
  });

  it('signs in once', async () => {
    const { run, sandbox } = await open();
    await run(['plan', 'faces.yaml']);
    expect(sandbox.tenant.requests.filter(({ operation }) => operation === 'authenticate')).toHaveLength(1);
  });

  it('shows every action, in text and in JSON alike', async () => {
    const { run } = await open();
    const { stdout } = await run(['plan', 'faces.yaml']);
    expect(stdout).toContain('Plan: 1 to create, 1 to update, 2 to disable, 1 to replace, 2 to delete.');
    const ran = await run(json);
    expect(Object.values(changesOf(ran)).toSorted()).toEqual([
      'create',
      'delete',
      'delete',
      'disable',
      'disable',
      'replace',
      'update',
    ]);
    expect(memberOf(JSON.parse(ran.stdout), 'summary')).toMatchObject({ create: 1, disable: 2, waiting: 1, noop: 2 });
  });

  it('lists what needs no change with --include-noop', async () => {
    const { run } = await open();
    expect(changesOf(await run(json))).not.toHaveProperty(['keep/mobile']);
    expect(changesOf(await run([...json, '--include-noop']))).toMatchObject({
      'keep/mobile': 'no-op',
      'wait/mobile': 'no-op',
    });
  });
});

describe('--detailed-exitcode', () => {
  it('is 2 with changes, 0 without, and never without the flag', async () => {
    const { run } = await open();
    expect(await run(['plan', 'faces.yaml', '--detailed-exitcode'])).toMatchObject({ code: 2 });
    expect(await run(['plan', 'faces.yaml'])).toMatchObject({ code: 0 });
    expect(await run(['apply', 'faces.yaml', '--auto-approve'])).toMatchObject({ code: 0 });
    expect(await run(['plan', 'faces.yaml', '--detailed-exitcode'])).toMatchObject({ code: 0 });
  });

  it('gives way to an incomplete reading', async () => {
    const { run, sandbox } = await open();
    sandbox.tenant.failWith({ kind: '403', operation: 'listFaces' });
    expect(await run(['plan', 'faces.yaml', '--detailed-exitcode'])).toMatchObject({ code: 6 });
  });
});

describe('the digest', () => {
  const one = 'version: 1\nenrollments: [{ user: create, flow: mobile }]\n';
  const two = 'version: 1\nenrollments: [{ user: keep, flow: mobile }, { user: wait, flow: mobile, enabled: false }]\n';
  it('is the same for the same files and the same live state, whatever the order of the paths', async () => {
    const { run, write } = await open();
    await write('a.yaml', one);
    await write('b.yaml', two);
    const paths = [
      ['a.yaml', 'b.yaml'],
      ['a.yaml', 'b.yaml'],
      ['b.yaml', 'a.yaml'],
      ['b.yaml', 'a.yaml', './a.yaml'],
    ];
    const digests: unknown[] = [];
    for (const each of paths) digests.push(digestOf(await run(['plan', ...each, '--format', 'json'])));
    expect(digests[0]).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(new Set(digests).size).toBe(1);
  });

  it('is another when the live state has changed', async () => {
    const { run, sandbox } = await open();
    const before = digestOf(await run(json));
    sandbox.tenant.addFace('create', { status: 'ACTIVATING' });
    expect(digestOf(await run(json))).not.toBe(before);
  });
});

describe('--target', () => {
  it('plans for these users alone, whatever the case, and leaves the rest of the scope as it is', async () => {
    const { run } = await open();
    const ran = await run([...json, '--target', 'CREATE', '--target', 'delete']);
    expect(Object.values(changesOf(ran)).toSorted()).toEqual(['create', 'delete']);
  });

  it('is an error where no entry names the user', async () => {
    const { run, sandbox } = await open();
    const ran = await run(['plan', 'faces.yaml', '--target', 'keep', '--target', 'nobody']);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain('"nobody"');
    expect(ran.stderr).toContain('[UNKNOWN_NAME]');
    expect(operationsOf(sandbox)).toEqual([]);
  });

  it('is an error beside --replace of what it leaves out', async () => {
    const { run, sandbox } = await open();
    const ran = await run(['plan', 'faces.yaml', '--target', 'create', '--replace', 'keep/mobile']);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('which --target leaves out') });
    expect(operationsOf(sandbox)).toEqual([]);
  });
});

describe('--replace', () => {
  it('renews an enrollment that needs no change', async () => {
    const { run } = await open();
    expect(changesOf(await run([...json, '--replace', 'keep/mobile']))).toMatchObject({ 'keep/mobile': 'replace' });
  });

  it('is an error where no entry has the key', async () => {
    const { run } = await open();
    const ran = await run(['plan', 'faces.yaml', '--replace', 'keep/web']);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('keep/web');
    expect(ran.stderr).toContain('[UNKNOWN_NAME]');
  });
});

describe('a listed user whom the tenant does not have', () => {
  const yaml = 'version: 1\nenrollments:\n  - { user: keep, flow: mobile }\n  - { user: ghost, flow: mobile }\n';
  it('is an error at the line, and apply writes nothing', async () => {
    const { run, write, sandbox } = await open();
    await write('faces.yaml', yaml);
    for (const command of [['plan'], ['apply', '--auto-approve']]) {
      const ran = await run([...command, 'faces.yaml']);
      expect(ran.code).toBe(1);
      expect(ran.stderr).toMatch(/^Error: .*ghost.* \[USER_NOT_FOUND\]\n {2}at faces\.yaml:4:5/m);
    }
    expect(operationsOf(sandbox).filter((operation) => !reads.has(operation))).toEqual([]);
  });
});
