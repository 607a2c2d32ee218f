import { afterEach, describe, expect, it } from 'vitest';
import type { Client } from '../../src/provider/http/client.ts';
import { openClient } from '../../src/provider/connect.ts';
import { operations, resendOperations, writeOperations, type OperationName } from '../../src/provider/operations.ts';
import { quickClock, rejection, requestTo, type QuickClock } from '../support/provider/session.ts';
import { scriptedTenant, type Reply, type ScriptedTenant } from '../support/provider/scripted-tenant.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

interface Trial {
  readonly tenant: ScriptedTenant;
  readonly client: Client;
  readonly clock: QuickClock;
  /** Makes the call and tells how often it was sent. */
  readonly run: () => Promise<{ readonly sent: number; readonly end: unknown }>;
}

const allowed: ReadonlySet<OperationName> = new Set([...writeOperations.v2, ...resendOperations]);
const byEffect = {
  read: 'getFaces',
  idempotent: 'updateFace',
  create: 'createFaceAuthenticator',
  once: 'sendFaceActivationEmail',
} as const;

async function trial(operation: OperationName, replies: readonly Reply[]): Promise<Trial> {
  const { method, path } = operations[operation];
  const call = `${method} ${path.replace('{id}', 'u1')}`;
  const tenant = await scriptedTenant({ [call]: replies });
  const clock = quickClock();
  const client = openClient(requestTo(tenant.url, { clock }), allowed);
  closers.push(
    () => client.close(),
    () => tenant.close(),
  );
  const run = async (): Promise<{ readonly sent: number; readonly end: unknown }> => {
    const end = await client
      .call({ operation, id: 'u1', body: {}, decode: () => 'done' })
      .catch((error: unknown) => error);
    return { sent: tenant.count(call), end };
  };
  return { tenant, client, clock, run };
}

const good: Reply = { json: [] };
const odd: Readonly<Record<string, Reply>> = {
  'a broken connection': 'break',
  'a cut body': 'cut',
  'a 500': { status: 500, json: { errorCode: 'internal' } },
  'a 502 page': { status: 502, text: '<html>bad gateway</html>' },
  'a 503 with Retry-After': { status: 503, json: {}, headers: { 'retry-after': '2' } },
  'a page with status 200': { text: '<html>sign in</html>' },
};

describe.each(Object.entries(odd))('%s', (_, reply) => {
  it.each(['read', 'idempotent'] as const)('is followed by another try of a call of effect %s', async (effect) => {
    const { run } = await trial(byEffect[effect], [reply, good]);
    expect(await run()).toEqual({ sent: 2, end: 'done' });
  });

  it.each(['create', 'once'] as const)('leaves a call of effect %s unanswered', async (effect) => {
    const { run } = await trial(byEffect[effect], [reply, good]);
    expect(await run()).toMatchObject({ sent: 1, end: { kind: 'unanswered' } });
  });
});

const notInTime: unknown = expect.stringContaining('did not answer in time');

describe('no answer in time', () => {
  it('is treated like a broken connection', async () => {
    const effects = ['read', 'idempotent', 'create', 'once'] as const;
    const trials = await Promise.all(effects.map((effect) => trial(byEffect[effect], ['hang', good])));
    expect(await Promise.all(trials.map(({ run }) => run()))).toMatchObject([
      { sent: 2, end: 'done' },
      { sent: 2, end: 'done' },
      { sent: 1, end: { kind: 'unanswered', fault: { code: 'timeout' } } },
      { sent: 1, end: { kind: 'unanswered', refusal: { message: notInTime } } },
    ]);
  });
});

describe('a 429', () => {
  it.each(['read', 'idempotent', 'create', 'once'] as const)(
    'is followed by another try, effect %s',
    async (effect) => {
      const { run, client } = await trial(byEffect[effect], [{ status: 429, json: {} }, good]);
      expect(await run()).toEqual({ sent: 2, end: 'done' });
      expect(client.retried()).toBe(1);
    },
  );

  it('ends a call after six tries with growing waits', async () => {
    const { run, clock } = await trial('getFaces', [{ status: 429, json: {} }]);
    expect(await run()).toMatchObject({ sent: 6, end: { kind: 'refused', fault: { code: 'throttled' } } });
    expect(clock.slept.filter((ms) => ms >= 250)).toEqual([250, 500, 1000, 2000, 4000]);
  });

  it.each([
    ['seconds', () => '7'],
    ['a date', () => 'Thu, 01 Jan 2026 00:00:07 GMT'],
  ])('is followed by the wait it names in %s', async (_, header) => {
    const { run, clock } = await trial('getFaces', [
      { status: 429, json: {}, headers: { 'retry-after': header() } },
      good,
    ]);
    expect(await run()).toMatchObject({ sent: 2, end: 'done' });
    expect(Math.round(clock.now() / 1000) - Date.parse('2026-01-01T00:00:00Z') / 1000).toBe(7);
  });

  it('that asks for an hour ends this call and all further ones', async () => {
    const { run, clock } = await trial('getFaces', [
      { status: 429, json: {}, headers: { 'retry-after': '3600' } },
      good,
    ]);
    const refused = { kind: 'refused', fault: { code: 'throttled' } };
    expect(await run()).toMatchObject({ sent: 1, end: refused });
    expect(await run()).toMatchObject({ sent: 1, end: refused });
    await clock.sleep(3_600_000);
    expect(await run()).toMatchObject({ sent: 2, end: 'done' });
  });
});

