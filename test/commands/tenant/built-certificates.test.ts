import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runProgram } from '../../support/commands/program.ts';
import { selfSigned, serveTlsBefore } from '../../support/commands/serve.ts';
import { openTenant } from '../../support/commands/workspace.ts';

const yaml = 'version: 1\nenrollments:\n  - { user: alice, flow: mobile }\n';

it('the program trusts the CA in NODE_EXTRA_CA_CERTS, and none by NODE_TLS_REJECT_UNAUTHORIZED=0', async () => {
  const users = [{ login: 'alice', email: 'alice@example.com' }];
  const files = { 'faces.yaml': yaml, 'ca.pem': selfSigned };
  const { directory: cwd, sandbox } = await openTenant({ seed: { users }, clock: Date.now }, { files });
  const environment = {
    FACEFORM_TENANT_URL: await serveTlsBefore(sandbox.url),
    FACEFORM_APPLICATION_ID: sandbox.applicationId,
    FACEFORM_SHARED_SECRET: sandbox.sharedSecret,
  };
  const plan = (more: Readonly<Record<string, string>>): ReturnType<typeof runProgram> =>
    runProgram(['plan', 'faces.yaml', '--no-color'], { cwd, environment: { ...environment, ...more } });
  const refused = await plan({ NODE_TLS_REJECT_UNAUTHORIZED: '0' });
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toMatch(/^Error: NODE_TLS_REJECT_UNAUTHORIZED=0 is not accepted with credentials\n/);
  expect(sandbox.tenant.requests).toEqual([]);
  const trusted = await plan({ NODE_EXTRA_CA_CERTS: join(cwd, 'ca.pem') });
  expect(trusted).toMatchObject({ code: 0, stderr: '' });
  expect(trusted.stdout).toContain('1 to create');
});
