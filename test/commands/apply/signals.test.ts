import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { start } from '../../support/commands/program.ts';
import { openTenant, openWorkspace } from '../../support/commands/workspace.ts';

const signals = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const;
/** As in a container, where the system ends the first process by no signal that it does not handle. */
const asFirstProcess = {
  NODE_OPTIONS: '--import=data:text/javascript,Object.defineProperty(process,%22pid%22,{value:1})',
};

/** A file of which the checks take many seconds, without a pause in which a handler could run. */
async function longFile(): Promise<string> {
  const { directory } = await openWorkspace();
  const entries = Array.from({ length: 1_000_000 }, (_, at) => `  - { user: user${at}@example.com, flow: mobile }\n`);
  await writeFile(join(directory, 'faces.yaml'), `version: 1\nenrollments:\n${entries.join('')}`);
  return directory;
}

/** A tenant that is slow to answer; resolves once it is asked. */
async function slowTenant() {
  const files = { 'faces.yaml': 'version: 1\nenrollments: [{ user: amy, flow: mobile }]\n' };
  const users = [{ login: 'amy', email: 'amy@example.com' }];
  const { directory, sandbox } = await openTenant({ seed: { users }, latencyMs: 1000, clock: Date.now }, { files });
  const asked = new Promise<void>((resolve) => {
    sandbox.tenant.onRequest(() => {
      resolve();
    });
  });
  const environment = {
    FACEFORM_TENANT_URL: sandbox.url,
    FACEFORM_APPLICATION_ID: sandbox.applicationId,
    FACEFORM_SHARED_SECRET: sandbox.sharedSecret,
  };
  return { cwd: directory, environment, asked };
}

describe('a signal ends at once', () => {
  it.each(signals)('a program that computes: %s', async (signal, code) => {
    const validate = start(['validate', 'faces.yaml'], { cwd: await longFile() });
    await wait(1000);
    const sent = Date.now();
    validate.kill(signal);
    expect(await validate.ended).toEqual({ code, stdout: '', stderr: '' });
    expect(Date.now() - sent).toBeLessThan(2000);
  });

  it.each(signals)('a program that reads the tenant: %s', async (signal, code) => {
    const { asked, ...options } = await slowTenant();
    const plan = start(['plan', 'faces.yaml', '--quiet'], options);
    await asked;
    plan.kill(signal);
    expect(await plan.ended).toEqual({ code, stdout: '', stderr: '' });
  });

  it.each(signals)('the first process of a container: %s', async (signal, code) => {
    const { asked, cwd, environment } = await slowTenant();
    const plan = start(['plan', 'faces.yaml', '--quiet'], { cwd, environment: { ...environment, ...asFirstProcess } });
    await asked;
    plan.kill(signal);
    expect(await plan.exited).toEqual({ code, signal: null });
  });
});
