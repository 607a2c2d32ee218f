import { createServer as createProxy, type Server } from 'node:http';
import { createServer as createTlsProxy } from 'node:https';
import { connect } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { FaceApi } from '../../../src/face-api.ts';
import { connectReader, type ConnectRequest } from '../../../src/provider/index.ts';
import { rejection, requestTo } from '../../support/provider/session.ts';
import { doctor, open } from '../../support/commands/doctor-run.ts';
import { expectNoStack, memberOf } from '../../support/commands/expectations.ts';
import { selfSigned, serveTls, serveTlsBefore, testKey } from '../../support/commands/serve.ts';
import type { RunWith } from '../../support/commands/workspace.ts';

const variable = 'NODE_TLS_REJECT_UNAUTHORIZED';
const userId = '11111111-2222-4333-8444-555555555555';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** What a server without a trusted certificate has been asked, and its origin. */
async function startImpostor(): Promise<{ readonly url: string; readonly asked: readonly string[] }> {
  const asked: string[] = [];
  const url = await serveTls((path) => {
    asked.push(path);
    return { body: '{}' };
  });
  return { url, asked };
}

async function readFrom(url: string, changes: Partial<ConnectRequest> = {}): Promise<unknown> {
  const session = connectReader(requestTo(url, changes));
  onTestFinished(() => session.close());
  return rejection(session.tenant.readFaces(userId));
}

/** A proxy that leads every tunnel to one port; `over` is how it is itself reached. */
async function startProxy(over: 'http' | 'https', port: number): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server: Server = over === 'http' ? createProxy() : createTlsProxy({ key: testKey, cert: selfSigned });
  server.on('connect', ({ url = '' }, socket) => {
    asked.push(url);
    const tenant = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(tenant).pipe(socket);
    });
    for (const end of [socket, tenant]) end.on('error', () => end.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `${over}://127.0.0.1:${String(memberOf(server.address(), 'port'))}`, asked };
}

describe('a server whose certificate nobody has signed, where Node.js is told to accept any', () => {
  it('gets no credentials', async () => {
    vi.stubEnv(variable, '0');
    const { url, asked } = await startImpostor();
    expect(String(await readFrom(url))).toContain('certificate');
    expect(asked).toEqual([]);
  });

  it('gets none through a proxy', async () => {
    vi.stubEnv(variable, '0');
    const { url, asked } = await startImpostor();
    const proxy = await startProxy('http', Number(new URL(url).port));
    const failure = await readFrom('https://acme.example', { proxy: { https: proxy.url } });
    expect(String(failure)).toContain('certificate');
    expect(proxy.asked).toEqual(['acme.example:443']);
    expect(asked).toEqual([]);
  });

  it('gets none past a proxy that is not for it', async () => {
    vi.stubEnv(variable, '0');
    const { url, asked } = await startImpostor();
    // Also this machine, but unlike 127.0.0.1 not a host for which the proxy settings are ignored.
    const elsewhere = url.replace('127.0.0.1', '0.0.0.0');
    const failure = await readFrom(elsewhere, { proxy: { https: 'http://127.0.0.1:9', no: '0.0.0.0' } });
    expect(String(failure)).toContain('certificate');
    expect(asked).toEqual([]);
  });

  it('is not even taken for a proxy', async () => {
    vi.stubEnv(variable, '0');
    const { url } = await startImpostor();
    const proxy = await startProxy('https', Number(new URL(url).port));
    await readFrom('https://acme.example', { proxy: { https: proxy.url } });
    expect(proxy.asked).toEqual([]);
  });

  it('gets no credentials from FaceApi, which is not even opened', async () => {
    const { url, asked } = await startImpostor();
    const access = { tenant: url, applicationId: 'app', sharedSecret: 's3cr3t' };
    await using api = new FaceApi(access);
    vi.stubEnv(variable, '0');
    expect(() => new FaceApi(access)).toThrow(variable);
    expect(await rejection(api.getFaces(userId))).toMatchObject({ code: 'unreachable' });
    expect(asked).toEqual([]);
  });
});

