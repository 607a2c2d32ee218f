import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../../src/sandbox/index.ts';
import { expectNoStack, writesOf } from '../../support/commands/expectations.ts';
import { closedPort, serve, serveTls } from '../../support/commands/serve.ts';
import { openTenant, openWorkspace, type Ran, type TenantWorkspace } from '../../support/commands/workspace.ts';

const yaml = `version: 1
enrollments:
  - { user: alice, flow: mobile }
  - { user: bob, flow: mobile }
`;
const commands = ['plan', 'apply --auto-approve'].map((line) => ({ line, command: line.split(' ') }));
const users = ['alice', 'bob'].map((login) => ({ login, email: `${login}@example.com` }));

function open(): Promise<TenantWorkspace> {
  return openTenant({ seed: { users } }, { files: { 'faces.yaml': yaml } });
}

/** Runs against another tenant than the workspace's own, with its credentials. */
async function runAgainst(url: string, command: readonly string[] = ['plan']): Promise<Ran> {
  const { run, sandbox } = await open();
  const ran = await run([...command, 'faces.yaml'], { environment: { FACEFORM_TENANT_URL: url } });
  expect(sandbox.tenant.requests).toEqual([]);
  return ran;
}

function expectRefusal(ran: Ran, ...words: readonly string[]): void {
  expectEnd(1, ran, words);
}

/** It may help to run again, with nothing changed. */
function expectUnreached(ran: Ran, ...words: readonly string[]): void {
  expectEnd(6, ran, words);
}

function expectEnd(code: number, ran: Ran, words: readonly string[]): void {
  expect(ran).toMatchObject({ code, stdout: '' });
  for (const word of words) expect(ran.stderr).toContain(word);
  expectNoStack(ran);
}

const html = (status: number) => ({ status, headers: { 'content-type': 'text/html' }, body: '<html>hello</html>' });
const hostOf = (url: string): string => new URL(url).host;

describe('a tenant that nobody can sign in to for now', () => {
  it.each([
    ['status', 'faces.yaml'],
    ['status', '--all'],
    ['explain', 'alice', 'faces.yaml'],
    ['export'],
    ['resend', '--user', 'alice', '--auto-approve'],
    ['resend', '--older-than', '1h', 'faces.yaml'],
  ])('ends %s with 6 as it ends a plan', async (...command) => {
    const { run } = await open();
    const url = await serve(() => ({ status: 503, body: '{}' }));
    expectUnreached(
      await run(command, { environment: { FACEFORM_TENANT_URL: url } }),
      '127.0.0.1',
      'Nothing was written',
    );
  });
});

describe.each(commands)('$line against something that is no tenant', ({ command }) => {
  it('names a port on which nothing listens', async () => {
    const url = await closedPort();
    expectUnreached(await runAgainst(url, command), hostOf(url), 'refuses connections', 'ECONNREFUSED');
  });

  it('names a host that is not known', async () => {
    const ran = await runAgainst('https://acme.invalid', command);
    expectUnreached(ran, 'acme.invalid', 'DNS');
  });

  it('names a certificate that is not trusted', async () => {
    const url = await serveTls(() => ({ body: '{}' }));
    expectRefusal(await runAgainst(url, command), hostOf(url), 'certificate', 'NODE_EXTRA_CA_CERTS');
  });

  it('names a plain HTTP server behind an https URL', async () => {
    const url = (await serve(() => ({ body: '{}' }))).replace('http:', 'https:');
    expectRefusal(await runAgainst(url, command), hostOf(url), 'TLS');
  });

  it.each([
    [200, expectRefusal],
    [403, expectRefusal],
    [502, expectUnreached],
  ])('names a gateway that answers %d with HTML', async (status, expectIt) => {
    const url = await serve(() => html(status));
    expectIt(await runAgainst(url, command), hostOf(url), 'JSON', 'gateway');
  });

  it('does not follow a redirect', async () => {
    const asked: string[] = [];
    const elsewhere = await serve((path) => {
      asked.push(path);
      return { body: '{}' };
    });
    const url = await serve(() => ({ status: 307, headers: { location: `${elsewhere}/login?secret=1` } }));
    const ran = await runAgainst(url, command);
    expectRefusal(ran, hostOf(url), 'redirects', hostOf(elsewhere), 'not followed');
    expect(ran.stderr).not.toContain('secret=1');
    expect(asked).toEqual([]);
  });

  it('names a server that answers something else in JSON', async () => {
    const url = await serve(() => ({ body: '[1]' }));
    expectRefusal(await runAgainst(url, command), hostOf(url), 'unexpected answer');
  });
});

