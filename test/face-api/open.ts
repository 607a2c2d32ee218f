import { onTestFinished } from 'vitest';
import { FaceApi, type FaceApiOptions } from '../../src/face-api.ts';
import { seedUsers, startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.ts';
import { scriptedTenant, type Script, type ScriptedTenant } from '../support/provider/scripted-tenant.ts';

export const userId = '11111111-2222-4333-8444-555555555555';
export const faceId = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
export const sharedSecret = 's3cr3t-of-the-program';

/** An embedded tenant with user0 and its client, both closed when the test ends. */
export async function onSandbox(options: SandboxOptions = {}): Promise<{
  readonly api: FaceApi;
  readonly sandbox: Sandbox;
  readonly user: string;
}> {
  const sandbox = await startSandbox({ seed: seedUsers(1), ...options });
  const { url: tenant, applicationId, sharedSecret: secret } = sandbox;
  const api = new FaceApi({ tenant, applicationId, sharedSecret: secret, requestsPerSecond: 1000 });
  onTestFinished(async () => {
    await api.close();
    await sandbox.close();
  });
  return { api, sandbox, user: sandbox.tenant.users()[0]?.id ?? '' };
}

/** A tenant that answers as the test says, and a client of it. */
export async function onScript(
  script: Script,
  options: Partial<FaceApiOptions> = {},
): Promise<{ readonly api: FaceApi; readonly tenant: ScriptedTenant }> {
  const tenant = await scriptedTenant(script);
  const { concurrency, requestsPerSecond = 1000, signal } = options;
  const pace = { concurrency, requestsPerSecond, signal };
  const api = new FaceApi({ tenant: tenant.url, applicationId: 'app', sharedSecret, ...pace });
  onTestFinished(async () => {
    await api.close();
    await tenant.close();
  });
  return { api, tenant };
}
