import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { connectReader, type ConnectRequest, type Session, type TraceLine } from '../../src/provider/index.ts';
import type { TenantReader } from '../../src/model/tenant.ts';
import { quickClock, rejection, requestTo, sharedSecret } from '../support/provider/session.ts';
import {
  authenticateCall,
  scriptedTenant,
  token,
  type Script,
  type ScriptedTenant,
} from '../support/provider/scripted-tenant.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function against(
  script: Script,
  changes: Partial<ConnectRequest> = {},
): Promise<{
  readonly tenant: ScriptedTenant;
  readonly session: Session<TenantReader>;
}> {
  const tenant = await scriptedTenant(script);
  const session = connectReader(requestTo(tenant.url, changes));
  closers.push(
    () => session.close(),
    () => tenant.close(),
  );
  return { tenant, session };
}

const facesCall = 'GET /api/web/v1/users/u1/faces';
const readTimes = (session: Session<TenantReader>, times: number): Promise<unknown> =>
  Promise.all(Array.from({ length: times }, () => session.tenant.readFaces('u1')));

describe('a token', () => {
  it('is asked for once by many calls at the same time', async () => {
    const { tenant, session } = await against({ [facesCall]: [{ json: [] }] });
    await readTimes(session, 20);
    expect(tenant.count(authenticateCall)).toBe(1);
    expect(tenant.received.at(-1)?.authorization).toBe('Bearer token-1');
  });

  it('that the tenant no longer takes is renewed once for all calls in flight', async () => {
    const { tenant, session } = await against({
      [authenticateCall]: [token('old'), token('new')],
      [facesCall]: ({ authorization }) =>
        authorization === 'Bearer new' ? { json: [] } : { status: 401, json: { errorCode: 'access_denied' } },
    });
    await readTimes(session, 20);
    expect(tenant.count(authenticateCall)).toBe(2);
  });

  it('is renewed before it runs out', async () => {
    const clock = quickClock();
    const { tenant, session } = await against(
      { [authenticateCall]: [token('a', 900), token('b', 900)], [facesCall]: [{ json: [] }] },
      { clock },
    );
    await session.tenant.readFaces('u1');
    await clock.sleep(860_000);
    await session.tenant.readFaces('u1');
    expect(tenant.count(authenticateCall)).toBe(1);
    await clock.sleep(12_000);
    await session.tenant.readFaces('u1');
    expect(tenant.received.at(-1)?.authorization).toBe('Bearer b');
  });

  it.each([{}, { creationTime: null, expirationTime: 'soon' }, { creationTime: 12, expirationTime: [] }])(
    'with the times %j is used until it is refused',
    async (times) => {
      const { tenant, session } = await against({
        [authenticateCall]: [{ json: { authToken: 't', ...times } }],
        [facesCall]: [{ json: [] }],
      });
      await readTimes(session, 2);
      expect(tenant.count(authenticateCall)).toBe(1);
    },
  );

  it('that is refused twice ends the call', async () => {
    const { tenant, session } = await against({ [facesCall]: [{ status: 401, json: {} }] });
    expect(await rejection(session.tenant.readFaces('u1'))).toMatchObject({
      kind: 'refused',
      refusal: { status: 401 },
    });
    expect(tenant.count(facesCall)).toBe(2);
  });
});

describe('a token that no header may hold', () => {
  it.each(['a\r\nx: b', 'a\nb', 'a\u0000', 'zo\u00eb', '\u65e5\u672c'])('%j ends the session', async (value) => {
    const { tenant, session } = await against({ [authenticateCall]: [token(value)], [facesCall]: [{ json: [] }] });
    const error = await rejection(session.tenant.readFaces('u1'));
    expect(error).toMatchObject({ kind: 'unusable', fault: { code: 'wrong-shape' } });
    expect(String(error)).toContain('no header may have');
    expect(tenant.count(facesCall)).toBe(0);
  });
});

describe('a tenant that takes no token at all', () => {
  it('is asked for a new one three times only', async () => {
    const { tenant, session } = await against({ [facesCall]: [{ status: 401, json: {} }] });
    for (let calls = 0; calls < 10; calls += 1) await rejection(session.tenant.readFaces('u1'));
    expect(tenant.count(authenticateCall)).toBe(3);
  });
});

describe('credentials that are refused', () => {
  const denial = { errorCode: 'invalid_credentials', errorMessage: `no application has the secret ${sharedSecret}` };

  it.each([400, 401, 403, 404])('with %i are named as such, and sent only once', async (status) => {
    const { tenant, session } = await against({ [authenticateCall]: [{ status, json: denial }] });
    const error = await rejection(readTimes(session, 5));
    expect(error).toMatchObject({ kind: 'unusable', refusal: { status, errorCode: 'invalid_credentials' } });
    expect(String(error)).toContain('refused the credentials');
    await rejection(session.tenant.readFaces('u1'));
    expect(tenant.count(authenticateCall)).toBe(1);
  });

  it('are not what a gateway’s page speaks of', async () => {
    const { session } = await against({ [authenticateCall]: [{ status: 403, text: '<html>blocked</html>' }] });
    const error = await rejection(session.tenant.readFaces('u1'));
    expect(error).toMatchObject({ kind: 'unusable', refusal: { status: 403 } });
    expect(String(error)).toContain('gateway');
  });

  it('never show the secret', async () => {
    const { session } = await against({ [authenticateCall]: [{ status: 401, json: denial }] });
    const error = await rejection(session.tenant.readFaces('u1'));
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(sharedSecret);
  });
});

describe('a trace', () => {
  it('tells each try without header, body or token', async () => {
    const lines: TraceLine[] = [];
    const { session } = await against(
      { [facesCall]: [{ status: 401, json: {} }, { status: 500, json: {} }, 'break', { json: [] }] },
      { onTrace: (line) => lines.push(line) },
    );
    await session.tenant.readFaces('u1');
    expect(lines.map(({ method, path, status, attempt }) => ({ call: `${method} ${path}`, status, attempt }))).toEqual([
      { call: authenticateCall, status: 200, attempt: 1 },
      { call: facesCall, status: 401, attempt: 1 },
      { call: authenticateCall, status: 200, attempt: 1 },
      { call: facesCall, status: 500, attempt: 2 },
      { call: facesCall, status: undefined, attempt: 3 },
      { call: facesCall, status: 200, attempt: 4 },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/token-1|s3cr3t|Bearer/);
  });

  it('of a session shows no secret when the session is inspected', async () => {
    const { session } = await against({ [facesCall]: [{ json: [] }] });
    await session.tenant.readFaces('u1');
    expect(inspect(session, { depth: 20, showHidden: true })).not.toMatch(/token-1|s3cr3t/);
  });
});