const withVariable = (value: string): RunWith => ({ environment: { [variable]: value } });

describe(`a run with credentials and ${variable}=0`, () => {
  it.each([
    'plan faces.yaml',
    'apply faces.yaml --auto-approve',
    'status faces.yaml',
    'status --all',
    'export',
    'explain alice faces.yaml',
    'resend faces.yaml --older-than 1h',
  ])('is refused before any call: %s', async (line) => {
    const { run, sandbox } = await open();
    const ran = await run(line.split(' '), withVariable('0'));
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain(`${variable}=0 is not accepted`);
    expect(ran.stderr).toContain('NODE_EXTRA_CA_CERTS');
    expectNoStack(ran);
    expect(sandbox.tenant.requests).toEqual([]);
  });

  it('is called no further by doctor, which says why', async () => {
    const workspace = await open();
    const told = await doctor(workspace, [], withVariable('0'));
    expect(told.check('connection')).toMatchObject({ state: 'failed', found: expect.stringContaining(variable) });
    expect(workspace.sandbox.tenant.requests).toEqual([]);
  });

  it.each(['1', '', 'false', '00'])('is not meant by the value "%s", which turns nothing off', async (value) => {
    const { run } = await open();
    vi.stubEnv(variable, value);
    expect(await run(['plan', 'faces.yaml'], withVariable(value))).toMatchObject({ code: 0, stderr: '' });
    const { url, asked } = await startImpostor();
    const ran = await run(['plan', 'faces.yaml', '--tenant', url], withVariable(value));
    expect(ran.stderr).toContain('certificate');
    expect(asked).toEqual([]);
  });

  it('is not meant by a run without any: the embedded tenant is called as ever', async () => {
    const { run } = await open();
    expect((await run(['plan', 'faces.yaml', '--sandbox'], withVariable('0'))).code).toBe(0);
    expect((await run(['validate', 'faces.yaml'], withVariable('0'))).code).toBe(0);
  });
});

describe('--insecure-skip-tls-verify', () => {
  it.each(['0', undefined])(
    'calls a tenant on this machine by any certificate, with the variable %s',
    async (value) => {
      const { run, sandbox } = await open();
      const url = await serveTlsBefore(sandbox.url);
      const line = ['plan', 'faces.yaml', '--tenant', url];
      const running = { environment: { [variable]: value } };
      expect(await run([...line, '--insecure-skip-tls-verify'], running)).toMatchObject({ code: 0, stderr: '' });
      expect((await run(line, running)).code).toBe(1);
    },
  );

  it.each(['https://acme.us.trustedauth.com', 'https://10.0.0.1', 'https://localhost.acme.invalid'])(
    'is refused for %s before any call',
    async (url) => {
      for (const value of ['0', undefined]) {
        const { run, sandbox } = await open();
        const line = ['plan', 'faces.yaml', '--insecure-skip-tls-verify', '--tenant', url];
        const ran = await run(line, { environment: { [variable]: value } });
        expect(ran).toMatchObject({ code: 1, stdout: '' });
        expect(ran.stderr).toContain('--insecure-skip-tls-verify requires a tenant on localhost');
        expect(sandbox.tenant.requests).toEqual([]);
      }
    },
  );

  it('is refused with --sandbox, which is called without TLS', async () => {
    const { run } = await open();
    const ran = await run(['plan', 'faces.yaml', '--sandbox', '--insecure-skip-tls-verify']);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain('--sandbox and --insecure-skip-tls-verify are both given');
  });

  it('opens no session for another machine, whoever asks for it', () => {
    const request = requestTo('https://acme.us.trustedauth.com', { certificates: 'skip' });
    expect(() => connectReader(request)).toThrow('must be checked');
  });
});