describe('a pause', () => {
  it('holds back all calls, not only the one that was told', async () => {
    const busy: Reply = { status: 429, json: {}, headers: { 'retry-after': '9' } };
    const { client, clock } = await trial('getFaces', [busy, good]);
    const start = clock.now();
    const read = (): Promise<number> =>
      client.call({ operation: 'getFaces', id: 'u1', decode: () => clock.now() - start });
    await read();
    expect(await read()).toBeGreaterThanOrEqual(9000);
    expect(clock.slept.filter((ms) => ms > 8000)).toHaveLength(1);
  });
});

describe('a refusal', () => {
  it.each([400, 403, 404, 409])('with %i is final', async (status) => {
    const refusal = { errorCode: 'limit', errorMessage: 'five at most' };
    const { run } = await trial('createFaceAuthenticator', [{ status, json: refusal }]);
    expect(await run()).toMatchObject({
      sent: 1,
      end: { kind: 'refused', refusal: { status, errorCode: 'limit', message: 'five at most' } },
    });
  });

  it('in the other error form is read too', async () => {
    const { run } = await trial('getFaces', [{ status: 409, json: { code: 'c1', message: 'm1', target: null } }]);
    expect(await run()).toMatchObject({ end: { refusal: { status: 409, errorCode: 'c1', message: 'm1' } } });
  });
});

describe('a refusal that follows a try without an answer', () => {
  const no: Reply = { status: 403, json: { errorCode: 'role', errorMessage: 'not allowed' } };

  it('leaves a write unanswered, since the earlier try may have taken effect', async () => {
    const { run } = await trial('updateFace', ['break', { status: 429, json: {} }, no]);
    const message = 'an earlier try was not answered, and then: not allowed';
    expect(await run()).toMatchObject({
      sent: 3,
      end: { kind: 'unanswered', refusal: { status: 403, errorCode: 'role', message } },
    });
  });

  it.each<[string, OperationName, Reply]>([
    ['a read', 'getFaces', 'break'],
    ['a write that was only throttled', 'updateFace', { status: 429, json: {} }],
  ])('refuses %s', async (_, operation, first) => {
    const { run } = await trial(operation, [first, no]);
    expect(await run()).toMatchObject({
      sent: 2,
      end: { kind: 'refused', refusal: { message: expect.stringContaining('not allowed') } },
    });
  });
});

describe('a tenant that never answers well', () => {
  it('gets six tries a call at first, and single ones when there is no hope', async () => {
    const { run } = await trial('getFaces', [{ status: 500, json: {} }]);
    const sent: number[] = [];
    for (let calls = 1; calls <= 22; calls += 1) sent.push((await run()).sent);
    expect(sent.slice(18).map((count, index) => count - (sent[17 + index] ?? 0))).toEqual([6, 6, 1, 1]);
  });

  it('that answers with pages gets three', async () => {
    const { run } = await trial('getFaces', [{ text: '<html>' }]);
    expect(await run()).toMatchObject({ sent: 3, end: { fault: { code: 'not-json' } } });
  });
});

describe('an answer of the wrong shape', () => {
  it('is not asked for again', async () => {
    const { tenant, client } = await trial('getFaces', [{ json: { faces: [] } }]);
    const { readFaces } = await import('../../src/provider/faces/faces.ts');
    expect(await rejection(readFaces(client, 'u1'))).toMatchObject({ fault: { code: 'wrong-shape' } });
    expect(tenant.count('GET /api/web/v1/users/u1/faces')).toBe(1);
  });
});

describe('time in which nobody calls', () => {
  it('is not a wait for the tenant', async () => {
    const fails: Reply = { status: 500, json: {} };
    const { run, clock } = await trial('getFaces', [...Array.from({ length: 6 }, () => fails), fails, good]);
    expect(await run()).toMatchObject({ sent: 6, end: { fault: { code: 'server-error' } } });
    await clock.sleep(3_600_000);
    expect(await run()).toMatchObject({ sent: 8, end: 'done' });
  });
});
