import { describe, expect, it } from 'vitest';
import { listOf, memberOf } from '../../support/commands/expectations.ts';
import { openTenant, type TenantWorkspace } from '../../support/commands/workspace.ts';

describe('status --settings all', () => {
  const created = '2026-05-01T00:00:00Z';
  const faces = [
    { status: 'ACTIVE', created, expiry: '2026-10-28T00:00:00Z', serialNumber: 'S-policy' },
    { status: 'ACTIVE', created, expiry: '2026-11-20T00:00:00Z', serialNumber: 'S-activated' },
    { status: 'ACTIVE', created, expiry: '2027-05-01T00:00:00Z', serialNumber: 'S-later' },
    { status: 'ACTIVE', created, expiry: null, serialNumber: 'S-never' },
    { status: 'ACTIVATING', created, expiry: null, serialNumber: 'S-waits' },
  ] as const;
  const open = (): Promise<TenantWorkspace> =>
    openTenant(
      { seed: { users: [{ login: 'amy', faces }, { login: 'ben' }] } },
      {
        files: {
          'faces.yaml': 'version: 1\nenrollments: [{ user: amy, flow: mobile }, { user: ben, state: absent }]\n',
        },
      },
    );
  const asked = ({ sandbox }: TenantWorkspace): number =>
    sandbox.tenant.requests.filter(({ operation }) => operation === 'getFaceSettings').length;

  it('lists the faces whose expiry the policy cannot have set, one call for each user who has a face', async () => {
    const workspace = await open();
    const { code, stdout } = await workspace.run(['status', 'faces.yaml', '--settings', 'all']);
    expect(code).toBe(0);
    const [, listed] = /2 faces whose expiry is not the tenant's policy:\n((?: .*\n)+)/.exec(stdout) ?? [];
    expect(listed).toMatch(/S-later.*expires 2027-05-01T00:00:00Z.*policy: 2026-10-28T00:00:00Z \(180 days\)/);
    expect(listed).toMatch(/S-never.*no expiry.*policy: 2026-10-28T00:00:00Z \(180 days\)/);
    expect(asked(workspace)).toBe(1);
  });

  it('says the same in JSON and CSV, also of the whole tenant', async () => {
    const workspace = await open();
    const flags = ['--settings', 'all', '--format'];
    const json = await workspace.run(['status', 'faces.yaml', ...flags, 'json']);
    const entries = listOf(JSON.parse(json.stdout), 'entries');
    const policies = entries.map((entry) => [
      memberOf(entry, 'serial_number'),
      memberOf(memberOf(entry, 'x_policy'), 'matches'),
    ]);
    expect(policies.toSorted()).toEqual([
      ['S-activated', true],
      ['S-later', false],
      ['S-never', false],
      ['S-policy', true],
      ['S-waits', undefined],
    ]);
    const csv = await workspace.run(['status', '--all', ...flags, 'csv']);
    expect(csv.stdout).toMatch(/^index,.*,reason,policy_days,policy_matches,differs\r\n/);
    expect(csv.stdout).toMatch(/S-later,.*,180,false,\r\n/);
  });

  it('asks for nothing without it', async () => {
    const workspace = await open();
    const { stdout } = await workspace.run(['status', 'faces.yaml', '--format', 'json']);
    expect(stdout).not.toContain('x_policy');
    expect(asked(workspace)).toBe(0);
  });

  it('says what it could not compare, and ends with 6', async () => {
    const workspace = await open();
    workspace.sandbox.tenant.failWith({ kind: '403', operation: 'getFaceSettings', times: 9 });
    const { code, stderr } = await workspace.run(['status', 'faces.yaml', '--settings', 'all']);
    expect({ code, stderr }).toMatchObject({ code: 6, stderr: expect.stringContaining('SETTINGS_NOT_READ') });
  });
});
