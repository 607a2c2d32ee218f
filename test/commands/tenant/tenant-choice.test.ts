import { describe, expect, it } from 'vitest';
import { forgedPlan } from '../../support/forged-plan.ts';
import { doctor } from '../../support/commands/doctor-run.ts';
import { expectNoStack } from '../../support/commands/expectations.ts';
import { openTenant, type Ran, type TenantWorkspace } from '../../support/commands/workspace.ts';

const entries = 'version: 1\nenrollments: [{ user: alice, flow: mobile }]\n';
const naming = (url: string): string => `tenant: { url: '${url}' }\n${entries}`;
const unset = { environment: { FACEFORM_TENANT_URL: undefined } };

function open(): Promise<TenantWorkspace> {
  const users = [{ login: 'alice', email: 'alice@example.com' }];
  return openTenant({ seed: { users } }, { files: { 'faces.yaml': entries }, secretFiles: /\.credentials$/ });
}

function expectRefusal(ran: Ran, ...words: readonly string[]): void {
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  for (const word of words) expect(ran.stderr).toContain(word);
  expectNoStack(ran);
}

const foreign = [
  'https://acme.invalid',
  'https://acme.us.trustedauth.com.acme.invalid',
  'https://acme-trustedauth.com',
  'https://trustedauth.com',
  'https://acme.invalid/.trustedauth.com',
  'https://acme.invalid\\.trustedauth.com',
  'https://acme.invalid#.trustedauth.com',
  'https://x.trustedauth.com:443@acme.invalid',
  'https://127.0.0.1.acme.invalid',
  'https://169.254.169.254',
];

describe('a tenant that only a file names', () => {
  it.each(foreign)('gets no credentials at %s', async (url) => {
    const { run, write } = await open();
    await write('faces.yaml', naming(url));
    expectRefusal(await run(['plan', 'faces.yaml'], unset), 'credentials withheld from', '--tenant');
  });

  it.each([['plan'], ['apply', '--auto-approve'], ['status'], ['resend', '--older-than', '1h']])(
    'gets none from %s',
    async (...command) => {
      const { run, write } = await open();
      await write('faces.yaml', naming('https://acme.invalid'));
      expectRefusal(await run([...command, 'faces.yaml'], unset), "credentials withheld from 'https://acme.invalid'");
    },
  );

  it('gets none from doctor, which says why', async () => {
    const workspace = await open();
    await workspace.write('faces.yaml', naming('https://acme.invalid'));
    const told = await doctor(workspace, ['faces.yaml'], unset);
    expect(told.states).toMatchObject({ tenant: 'failed', connection: 'not checked' });
    expect(told.check('tenant').found).toContain('credentials withheld');
    expect(told.check('tenant').advice).toContain('FACEFORM_TENANT_URL');
  });

  it('gets none from a saved plan', async () => {
    const { run, read, write, sandbox } = await open();
    expect(await run(['plan', 'faces.yaml', '--out', 'plan.json'])).toMatchObject({ code: 0 });
    await write('plan.json', redirected(await read('plan.json'), sandbox.url, 'https://acme.invalid'));
    const ran = await run(['apply', '--plan', 'plan.json'], unset);
    expectRefusal(ran, "credentials withheld from 'https://acme.invalid'");
    expect(sandbox.tenant.emails).toEqual([]);
  });

  it('gets none where the credentials file names no tenant', async () => {
    const { run, write, sandbox } = await open();
    await write('faces.yaml', naming('https://acme.invalid'));
    const { applicationId, sharedSecret } = sandbox;
    await write('app.credentials', JSON.stringify({ applicationId, sharedSecret }));
    const ran = await run(['plan', 'faces.yaml', '--credentials', 'app.credentials'], unset);
    expectRefusal(ran, 'credentials withheld from');
  });

  it('gets them below the domain of the vendor, and nowhere by http but on loopback', async () => {
    const { run, write, sandbox } = await open();
    await write('vendor.yaml', naming('https://faceform-test.invalid.trustedauth.com'));
    await write('clear.yaml', naming('http://acme.us.trustedauth.com'));
    await write('loopback.yaml', naming(sandbox.url));
    const closed = { environment: { ...unset.environment, HTTPS_PROXY: 'http://127.0.0.1:1' } };
    expect((await run(['plan', 'vendor.yaml'], closed)).stderr).toContain('ECONNREFUSED');
    expectRefusal(await run(['plan', 'clear.yaml'], unset), 'in the clear');
    expect(await run(['plan', 'loopback.yaml'], unset)).toMatchObject({ code: 0, stderr: '' });
  });

  it.each([
    ['--tenant', (url: string) => ({ args: ['--tenant', url], environment: {} })],
    ['FACEFORM_TENANT_URL', (url: string) => ({ args: [], environment: { FACEFORM_TENANT_URL: url } })],
  ])('gets them once %s names it as well', async (_, by) => {
    const { run, write } = await open();
    await write('faces.yaml', naming('https://acme.invalid'));
    const { args, environment } = by('https://acme.invalid');
    const ran = await run(['plan', 'faces.yaml', ...args], { environment: { ...unset.environment, ...environment } });
    expect(ran).toMatchObject({ code: 6, stdout: '', stderr: expect.stringContaining('DNS') });
  });

  it('gets them once the credentials are its own', async () => {
    const { run, write, sandbox } = await open();
    await write('faces.yaml', naming('https://acme.invalid'));
    const { applicationId, sharedSecret } = sandbox;
    await write('app.credentials', JSON.stringify({ applicationId, sharedSecret, hostname: 'acme.invalid' }));
    const ran = await run(['plan', 'faces.yaml', '--credentials', 'app.credentials'], unset);
    expect(ran).toMatchObject({ code: 6, stdout: '', stderr: expect.stringContaining('DNS') });
  });
});

