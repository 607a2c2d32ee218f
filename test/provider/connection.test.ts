import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { openClient } from '../../src/provider/connect.ts';
import { connectReader, type ConnectRequest } from '../../src/provider/index.ts';
import {
  operations,
  readOperations,
  resendOperations,
  writeOperations,
  type OperationName,
} from '../../src/provider/operations.ts';
import { LocalError, TenantError } from '../../src/model/failure.ts';
import { rejection, requestTo } from '../support/provider/session.ts';
import {
  authenticateCall,
  scriptedTenant,
  type Script,
  type ScriptedTenant,
} from '../support/provider/scripted-tenant.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function tenantWith(script: Script): Promise<ScriptedTenant> {
  const tenant = await scriptedTenant(script);
  closers.push(() => tenant.close());
  return tenant;
}

async function failureAt(url: string, changes: Partial<ConnectRequest> = {}): Promise<unknown> {
  const session = connectReader(requestTo(url, changes));
  closers.push(() => session.close());
  return rejection(
    session.tenant.readLive({ users: [], scope: { users: 'listed' }, reach: 'scope', onProgress: () => undefined }),
  );
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('a tenant URL', () => {
  it.each(['http://acme.us.trustedauth.com', 'ftp://acme', 'acme', 'https://user:pw@acme.com', 'https://acme.com/api'])(
    '%s is refused before anything is sent',
    (url) => {
      expect(() => connectReader(requestTo(url))).toThrow(LocalError);
    },
  );

  it.each([
    'https://acme.us.trustedauth.com',
    'https://acme.com/',
    'http://127.0.0.1:1',
    'http://[::1]:1',
    'http://localhost',
  ])('%s is taken', async (url) => {
    await connectReader(requestTo(url)).close();
  });
});

describe('a tenant that cannot be reached', () => {
  it('behind a closed port is named with its host', async () => {
    const port = await closedPort();
    const error = await failureAt(`http://127.0.0.1:${port}`);
    expect(error).toMatchObject({ kind: 'unusable', fault: { code: 'unreachable' } });
    expect(String(error)).toContain(`127.0.0.1:${port} refuses connections`);
  });

  it('by an unknown name is named with it', async () => {
    const error = await failureAt('https://acme.invalid');
    expect(error).toMatchObject({ kind: 'unusable' });
    expect(String(error)).toMatch(/acme\.invalid .*DNS/);
  });

  it('because it speaks no TLS is named so', async () => {
    const tenant = await tenantWith({});
    const error = await failureAt(tenant.url.replace('http:', 'https:'));
    expect(error).toMatchObject({ kind: 'unusable', fault: { code: 'unreachable', passes: 'never' } });
    expect(String(error)).toContain('no secure connection to 127.0.0.1');
  });

  it('through its proxy is named without the proxy credentials', async () => {
    const proxy = `http://name:pa55@127.0.0.1:${await closedPort()}`;
    const error = await failureAt('https://acme.example', { proxy: { https: proxy } });
    expect(error).toMatchObject({ kind: 'unusable' });
    expect(String(error)).not.toContain('pa55');
  });
});

describe('a proxy', () => {
  it('is asked for the tenant', async () => {
    const asked: string[] = [];
    const proxy = createServer((socket) => {
      socket.once('data', (data) => {
        asked.push(String(data).split('\r\n')[0] ?? '');
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      });
      socket.on('error', () => undefined);
    }).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    closers.push(async () => {
      proxy.close();
      await once(proxy, 'close');
    });
    const address = proxy.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const error = await failureAt('https://acme.example', { proxy: { https: `http://127.0.0.1:${port}` } });
    expect(asked[0]).toBe('CONNECT acme.example:443 HTTP/1.1');
    expect(String(error)).toContain('proxy');
  });

  it('is not asked for loopback', async () => {
    const tenant = await tenantWith({});
    const proxy = `http://127.0.0.1:${await closedPort()}`;
    const session = connectReader(requestTo(tenant.url, { proxy: { https: proxy } }));
    closers.push(() => session.close());
    await session.tenant.readLive({
      users: [],
      scope: { users: 'listed' },
      reach: 'scope',
      onProgress: () => undefined,
    });
    expect(tenant.count(authenticateCall)).toBe(1);
  });
});

describe('an answer that is not the tenant’s', () => {
  it('because it is a redirect is not followed, and its host is named', async () => {
    const other = await tenantWith({});
    const location = `${other.url}/elsewhere?code=123`;
    const tenant = await tenantWith({ [authenticateCall]: [{ status: 302, headers: { location } }] });
    const error = await failureAt(tenant.url);
    expect(String(error)).toContain(`redirects to ${new URL(other.url).host}`);
    expect(String(error)).not.toContain('code=123');
    expect(other.received).toEqual([]);
  });

  it('because a gateway gave it is named so, and not repeated', async () => {
    const tenant = await tenantWith({ [authenticateCall]: [{ status: 503, text: '<html>try later</html>' }] });
    const error = await failureAt(tenant.url);
    expect(error).toMatchObject({ kind: 'unusable', refusal: { status: 503 } });
    expect(String(error)).toMatch(/127\.0\.0\.1:\d+ .*gateway/);
    expect(String(error)).not.toContain('html');
  });

  it('because it is too large is refused', async () => {
    const tenant = await tenantWith({ [authenticateCall]: [{ text: 'x'.repeat(5000) }] });
    expect(await failureAt(tenant.url, { limits: { answerBytes: 1000 } })).toMatchObject({
      fault: { code: 'wrong-shape' },
    });
  });
});

describe('a reader', () => {
  const names: readonly OperationName[] = [
    'createFaceAuthenticator',
    'createFace',
    'updateFace',
    'deleteFace',
    'sendFaceActivationEmail',
  ];

  it.each(names)('has no way to send %s', async (operation) => {
    const tenant = await tenantWith({});
    const client = openClient(requestTo(tenant.url), readOperations);
    closers.push(() => client.close());
    const error = await rejection(client.call({ operation, id: 'x', decode: () => undefined }));
    expect(error).not.toBeInstanceOf(TenantError);
    expect(tenant.received.map(({ call }) => call)).toEqual([authenticateCall]);
  });

  it('becomes a writer by nothing that mails, and one who mails by nothing that writes', () => {
    const besides = (allowed: ReadonlySet<OperationName>) => [...allowed].filter((name) => !readOperations.has(name));
    expect(besides(writeOperations.v2)).toEqual(['createFaceAuthenticator', 'updateFace', 'deleteFace']);
    expect(besides(writeOperations.v1)).toEqual(['createFace', 'updateFace', 'deleteFace']);
    expect(besides(resendOperations)).toEqual(['sendFaceActivationEmail']);
  });

  it('may send every operation that only reads, and no other', () => {
    const reads = Object.entries(operations).filter(([, { effect }]) => effect === 'read');
    expect(new Set(reads.map(([name]) => name))).toEqual(readOperations);
  });

  it('escapes what goes into a path', async () => {
    const tenant = await tenantWith({});
    const session = connectReader(requestTo(tenant.url));
    closers.push(() => session.close());
    await rejection(session.tenant.readFaces('../../x?y$&'));
    expect(tenant.received.at(-1)?.call).toBe('GET /api/web/v1/users/..%2F..%2Fx%3Fy%24%26/faces');
  });
});
