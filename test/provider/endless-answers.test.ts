import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { UserRef } from '../../src/model/enrollment.ts';
import type { TenantReader } from '../../src/model/tenant.ts';
import { connectReader, type ConnectRequest } from '../../src/provider/index.ts';
import { scriptedTenant, token } from '../support/provider/scripted-tenant.ts';
import type { Reply, Script, ScriptedTenant } from '../support/provider/scripted-tenant.ts';
import { rejection, requestTo } from '../support/provider/session.ts';
import { loginCall, manyUsers, pageCall, settingsCall, userJson } from '../support/provider/user-scripts.ts';

interface Opened {
  readonly tenant: ScriptedTenant;
  readonly reader: TenantReader;
}

async function open(script: Script, changes: Partial<ConnectRequest> = {}): Promise<Opened> {
  const tenant = await scriptedTenant({ [settingsCall]: [{ json: {} }], ...script });
  const session = connectReader(requestTo(tenant.url, changes));
  onTestFinished(async () => {
    await session.close();
    await tenant.close();
  });
  return { tenant, reader: session.tenant };
}

/** The pages of a listing, by their number; each has a cursor of its own and promises more. */
function endless(usersOf: (page: number) => readonly number[]): (received: unknown) => Reply {
  let pages = 0;
  return () => {
    pages += 1;
    const results = usersOf(pages).map((at) => userJson({ id: `id-${at}`, userId: `u${at}@example.com` }));
    return { json: { results, paging: { nextCursor: `cursor-${pages}` } } };
  };
}

const onProgress = (): void => undefined;
const reach = { users: 'tenant' } as const;

describe('a listing that never ends', () => {
  const faces = Object.fromEntries(
    manyUsers(40).map(({ id }) => [`GET /api/web/v1/users/${id}/faces`, [{ json: [] }]]),
  );
  it.each<[string, (page: number) => readonly number[], number]>([
    ['without users', () => [], 3],
    ['of the same user', () => [0], 4],
    ['whose users come round again', (page) => [page % 5], 8],
    ['with ever fewer new ones', (page) => (page < 4 || page === 6 ? [page] : []), 9],
  ])('%s is broken off', async (_, usersOf, pages) => {
    const { tenant, reader } = await open({ [pageCall]: endless(usersOf), ...faces });
    const { failure } = await reader.readEverybody({ reach, who: 'with-face', onProgress });
    expect(failure).toMatchObject({ code: 'repeated-cursor' });
    expect(failure?.message).toContain('3 pages in a row without a new user');
    expect(tenant.count(pageCall)).toBe(pages);
  });

  it('of new users is broken off where nobody could hold them', async () => {
    const script = { [pageCall]: endless((page) => [page]), ...faces };
    const { tenant, reader } = await open(script, { limits: { listingPages: 20 } });
    const { failure, users } = await reader.readEverybody({ reach, who: 'with-face', onProgress });
    expect(failure?.message).toContain('more than 20 pages');
    expect(users).toHaveLength(19);
    expect(tenant.count(pageCall)).toBe(20);
  });

  it('leaves the users of the files unknown', async () => {
    const { tenant, reader } = await open({ [pageCall]: endless(() => []), [loginCall]: [{ status: 500, json: {} }] });
    const refs = manyUsers(50).map(({ userId }): UserRef => ({ by: 'login', value: userId, key: userId }));
    const live = await reader.readLive({ users: refs, scope: { users: 'listed' }, reach: 'scope', onProgress });
    const ends = [...live.listed.values()].map((user) => user.presence === 'unknown' && user.reason.code);
    expect(new Set(ends)).toEqual(new Set(['repeated-cursor']));
    expect(tenant.count(pageCall)).toBe(3);
  });

  it('leaves a user unknown whose aliases a search would tell', async () => {
    const other: Reply = { json: { id: 'id-0', userId: 'another@example.com' } };
    const script = { [pageCall]: endless((page) => [page]), [loginCall]: [other] };
    const { reader } = await open(script, { limits: { listingPages: 1 } });
    const refs: readonly UserRef[] = [{ by: 'login', value: 'alias@example.com', key: 'alias@example.com' }];
    const live = await reader.readLive({ users: refs, scope: { users: 'listed' }, reach: 'scope', onProgress });
    const [user] = live.listed.values();
    expect(user).toMatchObject({ presence: 'unknown', reason: { code: 'repeated-cursor' } });
  });

  it('of which two pages in a row are empty goes on', async () => {
    const users = manyUsers(2).map(userJson);
    const paged = (results: readonly object[], nextCursor?: string): Reply => ({
      json: { results, paging: { nextCursor } },
    });
    const pages = [paged([], 'a'), paged([], 'b'), paged(users, 'c'), paged([], 'd'), paged([], 'e'), paged([])];
    const { reader } = await open({ [pageCall]: pages, ...faces });
    const everybody = await reader.readEverybody({ reach, who: 'with-face', onProgress });
    expect(everybody.failure).toBeUndefined();
    expect(everybody.users).toHaveLength(2);
  });
});

/** A tenant that answers as the test wants, byte by byte. */
async function serve(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    if (request.url?.endsWith('authenticate') === true) {
      const first = token('token-1');
      response.end(typeof first === 'string' ? '' : JSON.stringify(first.json));
    } else answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
}

async function facesAt(url: string, changes: Partial<ConnectRequest>): Promise<unknown> {
  const session = connectReader(requestTo(url, { tries: 2, ...changes }));
  onTestFinished(() => session.close());
  return rejection(session.tenant.readFaces('u1'));
}