describe('a tenant URL that no secret may be sent to', () => {
  it.each([
    ['http://acme.us.trustedauth.com', 'in the clear'],
    ['http://10.0.0.1:8080', 'in the clear'],
    ['ftp://acme.us.trustedauth.com', 'not an https URL'],
    ['acme.us.trustedauth.com', 'not an https URL'],
    ['https://acme.us.trustedauth.com/portal', 'nothing but the host'],
    ['https://user:hunter2@acme.us.trustedauth.com', 'nothing but the host'],
  ])('%s is refused before any call', async (url, says) => {
    const ran = await runAgainst(url);
    expectRefusal(ran, says);
    expect(ran.stderr).not.toContain('hunter2');
  });
});

describe('wrong credentials', () => {
  it.each([
    ['FACEFORM_SHARED_SECRET', 'a wrong secret'],
    ['FACEFORM_APPLICATION_ID', 'no-such-application'],
  ])('in %s are named, tried once and not shown', async (name, value) => {
    const { run, sandbox } = await open();
    const ran = await run(['plan', 'faces.yaml'], { environment: { [name]: value } });
    expectRefusal(ran, hostOf(sandbox.url), 'refused the credentials');
    expect(ran.stderr).not.toContain(value);
    expect(sandbox.tenant.requests.map(({ operation }) => operation)).toEqual(['authenticate']);
  });
});

describe('a fault that strikes the reading of one user', () => {
  const faults: readonly (readonly [FaultKind, string])[] = [
    ['403', 'This is not allowed'],
    ['500', 'Something went wrong'],
    ['502-html', 'gateway'],
    ['html', 'gateway'],
    ['reset', 'broke before the answer'],
    ['redirect', 'redirects'],
    ['truncated', 'broke before the answer'],
    ['wrong-shape', 'unexpected answer'],
    ['not-json', 'JSON'],
  ];
  it.each(faults)('%s ends with 6 and is named, and the other is planned', async (kind, says) => {
    const { run, sandbox } = await open();
    const [alice] = sandbox.tenant.users();
    sandbox.tenant.failWith({ kind, operation: 'listFaces', path: alice?.id, times: Infinity });
    const ran = await run(['plan', 'faces.yaml']);
    expect(ran.code).toBe(6);
    expect(`${ran.stdout}${ran.stderr}`).toContain(says);
    expect(ran.stdout).toContain('bob/mobile');
    expect(ran.stdout).toContain('Plan: 1 to create');
    expectNoStack(ran);
    expect(writesOf(sandbox)).toBe(0);
  });

  it.each(['429', '503', '500', '502-html', 'html', 'reset', 'truncated', 'not-json', '401'] as const)(
    '%s is got over where it passes',
    async (kind) => {
      const { run, sandbox } = await open();
      sandbox.tenant.failWith({ kind, operation: 'listFaces', times: 1 });
      expect(await run(['plan', 'faces.yaml'])).toMatchObject({ code: 0, stderr: '' });
    },
  );
});

describe('a silent tenant', () => {
  it('is named, when nobody can sign in and when one user cannot be read', async () => {
    const url = await serve(() => 'hang');
    const { run, sandbox } = await open();
    sandbox.tenant.failWith({ kind: 'hang', operation: 'listFaces', path: sandbox.tenant.users()[0]?.id, times: 9 });
    const [plan, apply, one] = await Promise.all([
      runAgainst(url),
      runAgainst(url, ['apply', '--auto-approve']),
      run(['plan', 'faces.yaml']),
    ]);
    for (const ran of [plan, apply]) expectUnreached(ran, hostOf(url), 'did not answer in time');
    expect(one.code).toBe(6);
    expect(one.stderr + one.stdout).toContain('did not answer in time');
    expect(one.stdout).toContain('Plan: 1 to create');
  });
});

describe('--debug', () => {
  it('traces the calls without a secret', async () => {
    const { run } = await open();
    const ran = await run(['plan', 'faces.yaml', '--debug']);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toMatch(/^POST \/api\/web\/v1\/adminapi\/authenticate -> 200 in \d+ ms$/m);
    expect(ran.stderr).toMatch(/^GET \/api\/web\/v1\/users\/[\w-]+\/faces -> 200/m);
  });

  it('shows a stack beside the message of a failure, and no secret', async () => {
    const { run } = await open();
    const ran = await run(['plan', 'faces.yaml', '--debug'], { environment: { FACEFORM_SHARED_SECRET: 'CANARY two' } });
    expect(ran.stderr).toContain('TenantError');
    expect(ran.stderr).not.toContain('CANARY two');
  });
});

describe('without a tenant', () => {
  it('says how to name one', async () => {
    const { run } = await openWorkspace({ files: { 'faces.yaml': yaml } });
    const environment = { FACEFORM_APPLICATION_ID: 'a', FACEFORM_SHARED_SECRET: 'b' };
    expectRefusal(await run(['plan', 'faces.yaml'], { environment }), '--tenant', 'FACEFORM_TENANT_URL');
  });
});
