import { describe, expect, it } from 'vitest';
import { totalsOf, writesOf } from '../../support/commands/expectations.ts';
import { openScenario } from '../../support/commands/saved-plan-scenario.ts';
import { openTenant, type TenantWorkspace } from '../../support/commands/workspace.ts';

const users = (...logins: readonly string[]) => logins.map((login) => ({ login, email: `${login}@example.com` }));
const mobile = (...logins: readonly string[]): string =>
  `version: 1\nenrollments:\n${logins.map((login) => `  - { user: ${login}, flow: mobile }\n`).join('')}`;
const approved = ['apply', 'faces.yaml', '--auto-approve'] as const;

/** A tenant with these users, all of whom the file gives a mobile face. */
function open(logins: readonly string[]): Promise<TenantWorkspace> {
  return openTenant({ seed: { users: users(...logins) } }, { files: { 'faces.yaml': mobile(...logins) } });
}

async function expectSecondRunEmpty({ run, sandbox }: TenantWorkspace): Promise<void> {
  const before = writesOf(sandbox);
  const again = await run(approved);
  expect(again).toMatchObject({ code: 0, stderr: '' });
  expect(again.stdout).toContain('No changes.');
  expect(writesOf(sandbox)).toBe(before);
}

describe('the prompt', () => {
  it("shows the plan before it asks, and 'yes' applies it", async () => {
    const workspace = await open(['alice']);
    const ran = await workspace.run(['apply', 'faces.yaml'], { answer: 'yes' });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    const [plan, question, report] = ['Plan: 1 to create', "Only 'yes'", '1 planned = 1 applied'].map((text) =>
      ran.stdout.indexOf(text),
    );
    expect([plan, question, report]).toEqual([plan, question, report].toSorted((a = 0, b = 0) => a - b));
    expect(plan).toBeGreaterThan(-1);
    expect(workspace.sandbox.tenant.faces('alice')).toHaveLength(1);
    await expectSecondRunEmpty(workspace);
  });

  it('names the tenant, and counts what is hard to undo first', async () => {
    const { run, sandbox } = await openScenario();
    const ran = await run(['apply', 'faces.yaml'], { answer: 'yes' });
    const asked = '1 delete, 2 replaces, 1 disable, 1 update, 1 create, 2 activation e-mails?';
    expect(ran.stdout).toContain(`Apply to ${sandbox.url}: ${asked}\nOnly 'yes' is accepted: `);
    expect(ran.code).toBe(0);
  });

  it("takes the tenant's host name where several budgets of removals were acknowledged beyond their limits", async () => {
    const { run, sandbox } = await openScenario({ budgets: 'budgets: { delete: 0, disable: 0, email: 0 }\n' });
    const beyond = (...flags: readonly string[]) => ['apply', 'faces.yaml', '--allow-emails', '2', ...flags];
    const both = beyond('--allow-deletes', '3', '--allow-disables', '1');
    const ran = await run(both, { answer: 'yes' });
    expect(ran.stdout).toContain('Beyond 2 budgets: 3 deletes, budget 0; 1 disable, budget 0.');
    expect(ran.stdout).toContain("Only '127.0.0.1' is accepted");
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('nothing was applied') });
    expect(writesOf(sandbox)).toBe(0);
    expect(await run(both, { answer: '127.0.0.1' })).toMatchObject({ code: 0 });
  });

  it.each(['y', '', 'YES', 'Yes', 'no', 'yes please', 'ye\u0000s'])('does not take %j for approval', async (answer) => {
    const { run, sandbox } = await open(['alice']);
    const ran = await run(['apply', 'faces.yaml'], { answer });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('nothing was applied');
    expect(writesOf(sandbox)).toBe(0);
  });

  it('is needed: without a terminal and without --auto-approve nothing is written', async () => {
    const { run, sandbox } = await open(['alice']);
    const ran = await run(['apply', 'faces.yaml'], { standardInput: 'yes\n' });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('--auto-approve');
    expect(ran.stdout).toContain('Plan: 1 to create');
    expect(writesOf(sandbox)).toBe(0);
  });

  it('is not shown where nothing is to be done', async () => {
    const { run } = await open(['alice']);
    await run(approved);
    expect(await run(['apply', 'faces.yaml'], { answer: 'no' })).toMatchObject({ code: 0, stderr: '' });
  });

  it('leaves out the users that change while it waits, as stale', async () => {
    const workspace = await open(['alice', 'bob']);
    const { run, sandbox } = workspace;
    const ran = await run(['apply', 'faces.yaml'], {
      answer: 'yes',
      onAsk: () => sandbox.tenant.addFace('alice', { status: 'DISABLED' }),
    });
    expect(ran.code).toBe(4);
    expect(totalsOf(ran)).toMatchObject({ planned: 2, applied: 1, stale: 1 });
    expect(sandbox.tenant.faces('alice')).toHaveLength(1);
    expect(sandbox.tenant.emails.map(({ login }) => login)).toEqual(['bob']);
    expect((await run(approved)).code).toBe(0);
    await expectSecondRunEmpty(workspace);
  });

  it('leaves out a user who is gone when it is answered, as stale', async () => {
    const { run, sandbox } = await open(['alice', 'bob']);
    const onAsk = (): void => {
      sandbox.tenant.removeUser('alice');
    };
    const ran = await run(['apply', 'faces.yaml'], { answer: 'yes', onAsk });
    expect(ran.code).toBe(4);
    expect(totalsOf(ran)).toMatchObject({ applied: 1, stale: 1 });
  });
});