describe('an answer that never ends', () => {
  it('has a deadline, however often a byte comes', async () => {
    let answers = 0;
    const url = await serve((response) => {
      answers += 1;
      response.write('[');
      const timer = setInterval(() => response.write(' '), 20);
      response.once('close', () => {
        clearInterval(timer);
      });
    });
    const error = await facesAt(url, { limits: { answerMs: 300, bodyMs: 200, headersMs: 200 } });
    expect(error).toMatchObject({ fault: { code: 'timeout', processed: 'maybe' } });
    expect(String(error)).toContain('answers so slowly');
    expect(answers).toBe(2);
  });

  it('has one where it says again and again that it goes on', async () => {
    const url = await serve((response) => {
      const timer = setInterval(() => {
        response.writeProcessing();
      }, 20);
      response.once('close', () => {
        clearInterval(timer);
      });
    });
    const error = await facesAt(url, { limits: { answerMs: 300, headersMs: 200_000 } });
    expect(error).toMatchObject({ fault: { code: 'timeout' } });
  });

  it('has one where a proxy takes the call and says nothing', async () => {
    const proxy = createTcpServer().listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const address = proxy.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    onTestFinished(() => void proxy.close());
    const settings = { proxy: { https: `http://127.0.0.1:${port}` }, limits: { answerMs: 300, connectMs: 500 } };
    const error = await facesAt('https://acme.invalid', settings);
    expect(error).toMatchObject({ fault: { code: 'timeout', processed: 'no' } });
  });

  it('leaves nothing behind where it ends in time', async () => {
    const { reader, tenant } = await open(
      { 'GET /api/web/v1/users/u1/faces': [{ json: [] }] },
      { limits: { answerMs: 100 } },
    );
    expect(await reader.readFaces('u1')).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(await reader.readFaces('u1')).toEqual([]);
    expect(tenant.received).toHaveLength(3);
  });
});

describe('an answer that is short, and nested as deeply as its length allows', () => {
  const facesCall = 'GET /api/web/v1/users/u1/faces';
  const nested = (around: string): string => {
    const [before = '', after = ''] = around.split('…');
    const levels = (4096 - before.length - after.length) >> 1;
    return `${before}${'['.repeat(levels)}${']'.repeat(levels)}${after}`;
  };
  it.each([
    ['at its top', '…'],
    ['in a face', '[…]'],
    ['in place of an id', '[{"id":…,"status":"ACTIVE"}]'],
    ['behind an escape', '[{"id":"\\u0066","status":…}]'],
  ])('%s has a wrong shape', async (_, around) => {
    const { reader } = await open({ [facesCall]: [{ text: nested(around) }] });
    expect(await rejection(reader.readFaces('u1'))).toMatchObject({ fault: { code: 'wrong-shape' } });
  });

  it('in a property that nobody reads is an answer', async () => {
    const text = nested('[{"id":"f1","status":"ACTIVE","serialNumber":"\\u0073","more":…}]');
    const { reader } = await open({ [facesCall]: [{ text }] });
    expect(await reader.readFaces('u1')).toMatchObject([{ id: 'f1', serialNumber: 's' }]);
  });

  it('in a refusal leaves out its reason', async () => {
    const { reader } = await open({ [facesCall]: [{ status: 403, text: nested('{"errorMessage":…}') }] });
    const error = await rejection(reader.readFaces('u1'));
    expect(error).toMatchObject({ fault: { code: 'forbidden' }, refusal: { status: 403 } });
    expect(String(error)).toContain('gave no reason');
  });
});

describe('an answer with too much in it', () => {
  const half = 2_000_000;
  const answers: Readonly<Record<string, string>> = {
    'nested arrays': '['.repeat(half) + ']'.repeat(half),
    'nested objects': `${'{"a":'.repeat(half)}1${'}'.repeat(half)}`,
    'nested behind a string of quotes': `["${'\\"'.repeat(half)}",${'['.repeat(half)}`,
    'arrays side by side': `[${'[],'.repeat(half)}[]]`,
    'numbers side by side': `[${'1,'.repeat(half)}1]`,
  };
  it.each(Object.entries(answers))('of %s is refused before it is parsed', async (_, text) => {
    const { reader, tenant } = await open({ 'GET /api/web/v1/users/u1/faces': [{ text }] }, { limits: {} });
    const error = await rejection(reader.readFaces('u1'));
    expect(error).toMatchObject({ fault: { code: 'wrong-shape', passes: 'never' } });
    expect(String(error)).toContain('more in it than any that is expected');
    expect(tenant.count('GET /api/web/v1/users/u1/faces')).toBe(1);
  });

  it('is no reason of the tenant, either', async () => {
    const text = `{"errorMessage":${'['.repeat(half)}`;
    const { reader } = await open({ 'GET /api/web/v1/users/u1/faces': [{ status: 403, text }] });
    expect(await rejection(reader.readFaces('u1'))).toMatchObject({ fault: { code: 'forbidden', body: 'other' } });
  });

  it('is not what has brackets in its texts alone', async () => {
    const serialNumber = `\\"${'[{'.repeat(200)}\\\\`;
    const { reader } = await open({
      'GET /api/web/v1/users/u1/faces': [{ json: [{ id: 'f1', status: 'ACTIVE', serialNumber }] }],
    });
    expect(await reader.readFaces('u1')).toMatchObject([{ serialNumber }]);
  });

  it('and larger than any is refused while it comes', async () => {
    const url = await serve((response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(' '.repeat(65_536)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    const error = await facesAt(url, { limits: {} });
    expect(String(error)).toContain('larger than any that is expected');
  });
});
