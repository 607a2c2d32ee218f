import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import { expectNoStack } from '../../support/commands/expectations.ts';
import { openTenant, openWorkspace, type Ran, type TenantWorkspace } from '../../support/commands/workspace.ts';

const yaml = 'version: 1\nenrollments: [{ user: alice, flow: mobile }]\n';
const plan = ['plan', 'faces.yaml'] as const;
/** Takes the environment's own away. */
const none = {
  FACEFORM_TENANT_URL: undefined,
  FACEFORM_APPLICATION_ID: undefined,
  FACEFORM_SHARED_SECRET: undefined,
};

function open(): Promise<TenantWorkspace> {
  const users = [{ login: 'alice', email: 'alice@example.com' }];
  return openTenant({ seed: { users } }, { files: { 'faces.yaml': yaml }, secretFiles: /\.credentials$/ });
}

function credentialsOf({ applicationId, sharedSecret, url }: Sandbox, change: object = {}): string {
  return JSON.stringify({ applicationId, sharedSecret, hostname: url, ...change });
}

function expectRefusal(ran: Ran, ...words: readonly string[]): void {
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  for (const word of words) expect(ran.stderr).toContain(word);
  expectNoStack(ran);
}

describe('credentials', () => {
  it('that are not given are asked for', async () => {
    const { run, sandbox } = await open();
    expectRefusal(await run(plan, { environment: none }), '--credentials', 'FACEFORM_SHARED_SECRET', '--sandbox');
    expect(sandbox.tenant.requests).toEqual([]);
  });

  it.each(['FACEFORM_APPLICATION_ID', 'FACEFORM_SHARED_SECRET'])(
    'of which %s is missing are incomplete',
    async (name) => {
      const { run, sandbox } = await open();
      expectRefusal(await run(plan, { environment: { [name]: undefined } }), `${name} is not set`);
      expect(sandbox.tenant.requests).toEqual([]);
    },
  );

  it('in a file are enough, its tenant included', async () => {
    const { run, sandbox, write } = await open();
    await write('app.credentials', credentialsOf(sandbox));
    expect(await run([...plan, '--credentials', 'app.credentials'], { environment: none })).toMatchObject({ code: 0 });
    const environment = { ...none, FACEFORM_CREDENTIALS: 'app.credentials' };
    expect(await run(plan, { environment })).toMatchObject({ code: 0, stderr: '' });
  });

  it('come from a pipe, as a shell makes one of what a program writes', async () => {
    const { run, sandbox, directory } = await open();
    const pipe = join(directory, 'pipe.credentials');
    await promisify(execFile)('mkfifo', [pipe]);
    const [ran] = await Promise.all([
      run([...plan, '--credentials', 'pipe.credentials'], { environment: none }),
      writeFile(pipe, credentialsOf(sandbox)),
    ]);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
  });

  it.each([
    ['a file of more than 1 MiB', 'large.credentials'],
    ['a device without an end', '/dev/zero'],
  ])('in %s are refused without a call', async (_, file) => {
    const { run, sandbox, write } = await open();
    await write('large.credentials', credentialsOf(sandbox) + ' '.repeat(1024 * 1024));
    expectRefusal(await run([...plan, '--credentials', file]), `the credentials file ${file} is larger than 1 MiB`);
    expect(sandbox.tenant.requests).toEqual([]);
  });

  it.each([
    ['not JSON', '{"sharedSecret": "CANARY secret/of+the"application&=", "applic', 'is not JSON'],
    ['JSON of another kind', '["CANARY"]', 'lacks applicationId or sharedSecret'],
    ['without the secret', '{"applicationId":"app"}', 'lacks applicationId or sharedSecret'],
    ['with a number as the secret', '{"applicationId":"app","sharedSecret":5}', 'lacks applicationId or sharedSecret'],
    ['empty', '', 'is not JSON'],
  ])('in a file that is %s are refused without a call, and not quoted', async (_, text, says) => {
    const { run, sandbox, write } = await open();
    await write('app.credentials', text);
    const ran = await run([...plan, '--credentials', 'app.credentials', '--debug']);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain('app.credentials');
    expect(ran.stderr).toContain(says);
    expect(ran.stderr).not.toContain('CANARY');
    expect(sandbox.tenant.requests).toEqual([]);
  });

  it('in a file that is missing are named', async () => {
    const { run } = await open();
    expectRefusal(await run([...plan, '--credentials', 'none.credentials']), 'none.credentials cannot be read');
  });
});

