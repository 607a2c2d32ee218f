import { expect, it } from 'vitest';
import { openTenant } from '../../support/commands/workspace.ts';

const logins = ['a', 'b', 'c', 'd', 'e'];
const users = logins.map((login) => ({ login, email: `${login}@example.com` }));
const yaml = `version: 1\nenrollments:\n${logins.map((login) => `  - { user: ${login}, flow: mobile }\n`).join('')}`;

it('prints each outcome as it happens, then counts what was not begun, repeats what failed, and ends with the totals', async () => {
  const { run, sandbox } = await openTenant({ seed: { users } }, { files: { 'faces.yaml': yaml } });
  sandbox.tenant.failWith({ kind: '403', operation: 'createFace', at: 2, times: Infinity });
  const ran = await run(['apply', 'faces.yaml', '--auto-approve', '--max-failures', '2', '--concurrency', '1']);
  expect(ran.code).toBe(3);
  const [, report = ''] = ran.stdout.split(/^Plan: .*$/m);
  const kinds = [...report.matchAll(/^(applied|failed|skipped|Apply:)/gm)].map(([word]) => word);
  expect(kinds).toEqual(['applied', 'applied', 'failed', 'failed', 'skipped', 'failed', 'failed', 'Apply:']);
  expect(report).toMatch(/^skipped {2}1 change: /m);
});

it('says of a run without any trouble each outcome once, and the totals', async () => {
  const { run } = await openTenant({ seed: { users } }, { files: { 'faces.yaml': yaml } });
  const ran = await run(['apply', 'faces.yaml', '--auto-approve']);
  const [, report = ''] = ran.stdout.split(/^Plan: .*$/m);
  expect(report.match(/^applied /gm)).toHaveLength(5);
  expect(report).toMatch(/\n\nApply: 5 planned = 5 applied/);
});
