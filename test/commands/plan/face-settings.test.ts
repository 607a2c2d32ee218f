import { describe, expect, it } from 'vitest';
import type { SandboxOptions, SandboxSeed } from '../../../src/sandbox/index.ts';
import { listOf, memberOf, writesOf } from '../../support/commands/expectations.ts';
import { openTenant, testNow, type Ran, type TenantWorkspace } from '../../support/commands/workspace.ts';

type SeedUser = NonNullable<SandboxSeed['users']>[number];
type SeedFace = NonNullable<SeedUser['faces']>[number];

const dayMs = 86_400_000;
const head = 'version: 1\nbudgets: { email: 1000 }\nenrollments:\n';

function open(users: readonly SeedUser[], entries: readonly string[], options: SandboxOptions = {}) {
  const file = head + entries.map((entry) => `  - { ${entry} }\n`).join('');
  return openTenant({ seed: { users }, ...options }, { files: { 'users.yaml': file } });
}

const user = (login: string, faces: readonly SeedFace[] = [], more: Partial<SeedUser> = {}): SeedUser => ({
  login,
  email: `${login}@example.com`,
  faces,
  ...more,
});

const many = (count: number): readonly SeedUser[] => Array.from({ length: count }, (_, index) => user(`u${index}`));
const askedOf = ({ sandbox }: TenantWorkspace): number =>
  sandbox.tenant.requests.filter(({ operation }) => operation === 'getFaceSettings').length;

async function planJson(workspace: TenantWorkspace, ...more: readonly string[]): Promise<unknown> {
  const { stdout } = await workspace.run(['plan', 'users.yaml', '--format', 'json', ...more]);
  const plan: unknown = JSON.parse(stdout);
  return plan;
}

const policiesOf = (plan: unknown): readonly unknown[] =>
  listOf(plan, 'resource_changes').map((change) => memberOf(change, 'x_policy'));