describe('where the tenant and the credentials are given more than once', () => {
  it('the flag --credentials wins over the environment', async () => {
    const { run, sandbox, write } = await open();
    await write('wrong.credentials', credentialsOf(sandbox, { sharedSecret: 'another' }));
    const ran = await run([...plan, '--credentials', 'wrong.credentials']);
    expectRefusal(ran, 'refused the credentials');
  });

  it('the environment wins over FACEFORM_CREDENTIALS', async () => {
    const { run } = await open();
    expect(await run(plan, { environment: { FACEFORM_CREDENTIALS: 'none.json' } })).toMatchObject({ code: 0 });
  });

  it('the flag --tenant wins over the environment', async () => {
    const { run, sandbox } = await open();
    const environment = { FACEFORM_TENANT_URL: 'https://acme.invalid' };
    expect(await run([...plan, '--tenant', sandbox.url], { environment })).toMatchObject({ code: 0, stderr: '' });
  });

  it('a file that names another than the environment is refused without a call', async () => {
    const { run, sandbox, write } = await open();
    await write('faces.yaml', `tenant: { url: 'https://acme.us.trustedauth.com' }\n${yaml}`);
    const both = `two tenants are named: ${sandbox.url} by FACEFORM_TENANT_URL, https://acme.us.trustedauth.com by 'tenant.url'`;
    expectRefusal(await run(plan), both, '--tenant');
    const without = { FACEFORM_APPLICATION_ID: undefined, FACEFORM_SHARED_SECRET: undefined };
    expectRefusal(await run(plan, { environment: without }), both);
    expect(sandbox.tenant.requests).toEqual([]);
  });

  it('a file that names the same as the environment is fine', async () => {
    const { run, sandbox, write } = await open();
    await write('faces.yaml', `tenant: { url: '${sandbox.url}/' }\n${yaml}`);
    expect(await run(plan)).toMatchObject({ code: 0, stderr: '' });
  });

  it('credentials of another tenant than that of the environment are refused without a call', async () => {
    const { run, sandbox, write } = await open();
    await write('app.credentials', credentialsOf(sandbox, { hostname: 'other.us.trustedauth.com' }));
    const ran = await run([...plan, '--credentials', 'app.credentials']);
    const others = 'https://other.us.trustedauth.com by the credentials (--credentials: app.credentials)';
    expectRefusal(ran, `${sandbox.url} by FACEFORM_TENANT_URL`, others, '--tenant');
    expect(sandbox.tenant.requests).toEqual([]);
  });

  it('the file is taken where nothing else names a tenant', async () => {
    const { run, write, sandbox } = await open();
    await write('faces.yaml', `tenant: { url: '${sandbox.url}' }\n${yaml}`);
    expect(await run(plan, { environment: { FACEFORM_TENANT_URL: undefined } })).toMatchObject({ code: 0, stderr: '' });
  });

  it('credentials of another tenant than that of the files are refused without a call', async () => {
    const { run, write, sandbox } = await open();
    await write('faces.yaml', `tenant: { url: '${sandbox.url}' }\n${yaml}`);
    await write('app.credentials', credentialsOf(sandbox, { hostname: 'other.us.trustedauth.com' }));
    const ran = await run([...plan, '--credentials', 'app.credentials'], { environment: none });
    expectRefusal(ran, 'https://other.us.trustedauth.com', sandbox.url, '--tenant');
    expect(sandbox.tenant.requests).toEqual([]);
  });

  it('--tenant settles which of two is meant', async () => {
    const { run, write, sandbox } = await open();
    await write('app.credentials', credentialsOf(sandbox, { hostname: 'other.us.trustedauth.com' }));
    const args = [...plan, '--credentials', 'app.credentials', '--tenant', sandbox.url];
    expect(await run(args, { environment: none })).toMatchObject({ code: 0, stderr: '' });
  });
});

it('no flag takes a secret', async () => {
  const { run } = await openWorkspace();
  const { stdout } = await run(['--help']);
  const commands = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name);
  expect(commands).toContain('plan');
  for (const command of commands) {
    const help = await run([command, '--help']);
    expect(help.stdout).not.toMatch(/--[\w-]*(?:secret|password|token|passphrase)[\w-]* [<[]/i);
  }
});

describe('--sandbox', () => {
  it('needs neither tenant nor credentials, and calls no other', async () => {
    const { run, sandbox } = await open();
    expect(await run([...plan, '--sandbox'])).toMatchObject({ code: 0, stderr: '' });
    expect(sandbox.tenant.requests).toEqual([]);
  });

  it('is refused beside --tenant', async () => {
    const { run, sandbox } = await open();
    expectRefusal(await run([...plan, '--sandbox', '--tenant', sandbox.url]), '--sandbox and --tenant', 'Name the one');
  });

  it('keeps what was applied in its file', async () => {
    const { run } = await openWorkspace({ files: { 'faces.yaml': yaml } });
    const args = ['faces.yaml', '--sandbox', '.faceform/tenant.json'];
    expect(await run(['apply', ...args, '--auto-approve'])).toMatchObject({ code: 0 });
    const again = await run(['plan', ...args, '--detailed-exitcode']);
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('No changes.');
  });

  it('refuses a state file that is none', async () => {
    const { run } = await openWorkspace({ files: { 'faces.yaml': yaml, '.faceform/sandbox.json': '{' } });
    expectRefusal(
      await run([...plan, '--sandbox']),
      'sandbox.json',
      'Name a state of the embedded tenant, or a file that does not exist yet.',
    );
  });
});
