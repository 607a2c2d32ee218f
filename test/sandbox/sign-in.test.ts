import { describe, expect, it } from 'vitest';
import { caller, send, textAt } from './caller.ts';

const path = '/api/web/v1/adminapi/authenticate';
const general = '/api/web/v1/settings/general';

describe('signing in', () => {
  it('gives a token and when it expires', async () => {
    const { sandbox } = await caller({ clock: () => Date.parse('2026-06-01T09:00:00Z') });
    const { applicationId, sharedSecret } = sandbox;
    const { status, body } = await send(sandbox, 'POST', path, { body: { applicationId, sharedSecret } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ creationTime: '2026-06-01T09:00:00Z', expirationTime: '2026-06-01T09:15:00Z' });
  });

  it('with a wrong secret is refused', async () => {
    const { sandbox } = await caller();
    const { applicationId } = sandbox;
    const reply = await send(sandbox, 'POST', path, { body: { applicationId, sharedSecret: 'x' } });
    expect(reply).toMatchObject({ status: 401, body: { errorCode: 'invalid_credentials' } });
  });

  it('gives a token that works bare as well', async () => {
    const { sandbox } = await caller();
    const { applicationId, sharedSecret } = sandbox;
    const { body } = await send(sandbox, 'POST', path, { body: { applicationId, sharedSecret } });
    expect(await send(sandbox, 'GET', general, { authorization: textAt(body, 'authToken') })).toMatchObject({
      status: 200,
    });
  });
});

describe('a call', () => {
  it('without a token is refused', async () => {
    const { sandbox } = await caller();
    expect(await send(sandbox, 'GET', general, {})).toMatchObject({
      status: 401,
      body: { errorCode: 'access_denied' },
    });
  });

  it('with a token that has expired is refused', async () => {
    const { sandbox, call } = await caller({ tokenLifetimeSeconds: 60 });
    sandbox.tenant.advance(59_000);
    expect(await call('GET', general)).toMatchObject({ status: 200 });
    sandbox.tenant.advance(1000);
    expect(await call('GET', general)).toMatchObject({ status: 401 });
  });

  it('with a token that was revoked is refused', async () => {
    const { sandbox, call } = await caller();
    sandbox.tenant.revokeTokens();
    expect(await call('GET', general)).toMatchObject({ status: 401 });
  });

  it('to an unknown address is answered 404 with an error of the vendor', async () => {
    const { call } = await caller();
    expect(await call('GET', '/api/web/v9/nothing')).toMatchObject({ status: 404, body: { errorCode: 'not_found' } });
  });

  it('whose body is not JSON is answered 400', async () => {
    const { call } = await caller();
    expect(await call('POST', '/api/web/v3/users/userid', '{"userId":')).toMatchObject({ status: 400 });
  });

  it('whose body is too large is answered 413', async () => {
    const { call } = await caller();
    expect(await call('POST', '/api/web/v3/users/userid', { userId: 'x'.repeat(5_000_000) })).toMatchObject({
      status: 413,
    });
  });
});

const calls = [
  ['USERS:VIEW', 'POST', '/api/web/v3/users/userid', { userId: 'alice' }],
  ['USERS:VIEW', 'POST', '/api/web/v4/userspaged', {}],
  ['GROUPS:VIEW', 'GET', '/api/web/v1/groups', undefined],
  ['FACE:VIEW', 'GET', '/api/web/v1/users/ALICE/faces', undefined],
  ['FACE:VIEW', 'GET', '/api/web/v1/users/ALICE/settings/face', undefined],
  ['FACE:ADD', 'POST', '/api/web/v2/users/ALICE/face', { returnQRCode: true }],
  ['FACE:ADD', 'POST', '/api/web/v1/users/ALICE/face', { returnQRCode: true }],
  ['FACE:ADD', 'PUT', '/api/web/v1/face/WAITING/activation', undefined],
  ['FACE:EDIT', 'PUT', '/api/web/v1/users/ALICE/face', { id: 'waiting', status: 'DISABLED' }],
  ['FACE:REMOVE', 'DELETE', '/api/web/v1/face/WAITING', undefined],
  ['SETTINGS:VIEW', 'GET', general, undefined],
] as const;

describe('a role', () => {
  it.each(calls)('with %s alone may %s %s', async (permission, method, address, body) => {
    const users = [{ login: 'alice', id: 'alice-id', email: 'a@example.com' }];
    const { sandbox, call } = await caller({ seed: { users }, permissions: [permission] });
    sandbox.tenant.addFace('alice', { id: 'waiting', status: 'NEW' });
    const there = address.replace('ALICE', 'alice-id').replace('WAITING', 'waiting');
    expect(await call(method, there, body)).toMatchObject({ status: 200 });
  });

  it.each(calls)('that lacks %s may not %s %s', async (permission, method, address, body) => {
    const all = new Set(calls.map(([needed]) => needed));
    const { call } = await caller({ permissions: [...all].filter((other) => other !== permission) });
    expect(await call(method, address, body)).toMatchObject({ status: 403, body: { errorCode: 'permission_denied' } });
  });
});
