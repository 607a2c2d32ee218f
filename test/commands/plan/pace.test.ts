import { expect, it } from 'vitest';
import { openTenant } from '../../support/commands/workspace.ts';

const logins = Array.from({ length: 24 }, (_, index) => `user${index}`);
const users = logins.map((login) => ({ login, email: `${login}@example.com` }));
const entries = logins.map((login) => `  - { user: ${login}, flow: mobile }\n`).join('');

it.each([2, 12])('apply works on as many users at once as the file says: %i', async (concurrency) => {
  const yaml = `version: 1\ntenant: { requestsPerSecond: 1000000, concurrency: ${concurrency} }\nenrollments:\n${entries}`;
  const { run, sandbox } = await openTenant({ seed: { users } }, { files: { 'faces.yaml': yaml } });
  let most = 0;
  const creating = new Set<string>();
  sandbox.tenant.onRequest(({ operation = '', path }) => {
    const user = path.split('/')[5] ?? '';
    if (operation === 'createFace') creating.add(user);
    if (operation === 'listFaces') creating.delete(user);
    most = Math.max(most, creating.size);
  });
  expect(await run(['apply', 'faces.yaml', '--auto-approve', '--quiet'])).toMatchObject({ code: 0 });
  expect(most).toBeLessThanOrEqual(concurrency);
  expect(most).toBeGreaterThanOrEqual(concurrency / 2);
});

it.each([
  ['--concurrency', '999999999', 'It may be 256 at most.'],
  ['--concurrency', '0', 'It must be at least 1.'],
  ['--requests-per-second', '0', 'It must be a number above 0.'],
  ['--requests-per-second', 'many', 'It must be a number above 0.'],
])('%s %s is refused', async (flag, value, says) => {
  const { run } = await openTenant({ seed: { users } }, { files: {} });
  const ran = await run(['plan', flag, value]);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain(says);
});

it('--requests-per-second may be less than one', async () => {
  const yaml = 'version: 1\nenrollments: [{ user: user0, flow: mobile }]\n';
  const { run } = await openTenant({ seed: { users } }, { files: { 'faces.yaml': yaml } });
  expect(await run(['plan', 'faces.yaml', '--requests-per-second', '0.5'])).toMatchObject({ code: 0 });
});
