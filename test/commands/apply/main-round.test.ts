import { describe, expect, it } from 'vitest';
import { openTenant } from '../../support/commands/workspace.ts';

const yaml = `version: 1
enrollments:
  - user: user0
    flow: mobile
  - user: user1
    flow: web
    applicantId: 6f1c2b7e-0000-4000-8000-000000000001
  - user: user2
    flow: token
    customerUserId: c-1
    token: { env: FACE_TOKEN_TEST }
`;

describe('the main round', () => {
  it('creates what is missing, once', async () => {
    const { run, sandbox } = await openTenant(
      { seed: { users: ['user0', 'user1', 'user2'].map((login) => ({ login, email: `${login}@example.com` })) } },
      { files: { 'faces.yaml': yaml } },
    );
    const plan = await run(['plan', 'faces.yaml', '--detailed-exitcode']);
    expect(plan).toMatchObject({ code: 2, stderr: '' });
    expect(plan.stdout).toContain('Plan: 3 to create');
    const apply = await run(['apply', 'faces.yaml', '--auto-approve']);
    expect(apply).toMatchObject({ code: 0, stderr: '' });
    expect(sandbox.tenant.emails).toHaveLength(1);
    const again = await run(['plan', 'faces.yaml', '--detailed-exitcode']);
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.stdout).toContain('No changes.');
  });
});