/** The plan for another tenant, with a digest that fits: whoever holds a plan can make one. */
function redirected(text: string, from: string, to: string): string {
  const json: unknown = JSON.parse(text.replaceAll(from, to));
  if (typeof json !== 'object' || json === null) throw new Error('the plan is no object');
  return forgedPlan(json);
}

describe('a variable that is set but empty', () => {
  const names = ['FACEFORM_TENANT_URL', 'FACEFORM_APPLICATION_ID', 'FACEFORM_SHARED_SECRET', 'FACEFORM_CREDENTIALS'];

  it.each(names.flatMap((name) => ['', ' \n'].map((value) => [name, value] as const)))(
    '%s=%j is an error that names it, and nothing is called',
    async (name, value) => {
      const { run, write, sandbox } = await open();
      await write('faces.yaml', naming(sandbox.url));
      const ran = await run(['plan', 'faces.yaml'], { environment: { [name]: value } });
      expectRefusal(ran, `${name} is set but empty`, 'unset it');
      expect(sandbox.tenant.requests).toEqual([]);
    },
  );

  it('is told by doctor', async () => {
    const workspace = await open();
    const told = await doctor(workspace, [], { environment: { FACEFORM_TENANT_URL: '' } });
    expect(told.check('tenant')).toMatchObject({ state: 'failed', found: 'FACEFORM_TENANT_URL is set but empty' });
    expect(workspace.sandbox.tenant.requests).toEqual([]);
  });

  it('matters only where it would be read', async () => {
    const { run } = await open();
    const environment = { FACEFORM_TENANT_URL: '', FACEFORM_CREDENTIALS: '' };
    expect(await run(['plan', 'faces.yaml', '--sandbox'], { environment })).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('a control character', () => {
  it.each(['FACEFORM_APPLICATION_ID', 'FACEFORM_SHARED_SECRET', 'FACEFORM_TENANT_URL', 'FACEFORM_CREDENTIALS'])(
    'in %s is an error that names it',
    async (name) => {
      const { run, sandbox } = await open();
      const ran = await run(['plan', 'faces.yaml'], { environment: { [name]: 'https://a\r\nb' } });
      expectRefusal(ran, `${name} contains a control character`, 'line breaks');
      expect(sandbox.tenant.requests).toEqual([]);
    },
  );

  it.each(['applicationId', 'sharedSecret', 'hostname'])('in the %s of a file is one, too', async (name) => {
    const { run, write, sandbox } = await open();
    const { applicationId, sharedSecret, url } = sandbox;
    const credentials = { applicationId, sharedSecret, hostname: url };
    await write('app.credentials', JSON.stringify({ ...credentials, [name]: `${credentials.hostname}\n` }));
    const ran = await run(['plan', 'faces.yaml', '--credentials', 'app.credentials'], unset);
    expectRefusal(ran, `${name} in app.credentials contains a control character`);
    expect(sandbox.tenant.requests).toEqual([]);
  });
});
