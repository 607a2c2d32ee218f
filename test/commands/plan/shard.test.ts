import { describe, expect, it } from 'vitest';
import { listOf, memberOf, writesOf } from '../../support/commands/expectations.ts';
import { openTenant, type TenantWorkspace } from '../../support/commands/workspace.ts';

/** User 0 has two names in the files; every third has left them, and a few need a hand. */
const users = Array.from({ length: 24 }, (_, at) => ({
  login: `user${at}`,
  email: `user${at}@mail.example`,
  ...(at === 0 ? { aliases: ['Zero'] } : {}),
  groups: ['Employees'],
  faces: at % 4 === 1 ? [] : [{ status: at % 8 === 2 ? ('DISABLED' as const) : ('ACTIVE' as const) }],
}));
const listed = users.filter((_, at) => at % 3 !== 2);
const file = [
  'version: 1',
  'scope: { users: tenant, onRemove: delete }',
  'budgets: { delete: 100, disable: 100, email: 100 }',
  'unmatched: delete',
  'enrollments:',
  ...listed.map(({ login }) => `  - { user: ${login}, flow: mobile }`),
  '  - { user: zero, flow: web, applicantId: applicant-0 }',
  '',
].join('\n');

const shards = ['1/3', '2/3', '3/3'];
const planFile = (shard: string): string => `plan-${shard.replace('/', '-of-')}.json`;

function open(): Promise<TenantWorkspace> {
  return openTenant({ seed: { users } }, { files: { 'faces.yaml': file } });
}

async function planAll({ run }: TenantWorkspace): Promise<void> {
  for (const shard of shards) {
    const { code } = await run(['plan', 'faces.yaml', '--shard', shard, '--out', planFile(shard)]);
    expect(code).toBe(0);
  }
}

const facesReadOf = ({ sandbox: { tenant } }: TenantWorkspace): readonly string[] =>
  tenant.requests.flatMap(({ operation, path }) => (operation === 'listFaces' ? path : []));

/** All but the time. */
function withoutTime(json: string): unknown {
  const parsed: unknown = JSON.parse(json);
  return typeof parsed === 'object' ? { ...parsed, timestamp: '' } : parsed;
}

describe('--shard', () => {
  it('reads the faces of each user in one shard alone', async () => {
    const tenant = await open();
    await tenant.run(['plan', 'faces.yaml']);
    const whole = facesReadOf(tenant);
    await planAll(tenant);
    const inParts = facesReadOf(tenant).slice(whole.length);
    expect(inParts.toSorted()).toEqual(whole.toSorted());
    expect(new Set(inParts).size).toBe(inParts.length);
  });

  it('gives plans that show puts together as the plan of one run', async () => {
    const tenant = await open();
    const whole = await tenant.run(['plan', 'faces.yaml', '--format', 'json']);
    await planAll(tenant);
    const together = await tenant.run(['show', ...shards.map(planFile), '--format', 'json']);
    expect(withoutTime(together.stdout)).toEqual(withoutTime(whole.stdout));
    expect(listOf(JSON.parse(together.stdout), 'resource_changes').length).toBeGreaterThan(10);
    const text = await tenant.run(['show', ...shards.map(planFile)]);
    expect(text.stdout).toContain('Plan: ');
  });

  it.each(['files', 'saved plans'])(
    'applies them side by side from %s, after which nothing is left to do',
    async (from) => {
      const tenant = await open();
      await planAll(tenant);
      const argumentsOf = (shard: string): readonly string[] =>
        from === 'files' ? ['faces.yaml', '--shard', shard, '--auto-approve'] : ['--plan', planFile(shard)];
      const ends = await Promise.all(shards.map((shard) => tenant.run(['apply', ...argumentsOf(shard)])));
      expect(ends.map(({ code }) => code)).toEqual([0, 0, 0]);
      const before = writesOf(tenant.sandbox);
      expect((await tenant.run(['plan', 'faces.yaml', '--detailed-exitcode'])).code).toBe(0);
      for (const shard of shards) {
        const again = await tenant.run(['apply', 'faces.yaml', '--shard', shard, '--auto-approve']);
        expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('No changes.') });
      }
      expect(writesOf(tenant.sandbox)).toBe(before);
    },
  );

  it('says which part it is', async () => {
    const { run } = await open();
    const { stdout } = await run(['plan', 'faces.yaml', '--shard', '2/3']);
    expect(stdout.split('\n')[0]).toMatch(/, shard 2\/3$/);
    const json = await run(['plan', 'faces.yaml', '--shard', '2/3', '--format', 'json']);
    expect(memberOf(JSON.parse(json.stdout), 'x_shard')).toBe('2/3');
  });

  it('takes its index from an Indexed Job, which counts from 0', async () => {
    const { run } = await open();
    const environment = { JOB_COMPLETION_INDEX: '1' };
    const inJob = await run(['plan', 'faces.yaml', '--shard', '/3'], { environment });
    const given = await run(['plan', 'faces.yaml', '--shard', '2/3'], { environment });
    expect(inJob.stdout).toBe(given.stdout);
    const other = await run(['plan', 'faces.yaml', '--shard', '3/3'], { environment });
    expect(other.stdout).not.toBe(given.stdout);
  });

  it.each([
    ['0/3', {}, '--shard is 0/3'],
    ['4/3', {}, '--shard is 4/3'],
    ['three', {}, '--shard is three'],
    ['/3', {}, 'JOB_COMPLETION_INDEX is not set'],
    ['/3', { JOB_COMPLETION_INDEX: 'x' }, 'JOB_COMPLETION_INDEX is no whole number'],
    ['/3', { JOB_COMPLETION_INDEX: '3' }, '--shard is 4/3'],
    ['/', { JOB_COMPLETION_INDEX: '0' }, '--shard is 1/'],
  ])('%s is refused before the tenant is asked, with %o', async (shard, environment, words) => {
    const tenant = await open();
    const { code, stderr } = await tenant.run(['plan', 'faces.yaml', '--shard', shard], { environment });
    expect({ code, calls: tenant.sandbox.tenant.requests.length }).toEqual({ code: 1, calls: 0 });
    expect(stderr).toContain(words);
  });

  it('is refused beside a saved plan, which says itself what it is about', async () => {
    const tenant = await open();
    await planAll(tenant);
    const { code, stderr } = await tenant.run(['apply', '--plan', planFile('1/3'), '--shard', '2/3']);
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('--shard') });
  });
});

describe('show of several plans', () => {
  it('is refused where one of a shard is missing', async () => {
    const tenant = await open();
    await planAll(tenant);
    const { code, stderr } = await tenant.run(['show', planFile('1/3'), planFile('3/3')]);
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('2/3') });
  });
});
