import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { writesOf } from '../../support/commands/expectations.ts';
import { doctor, fine, open } from '../../support/commands/doctor-run.ts';
import { closedPort } from '../../support/commands/serve.ts';
import { openTenant, openWorkspace, type RunWith, type TenantWorkspace } from '../../support/commands/workspace.ts';

describe('doctor, where all is well', () => {
  it('says so, twice alike, and writes nothing', async () => {
    const workspace = await open();
    const first = await doctor(workspace);
    expect(first).toMatchObject({ ready: true, states: fine, ran: { stderr: '' } });
    expect(first.check('sign-in').found).toContain('15 min');
    expect(first.check('settings').found).toContain('a user may have 5 faces');
    expect((await doctor(workspace)).ran.stdout).toBe(first.ran.stdout);
    expect(writesOf(workspace.sandbox)).toBe(0);
    expect(workspace.sandbox.tenant.requests).toHaveLength(14);
  });

  it('does so for a tenant without users, and on the embedded one', async () => {
    expect(await doctor(await open({ seed: {} }))).toMatchObject({ ready: true, states: fine });
    const workspace = await openWorkspace();
    expect(await doctor(workspace, ['--sandbox'])).toMatchObject({ ready: true, states: fine });
    expect(await readdir(workspace.directory)).not.toContain('.faceform');
  });

  it('prints a line for each check, and the permissions of what it must not try', async () => {
    const { run } = await open();
    const { stdout } = await run(['doctor', 'faces.yaml']);
    expect(stdout).toMatch(/^ok {11}files {13}1 file, 1 enrollment$/m);
    expect(stdout).toMatch(/^ok {11}faces of a user {3}FACE:VIEW$/m);
    expect(stdout).toMatch(/^ok {11}face settings {5}FACE:VIEW; a new face lasts 180 days$/m);
    expect(stdout).toMatch(/^not tried {4}delete a face {5}FACE:REMOVE$/m);
    expect(stdout).toMatch(/\n\nReady: a plan has all it needs\.\n$/);
  });
});

describe('a role without', () => {
  const view = ['USERS:VIEW', 'FACE:VIEW', 'GROUPS:VIEW', 'SETTINGS:VIEW'];
  const without = (permission: string): Promise<TenantWorkspace> =>
    open({ permissions: view.filter((each) => each !== permission) });

  it.each([
    ['USERS:VIEW', { 'list users': 'failed', 'look up a user': 'failed' }, false],
    ['FACE:VIEW', { 'faces of a user': 'failed', 'face settings': 'warning' }, false],
    ['GROUPS:VIEW', { groups: 'warning' }, true],
    ['SETTINGS:VIEW', { settings: 'warning' }, true],
  ] as const)('%s is told, with what it is for', async (permission, differs, ready) => {
    const told = await doctor(await without(permission));
    expect(told).toMatchObject({ ready, states: { ...fine, ...differs } });
    for (const name of Object.keys(differs)) expect(told.check(name).found).toContain(permission);
  });

  it('GROUPS:VIEW is not fit for files whose scope is a group', async () => {
    const told = await doctor(await without('GROUPS:VIEW'), ['group.yaml']);
    expect(told).toMatchObject({ ready: false, states: { groups: 'failed' } });
  });
});

describe('the configuration', () => {
  it('is told with its sources, and what to do where there is none', async () => {
    const none = await doctor(await openWorkspace());
    expect(none.states).toMatchObject({ tenant: 'failed', credentials: 'failed', connection: 'not checked' });
    expect(none.check('tenant').advice).toContain('FACEFORM_TENANT_URL');
    expect(none.check('credentials').advice).toContain('--credentials');
  });

  it.each([
    ['--tenant', { tenant: true }, '--tenant'],
    ['the environment', {}, 'FACEFORM_TENANT_URL'],
    ['the file', { environment: true, file: true }, 'tenant.url'],
  ] as const)('says that the tenant is named by %s', async (_, by, source) => {
    const workspace = await open();
    const { url } = workspace.sandbox;
    await workspace.write('tenant.yaml', `version: 1\ntenant: { url: "${url}" }\nenrollments: []\n`);
    const args = [...('tenant' in by ? ['--tenant', url] : []), ...('file' in by ? ['tenant.yaml'] : [])];
    const environment = 'environment' in by ? { FACEFORM_TENANT_URL: undefined } : {};
    const told = await doctor(workspace, args, { environment });
    expect(told.ready).toBe(true);
    expect(told.check('tenant').found).toContain(`${url} (`);
    expect(told.check('tenant').found).toContain(source);
  });

  it('in a credentials file is told by the name of that file', async () => {
    const workspace = await openTenant({}, { secretFiles: /credentials\.json/ });
    const { applicationId, sharedSecret, url } = workspace.sandbox;
    await workspace.write('credentials.json', JSON.stringify({ applicationId, sharedSecret, hostname: url }));
    const none = {
      FACEFORM_TENANT_URL: undefined,
      FACEFORM_APPLICATION_ID: undefined,
      FACEFORM_SHARED_SECRET: undefined,
    };
    const told = await doctor(workspace, ['--credentials', 'credentials.json'], { environment: none });
    expect(told.ready).toBe(true);
    expect(told.check('credentials').found).toBe('--credentials: credentials.json');
    expect(told.check('tenant').found).toContain('credentials.json');
  });

  it('shows no password of a URL or a proxy', async () => {
    const workspace = await open();
    const inUrl = await doctor(workspace, ['--tenant', 'https://user:hunter2@acme.invalid']);
    expect(inUrl.ran.stdout).not.toContain('hunter2');
    const proxy = (url: string): RunWith => ({ environment: { HTTPS_PROXY: url } });
    const port = (await closedPort()).replace('http://', '');
    const behind = await doctor(workspace, ['--tenant', 'https://acme.invalid'], proxy(`http://u:hunter2@${port}`));
    expect(behind.check('connection').advice).toContain(`HTTPS_PROXY, ${port}`);
    expect(behind.ran.stdout).not.toContain('hunter2');
    const odd = await doctor(workspace, ['--tenant', 'https://acme.invalid'], proxy('hunter2'));
    expect(odd.check('connection').found).toContain('HTTPS_PROXY is not a URL');
    expect(odd.ran.stdout).not.toContain('hunter2');
  });

  it('of files with errors is not fit for a plan, and the tenant is checked all the same', async () => {
    const told = await doctor(await open(), ['broken.yaml']);
    expect(told).toMatchObject({ ready: false, states: { ...fine, files: 'failed' } });
    expect(told.check('files').advice).toContain('faceform validate');
  });

  it('of a Node.js that is too old is told', async () => {
    const told = await doctor(await open(), [], { nodeVersion: '20.9.99' });
    expect(told).toMatchObject({ ready: false, states: { ...fine, program: 'failed' } });
    expect((await doctor(await open(), [], { nodeVersion: '100.0.0' })).ready).toBe(true);
  });
});
