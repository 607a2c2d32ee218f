import { describe, expect, it } from 'vitest';
import { listOf, memberOf, writesOf } from '../../support/commands/expectations.ts';
import { forgedPlan } from '../../support/forged-plan.ts';
import { openTenant, testNow, type TenantWorkspace } from '../../support/commands/workspace.ts';

const far = '2035-12-31T12:00:00Z';
const soon = '2026-06-01T12:03:00Z';

/** Users with one active mobile face each, and a file of these lines below its version. */
function open(expiry: string | null, users: number, lines: readonly string[]): Promise<TenantWorkspace> {
  const logins = Array.from({ length: users }, (_, at) => `u${at}`);
  const face = { created: '2026-05-31T12:00:00Z', expiry };
  const seed = { users: logins.map((login) => ({ login, email: `${login}@mail.example`, faces: [face] })) };
  const entries = logins.map((login) => `  - { user: ${login}, flow: mobile }`);
  const yaml = ['version: 1', ...lines, 'enrollments:', ...entries, ''].join('\n');
  return openTenant({ seed }, { files: { 'faces.yaml': yaml } });
}

const expiries = ({ sandbox: { tenant } }: TenantWorkspace): readonly unknown[] =>
  tenant.users().flatMap(({ login }) => tenant.faces(login).map(({ expiry }) => expiry));

const apply = ({ run }: TenantWorkspace, ...flags: readonly string[]) =>
  run(['apply', 'faces.yaml', '--auto-approve', ...flags]);

describe('an expiry in three minutes on a face in use', () => {
  const guards = ['protect: [u0]', 'budgets: { disable: 0, delete: 0, shorten: 0 }', `defaults: { expiry: ${soon} }`];

  it('is refused for a protected user, whatever is acknowledged, and is not written', async () => {
    const tenant = await open(far, 1, guards);
    const { code, stdout } = await tenant.run(['plan', 'faces.yaml']);
    expect(code).toBe(0);
    expect(stdout).toContain('< shorten');
    expect(stdout).toContain('access ends 9 years 6 months earlier, in 3 minutes');
    expect(stdout).toContain('u0/mobile would be shortened');
    expect(stdout).toContain('Refused: 1 shorten within the horizon, budget 0. To proceed: --allow-shortens 1');
    for (const flags of [[], ['--allow-shortens', '1']]) {
      const { code: refused, stderr } = await apply(tenant, ...flags);
      expect(refused).toBe(5);
      expect(stderr).toContain('u0/mobile is protected from shorten');
    }
    expect(writesOf(tenant.sandbox)).toBe(0);
  });

  it('is shown in every form, and applied from a plan that acknowledges it', async () => {
    const tenant = await open(far, 1, guards.slice(1));
    const { run } = tenant;
    expect((await run(['plan', 'faces.yaml', '--out', 'p.json', '--allow-shortens', '1'])).code).toBe(0);
    const plan: unknown = JSON.parse(await tenant.read('p.json'));
    expect(plan).toMatchObject({
      format_version: '1.1',
      summary: { update: 1, shorten: 1 },
      x_acknowledged: { shorten: 1 },
    });
    expect(listOf(plan, 'resource_changes')).toMatchObject([
      {
        x_action: 'update',
        change: { actions: ['update'] },
        x_shortens: { from: far, to: soon, within_horizon: true },
      },
    ]);
    expect(listOf(plan, 'x_budgets')).toContainEqual({ budget: 'shorten', used: 1, allowed: 0, limit: '0' });
    const shown = async (format: string) => (await run(['show', 'p.json', '--format', format])).stdout;
    expect(await shown('markdown')).toContain('<summary>Shorten (1)</summary>');
    expect(await shown('html')).toContain('data-action="shorten"');
    expect(await shown('diff')).toContain('# access ends 9 years 6 months earlier');
    expect((await run(['explain', 'u0', 'faces.yaml'])).stdout).toContain('access ends 9 years 6 months earlier');
    const { code, stdout } = await run(['apply', '--plan', 'p.json', '--format', 'ndjson']);
    expect(code).toBe(0);
    const planned = stdout.split('\n').find((line) => line.includes('planned_change'));
    expect(memberOf(JSON.parse(planned ?? ''), 'change')).toMatchObject({
      x_action: 'update',
      x_shortens: { to: soon },
    });
    expect(expiries(tenant)).toEqual([Date.parse(soon)]);
  });
});

describe('a lifetime for users who have a face', () => {
  it('is refused where it ends access within the horizon for more of them than the budget allows', async () => {
    const tenant = await open(null, 27, ['defaults: { lifetime: 25h }']);
    const { code, stderr } = await apply(tenant);
    expect(code).toBe(5);
    expect(stderr).toContain('27 shortens within the horizon, budget 20');
    expect(stderr).toContain('--allow-shortens 27');
    expect(writesOf(tenant.sandbox)).toBe(0);
  });

  it('costs nothing where access lasts beyond the horizon', async () => {
    const tenant = await open(null, 2, ['budgets: { shorten: 0 }', 'defaults: { lifetime: 90d }', 'protect: [u0]']);
    const { code, stdout } = await apply(tenant);
    expect(code).toBe(0);
    expect(stdout).toContain('2 to shorten');
    expect(stdout).toContain('access ends in 2 months 28 days, and had no end before');
    expect(new Set(expiries(tenant)).size).toBe(1);
    expect(writesOf(tenant.sandbox)).toBe(2);
  });

  it('may be more updates than the budget of the files allows', async () => {
    const tenant = await open(null, 3, ['budgets: { update: 2 }', 'defaults: { lifetime: 90d }']);
    expect(await apply(tenant)).toMatchObject({ code: 5, stderr: expect.stringContaining('--allow-updates 3') });
    expect(writesOf(tenant.sandbox)).toBe(0);
    expect((await apply(tenant, '--allow-updates', '3')).code).toBe(0);
  });
});

describe('a plan of the version before', () => {
  it('is refused where it would end access earlier, with what to do', async () => {
    const tenant = await open(far, 1, [`defaults: { expiry: ${soon} }`]);
    await tenant.run(['plan', 'faces.yaml', '--out', 'p.json']);
    const text = (await tenant.read('p.json')).replace('"format_version": "1.1"', '"format_version": "1.0"');
    const json: object = JSON.parse(text);
    await tenant.write('old.json', forgedPlan(json));
    const { code, stderr } = await tenant.run(['apply', '--plan', 'old.json'], { startAt: testNow });
    expect(code).toBe(1);
    expect(stderr).toContain('the access of "u0/mobile" ends earlier');
    expect(stderr).toContain('Plan again');
    expect(writesOf(tenant.sandbox)).toBe(0);
  });
});
