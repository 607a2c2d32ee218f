import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { defaultReadings, readingChoices, type Readings } from '../../../src/sandbox/index.ts';
import { memberOf, writesOf } from '../../support/commands/expectations.ts';
import { openOddTenant } from '../../support/commands/odd-tenant.ts';
import { testNow, type Ran, type TenantWorkspace } from '../../support/commands/workspace.ts';

async function planOf(tenant: TenantWorkspace, file: string, startAt = testNow): Promise<Ran> {
  const json = await tenant.run(['plan', file, '--format', 'json'], { startAt });
  expect(json).toMatchObject({ code: 0, stderr: '' });
  expect(memberOf(memberOf(JSON.parse(json.stdout), 'summary'), 'unmatched')).toBe(0);
  return tenant.run(['plan', file, '--detailed-exitcode'], { startAt });
}

const noChanges = { code: 0, stdout: expect.stringMatching(/^No changes\./m), stderr: '' };
const readings = Object.entries(readingChoices).flatMap(([name, choices]) =>
  choices
    .map((choice): { name: string; choice: string | number; chosen: Partial<Readings> } => ({
      name,
      choice,
      chosen: { [name]: choice },
    }))
    .filter(({ chosen }) => !isDeepStrictEqual({ ...defaultReadings, ...chosen }, defaultReadings)),
);

/** Twice the same export, which a plan has nothing to add to. */
async function exportAndPlan(tenant: TenantWorkspace): Promise<void> {
  const exported = await tenant.run(['export', '--every-user']);
  expect(exported).toMatchObject({ code: 0, stderr: '' });
  await tenant.write('e.yaml', exported.stdout);
  expect(await tenant.run(['validate', 'e.yaml'])).toMatchObject({ code: 0, stderr: '' });
  expect(await planOf(tenant, 'e.yaml')).toMatchObject(noChanges);
  expect(await tenant.run(['export', '--every-user'])).toEqual(exported);
  expect(writesOf(tenant.sandbox)).toBe(0);
}

describe('a plan of an export right after', () => {
  it.each(readings)('says "No changes." with $name $choice', async ({ chosen }) => {
    await exportAndPlan(await openOddTenant({ readings: chosen }));
  });

  it('says so as the vendor is taken to behave, and changes nothing', async () => {
    await exportAndPlan(await openOddTenant());
  });

  it.each([1, 3])('says so over pages of %i', async (pageSizeMax) => {
    const tenant = await openOddTenant({ pageSizeMax });
    expect(await tenant.run(['export', '--every-user', '--out', 'e.yaml'])).toMatchObject({ code: 0, stderr: '' });
    expect(await planOf(tenant, 'e.yaml')).toMatchObject(noChanges);
  });

  it('says so years later, and an apply has nothing to do', async () => {
    const tenant = await openOddTenant();
    await tenant.run(['export', '--every-user', '--out', 'e.yaml']);
    const years = 3 * 365 * 86_400_000;
    tenant.sandbox.tenant.advance(years);
    expect(await planOf(tenant, 'e.yaml', testNow + years)).toMatchObject(noChanges);
    const applied = await tenant.run(['apply', 'e.yaml', '--auto-approve'], { startAt: testNow + years });
    expect(applied).toMatchObject({ code: 0, stderr: '' });
    expect(writesOf(tenant.sandbox)).toBe(0);
  });

  it('says so of a group, which the file owns and keeps', async () => {
    const tenant = await openOddTenant();
    const { stdout } = await tenant.run(['export', '--group', 'Staff', '--out', 'e.yaml']);
    expect(stdout).toBe('Exported 27 faces of 23 users to e.yaml.\n');
    expect(await tenant.read('e.yaml')).toContain('\nscope: { users: group, group: Staff, onRemove: keep }\n');
    expect(await planOf(tenant, 'e.yaml')).toMatchObject(noChanges);
  });

  it('says so of a tenant in which nobody has a face', async () => {
    const tenant = await openOddTenant({ seed: { users: [{ login: 'none' }] } });
    await tenant.run(['export', '--out', 'e.yaml']);
    expect(await tenant.read('e.yaml')).toMatch(/\nscope: { users: listed }\nenrollments: \[\]\n# sha256 .*\n$/);
    expect(await planOf(tenant, 'e.yaml')).toMatchObject(noChanges);
  });
});