describe('the expiry of a face to create', () => {
  it("is shown as the tenant's policy will set it, in every format for people", async () => {
    const workspace = await open([user('amy')], ['user: amy, flow: mobile']);
    for (const format of ['text', 'markdown', 'diff']) {
      const { stdout } = await workspace.run(['plan', 'users.yaml', '--format', format]);
      expect(stdout).toMatch(/expiry *[=:] 2026-11-28 \(180 days, the tenant's policy\)\n/);
      expect(stdout).not.toContain("the tenant's own policy");
    }
    const { stdout } = await workspace.run(['plan', 'users.yaml', '--format', 'html']);
    expect(stdout).toContain('<i>2026-11-28 (180 days, the tenant&#39;s policy)</i>');
  });

  it('is in JSON the lifetime alone, so that the digest is the same a day later', async () => {
    const workspace = await open([user('amy', [], { faceLifetimeDays: 1 })], ['user: amy, flow: mobile']);
    const plan = await planJson(workspace);
    expect(policiesOf(plan)).toEqual([{ lifetime_days: 1 }]);
    const [change] = listOf(plan, 'resource_changes');
    expect(memberOf(memberOf(memberOf(change, 'change'), 'after_unknown'), 'expiry')).toBe(true);
    const later = await workspace.run(['plan', 'users.yaml', '--format', 'json'], { startAt: testNow + dayMs });
    expect(memberOf(JSON.parse(later.stdout), 'x_digest')).toBe(memberOf(plan, 'x_digest'));
  });

  it('is asked for once a user, and of the first fifty by default', async () => {
    const entries = many(60).flatMap(({ login }) => [
      `user: ${login}, flow: mobile`,
      `user: ${login}, flow: web, applicantId: a-${login}, lifetime: 30d`,
    ]);
    const asked: number[] = [];
    for (const choice of ['some', 'all', 'none', undefined] as const) {
      const workspace = await open(many(60), entries);
      const plan = await planJson(workspace, ...(choice === undefined ? [] : ['--settings', choice]));
      asked.push(askedOf(workspace), policiesOf(plan).filter((policy) => policy !== undefined).length);
    }
    expect(asked).toEqual([50, 50, 60, 60, 0, 0, 50, 50]);
  });

  it('is asked for once where a user gets two faces', async () => {
    const entries = ['user: amy, flow: mobile, label: a', 'user: amy, flow: mobile, label: b'];
    const workspace = await open([user('amy')], entries);
    expect(policiesOf(await planJson(workspace))).toEqual([{ lifetime_days: 180 }, { lifetime_days: 180 }]);
    expect(askedOf(workspace)).toBe(1);
  });

  it('is not asked for where nothing is created, or the file decides it', async () => {
    const faces = [{ status: 'ACTIVE' }] as const;
    const workspace = await open(
      [user('amy', faces), user('ben')],
      ['user: amy, flow: mobile', 'user: ben, flow: mobile, lifetime: 9d'],
    );
    await planJson(workspace);
    expect(askedOf(workspace)).toBe(0);
  });

  it('is known only after apply where the tenant does not tell it, and the plan is whole all the same', async () => {
    const workspace = await open([user('amy')], ['user: amy, flow: mobile']);
    workspace.sandbox.tenant.failWith({ kind: '403', operation: 'getFaceSettings' });
    const { code, stdout } = await workspace.run(['plan', 'users.yaml']);
    expect({ code, stdout }).toMatchObject({ code: 0 });
    expect(stdout).toContain("(known after apply)  # by the tenant's own policy");
  });

  it('is kept in a saved plan, whose apply does not ask again', async () => {
    const workspace = await open([user('amy')], ['user: amy, flow: mobile']);
    await workspace.run(['plan', 'users.yaml', '--out', 'plan.json']);
    const shown = await workspace.run(['show', 'plan.json']);
    expect(shown.stdout).toContain("2026-11-28 (180 days, the tenant's policy)");
    expect(await workspace.run(['apply', '--plan', 'plan.json'])).toMatchObject({ code: 0 });
    expect(askedOf(workspace)).toBe(1);
    const beside = await workspace.run(['apply', '--plan', 'plan.json', '--settings', 'all']);
    expect(beside).toMatchObject({ code: 1, stderr: expect.stringContaining('--settings') });
  });
});

describe("an entry with 'lifetime: policy'", () => {
  const expiryOf = ({ sandbox }: TenantWorkspace, login: string): string =>
    new Date(sandbox.tenant.faces(login)[0]?.expiry ?? 0).toISOString();
  const apply = (workspace: TenantWorkspace): Promise<Ran> => workspace.run(['apply', 'users.yaml', '--auto-approve']);

  it('brings back the expiry that a file once changed, whatever it was, and then nothing is left to do', async () => {
    const created = '2026-05-01T00:00:00Z';
    const faces = (expiry: string | null): readonly SeedFace[] => [{ status: 'ACTIVE', created, expiry }];
    const users = [
      user('amy', faces('2027-05-01T00:00:00Z')),
      user('ben', faces('2026-07-01T00:00:00Z')),
      user('cyd', faces(null)),
      user('dot', faces('2027-05-01T00:00:00Z'), { faceLifetimeDays: 90 }),
      user('eve', [{ ...faces('2027-05-01T00:00:00Z')[0], status: 'DISABLED' }]),
    ];
    const workspace = await open(
      users,
      users.map(({ login }) => `user: ${login}, flow: mobile, lifetime: policy`),
    );
    expect(memberOf(await planJson(workspace), 'summary')).toMatchObject({ update: 5 });
    expect(await apply(workspace)).toMatchObject({ code: 0 });
    expect(['amy', 'ben', 'cyd', 'dot', 'eve'].map((login) => expiryOf(workspace, login))).toEqual([
      '2026-10-28T00:00:00.000Z',
      '2026-10-28T00:00:00.000Z',
      '2026-10-28T00:00:00.000Z',
      '2026-07-30T00:00:00.000Z',
      '2026-10-28T00:00:00.000Z',
    ]);
    const { code, stdout } = await workspace.run(['plan', 'users.yaml', '--detailed-exitcode']);
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('No changes.') });
    expect(askedOf(workspace)).toBe(15);
  });

  it.each(['creation', 'activation'] as const)(
    'never writes what the policy itself has set, counted from %s',
    async (lifetimeFrom) => {
      const workspace = await open([user('amy')], ['user: amy, flow: mobile, lifetime: policy'], {
        readings: { lifetimeFrom },
      });
      const { tenant } = workspace.sandbox;
      expect(await apply(workspace)).toMatchObject({ code: 0 });
      for (const days of [0, 3, 20]) {
        tenant.advance(days * dayMs);
        if (days === 3) for (const { id } of tenant.faces('amy')) tenant.activate(id);
        const now = testNow + (days === 20 ? 23 : days) * dayMs;
        const { code } = await workspace.run(['plan', 'users.yaml', '--detailed-exitcode'], { startAt: now });
        expect({ days, code }).toEqual({ days, code: 0 });
      }
      expect(writesOf(workspace.sandbox)).toBe(1);
    },
  );

  it('changes nothing where the lifetime is zero, of which the meaning is not documented', async () => {
    const workspace = await open(
      [user('amy', [{ status: 'ACTIVE' }], { faceLifetimeDays: 0 }), user('ben', [], { faceLifetimeDays: 0 })],
      ['user: amy, flow: mobile, lifetime: policy', 'user: ben, flow: mobile, lifetime: policy'],
    );
    const plan = await planJson(workspace);
    expect(memberOf(plan, 'summary')).toMatchObject({ update: 0, create: 1 });
    expect(policiesOf(plan)).toEqual([undefined]);
  });

  it('leaves a user alone whose settings cannot be read, and says that the plan is not whole', async () => {
    const faces = [{ status: 'ACTIVE', expiry: '2030-01-01T00:00:00Z' }] as const;
    const workspace = await open(
      [user('amy', faces), user('ben', faces)],
      ['user: amy, flow: mobile, lifetime: policy', 'user: ben, flow: mobile, lifetime: 30d'],
    );
    workspace.sandbox.tenant.failWith({ kind: '500', operation: 'getFaceSettings', times: 99 });
    const { code, stdout } = await workspace.run(['plan', 'users.yaml', '--format', 'json']);
    const plan: unknown = JSON.parse(stdout);
    expect(code).toBe(6);
    expect(memberOf(plan, 'x_complete')).toBe(false);
    expect(memberOf(plan, 'summary')).toMatchObject({ update: 1, unknown: 1 });
    expect(JSON.stringify(memberOf(plan, 'x_unknown'))).toContain('/settings/face: 500');
  });

  it('speaks for itself alone, beside another entry of the user and a user who is not there', async () => {
    const seeds = [
      { status: 'ACTIVE', created: '2026-05-01T00:00:00Z', expiry: '2030-01-01T00:00:00Z' },
      { status: 'ACTIVE', applicantId: 'a-1', expiry: '2030-01-01T00:00:00Z' },
    ] as const;
    const entries = [
      'user: amy, flow: mobile, lifetime: policy',
      'user: amy, flow: web, applicantId: a-1',
      'user: nobody, flow: mobile, lifetime: policy',
    ];
    const workspace = await open([user('amy', seeds), user('ben', seeds)], [...entries, 'user: ben, flow: mobile']);
    const plan = await planJson(workspace, '--skip-missing-users');
    expect(listOf(plan, 'resource_changes').map((change) => memberOf(change, 'index'))).toEqual(['amy/mobile']);
    expect(askedOf(workspace)).toBe(1);
    workspace.sandbox.tenant.failWith({ kind: '403', operation: 'getFaceSettings', times: 99 });
    const unread = await planJson(workspace, '--skip-missing-users');
    expect(memberOf(unread, 'summary')).toMatchObject({ update: 0, unknown: 1 });
  });

  it('asks for no settings where the entry is disabled or absent', async () => {
    const faces = [{ status: 'DISABLED' }] as const;
    const workspace = await open(
      [user('amy', faces), user('ben')],
      ['user: amy, flow: mobile, lifetime: policy, enabled: false', 'user: ben, state: absent'],
    );
    expect(await workspace.run(['plan', 'users.yaml', '--detailed-exitcode'])).toMatchObject({ code: 0 });
    expect(askedOf(workspace)).toBe(0);
  });

  it('is not written together with an expiry', async () => {
    const workspace = await open(
      [user('amy')],
      ['user: amy, flow: mobile, lifetime: policy, expiry: 2030-01-01T00:00:00Z'],
    );
    const { code, stdout } = await workspace.run(['validate', 'users.yaml', '--format', 'json']);
    expect({ code, stdout }).toMatchObject({ code: 1, stdout: expect.stringContaining('EXPIRY_AND_LIFETIME') });
  });
});
