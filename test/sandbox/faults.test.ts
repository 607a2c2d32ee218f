import { describe, expect, it } from 'vitest';
import { seedUsers, type FaultKind, type SandboxOptions } from '../../src/sandbox/index.ts';
import { caller, textAt } from './caller.ts';

async function session(options: SandboxOptions = {}) {
  const { sandbox, call, id } = await caller({ seed: seedUsers(5), ...options });
  const { tenant } = sandbox;
  return {
    sandbox,
    tenant,
    call,
    list: () => call('GET', `/api/web/v1/users/${id('user0')}/faces`),
    create: () => call('POST', `/api/web/v2/users/${id('user0')}/face`, { deliverActivationEmail: true }),
    page: (parms: unknown = {}) => call('POST', '/api/web/v4/userspaged', parms),
  };
}

describe('a fault', () => {
  it.each([
    ['401', 401],
    ['403', 403],
    ['404', 404],
    ['409', 409],
    ['429', 429],
    ['500', 500],
    ['502-html', 502],
    ['503', 503],
    ['html', 200],
    ['redirect', 302],
  ] as const)('%s answers a write with %i and does nothing', async (kind, status) => {
    const { tenant, create } = await session();
    tenant.failWith({ kind, operation: 'createFace' });
    expect(await create()).toMatchObject({ status });
    expect(tenant.faces('user0')).toEqual([]);
    expect(tenant.requests.at(-1)).toMatchObject({ operation: 'createFace', status });
  });

  it.each(['500-after-commit', 'wrong-shape', 'not-json'] as const)(
    '%s spoils the answer of a write that was done',
    async (kind) => {
      const { tenant, create } = await session();
      tenant.failWith({ kind, operation: 'createFace' });
      const { body } = await create();
      expect(textAt(body, 'id')).toBe('');
      expect(tenant.faces('user0')).toHaveLength(1);
    },
  );

  it.each([
    ['reset', 0],
    ['reset-after-commit', 1],
    ['truncated', 1],
  ] as const)('%s loses the answer, and %i face is made', async (kind, made) => {
    const { tenant, create } = await session();
    tenant.failWith({ kind, operation: 'createFace' });
    await expect(create()).rejects.toThrow();
    expect(tenant.faces('user0')).toHaveLength(made);
  });

  it.each([
    ['hang', 0],
    ['hang-after-commit', 1],
  ] as const)('%s never answers, %i face is made, and closing ends the wait', async (kind, made) => {
    const { sandbox, tenant, create } = await session();
    tenant.failWith({ kind, operation: 'createFace' });
    const lost = expect(create()).rejects.toThrow();
    await expect.poll(() => tenant.requests.at(-1)).toMatchObject({ operation: 'createFace', status: 0 });
    expect(tenant.faces('user0')).toHaveLength(made);
    await sandbox.close();
    await lost;
  });

  it('of an accepted write that is not done leaves no trace', async () => {
    const { tenant, create } = await session();
    tenant.failWith({ kind: 'accepted-not-done' });
    expect(await create()).toMatchObject({ status: 200, body: { status: 'ACTIVATING' } });
    expect(tenant.faces('user0')).toEqual([]);
    expect(tenant.emails).toEqual([]);
  });

  it('that refuses the token makes it void', async () => {
    const { tenant, list } = await session();
    tenant.failWith({ kind: '401' });
    expect(await list()).toMatchObject({ status: 401 });
    expect(await list()).toMatchObject({ status: 401 });
  });

  it('strikes from the call it names, as often as it says', async () => {
    const { tenant, list } = await session();
    tenant.failWith({ kind: '500', at: 1, times: 2 });
    const statuses = [await list(), await list(), await list(), await list()].map(({ status }) => status);
    expect(statuses).toEqual([200, 500, 500, 200]);
  });

  it('strikes only the operation and the path it names', async () => {
    const { tenant, list, page } = await session();
    tenant.failWith({ kind: '500', operation: 'listUsers', times: Infinity });
    tenant.failWith({ kind: '503', path: 'another-user', times: Infinity });
    expect([await list(), await page()].map(({ status }) => status)).toEqual([200, 500]);
  });

  it('is over once it is cleared', async () => {
    const { tenant, list } = await session();
    tenant.failWith({ kind: '500', times: Infinity });
    tenant.clearFaults();
    expect(await list()).toMatchObject({ status: 200 });
  });

  it('shortens a page without losing anybody', async () => {
    const { tenant, page } = await session();
    tenant.failWith({ kind: 'short-page' });
    const { body } = await page();
    expect(textAt(body, 'results.1.id')).toBe('');
    const rest = await page({ cursor: textAt(body, 'paging.nextCursor') });
    expect(rest.body).toMatchObject({ results: [1, 2, 3, 4].map((n) => ({ userId: `user${n}` })) });
  });

  it.each([1, 100])('repeats the cursor on pages of %i', async (limit) => {
    const { tenant, page } = await session();
    tenant.failWith({ kind: 'repeated-cursor' });
    const first = await page({ limit });
    const cursor = textAt(first.body, 'paging.nextCursor');
    const second = await page({ limit, cursor });
    expect(cursor).not.toBe('');
    expect(textAt(second.body, 'paging.nextCursor')).toBe(cursor);
  });
});

describe('a busy tenant', () => {
  it.each([
    ['seconds', /^7$/],
    ['date', /^Mon, 01 Jun 2026 09:00:08 GMT$/],
    ['none', /^none$/],
  ] as const)('says when to come back in %s', async (retryAfter, header) => {
    const { tenant, list } = await session({ clock: () => Date.parse('2026-06-01T09:00:00.250Z'), retryAfter });
    tenant.failWith({ kind: '429', retryAfterSeconds: 7 });
    expect((await list()).headers.get('retry-after') ?? 'none').toMatch(header);
  });

  it('refuses calls beyond its rate and counts them', async () => {
    const { tenant, list } = await session({ requestsPerSecond: 3 });
    const statuses = (await Promise.all([list(), list(), list(), list()])).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 200, 429, 429]);
    expect(tenant.requests.filter(({ status }) => status === 429)).toHaveLength(2);
  });

  it('knows how many calls it had at one time', async () => {
    const { tenant, list } = await session({ latencyMs: 100 });
    await Promise.all([list(), list(), list()]);
    expect(tenant.peakConcurrency).toBe(3);
  });
});

describe('a listener', () => {
  it('may change the tenant before a call is handled, until it is taken away', async () => {
    const { tenant, list } = await session();
    const kinds: FaultKind[] = ['500', '503'];
    const stop = tenant.onRequest(({ operation }) => {
      const kind = kinds.shift();
      if (kind && operation === 'listFaces') tenant.failWith({ kind });
    });
    expect((await list()).status).toBe(500);
    stop();
    expect((await list()).status).toBe(200);
  });
});
