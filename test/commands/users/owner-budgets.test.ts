import { describe, expect, it } from 'vitest';
import { openTenant, testNow, type TenantWorkspace } from '../../support/commands/workspace.ts';

const head = (name: string, budgets: string): string => `version: 1\nowner: ${name}\nbudgets: ${budgets}\n`;
const entries = (...logins: readonly string[]): string =>
  `version: 1\nenrollments:\n${logins.map((login) => `  - { user: ${login}, flow: mobile }\n`).join('')}`;

async function open(budgets: string): Promise<TenantWorkspace> {
  const users = ['emea0', 'emea1', 'apac0'].map((login) => ({ login, email: `${login}@mail.example` }));
  const files = {
    'emea/faceform.yaml': head('emea', budgets),
    'emea/users.yaml': entries('emea0', 'emea1'),
    'apac/faceform.yaml': head('apac', '{ delete: 9 }'),
    'apac/users.yaml': entries('apac0'),
  };
  const tenant = await openTenant({ seed: { users } }, { files });
  const applied = await tenant.run(['apply', '.', '--auto-approve', '--journal', 'j.jsonl', '--allow-emails', '3']);
  expect(applied.code, applied.stderr).toBe(0);
  expect(tenant.sandbox.tenant.emails).toHaveLength(3);
  return tenant;
}

describe('resend', () => {
  it.each([
    ['named', ['--user', 'emea0', '--user', 'emea1', '--user', 'apac0']],
    ['who wait', ['--older-than', '1h']],
  ])('keeps the e-mail budget of the owner of users %s, and mails nobody beyond it', async (_, whom) => {
    const tenant = await open('{ email: 1 }');
    const resend = ['resend', ...whom, '--auto-approve', '.'];
    const later = { startAt: testNow + 86_400_000 };
    const ran = await tenant.run(resend, later);
    expect(ran.code).toBe(5);
    for (const text of [ran.stdout, ran.stderr])
      expect(text).toContain('budget of owner "emea" (emea/faceform.yaml:2:8) 1');
    expect(tenant.sandbox.tenant.emails).toHaveLength(3);
    expect((await tenant.run([...resend, '--allow-emails', '2'], later)).code).toBe(5);
    expect((await tenant.run([...resend, '--allow-emails', '3'], later)).code).toBe(0);
    expect(tenant.sandbox.tenant.emails).toHaveLength(6);
  });
});

describe('revert', () => {
  it('keeps the budgets of each owner of the files that follow the record, also as a saved plan', async () => {
    const tenant = await open('{ delete: 1 }');
    const made = await tenant.run(['revert', 'j.jsonl', '.', '--out', 'back.json', '--format', 'json']);
    expect(JSON.parse(made.stdout)).toMatchObject({
      summary: { delete: 3 },
      resource_changes: [{ x_owner: 'apac' }, { x_owner: 'emea' }, { x_owner: 'emea' }],
      x_owners: [{ name: 'apac' }, { name: 'emea' }],
    });
    const ran = await tenant.run(['apply', '--plan', 'back.json']);
    expect(ran.code).toBe(5);
    expect(ran.stderr).toContain('2 deletes, budget of owner "emea" (emea/faceform.yaml:2:8) 1');
    expect(ran.stderr).toContain('--allow-deletes 3');
    expect((await tenant.run(['apply', '--plan', 'back.json', '--allow-deletes', '3'])).code).toBe(0);
    expect(tenant.sandbox.tenant.faces('emea0')).toEqual([]);
  });

  it('keeps those of an owner whose head holds for the one file that follows the record', async () => {
    const tenant = await open('{ delete: 1 }');
    await tenant.run(['revert', 'j.jsonl', 'emea/users.yaml', '--out', 'back.json']);
    expect((await tenant.run(['apply', '--plan', 'back.json'])).stderr).toContain('budget of owner "emea"');
  });
});
