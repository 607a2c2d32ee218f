import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { FaceApiError, type FaceApi } from '../../src/face-api.ts';
import { rejection } from '../support/provider/session.ts';
import { authenticateCall, token, type Reply } from '../support/provider/scripted-tenant.ts';
import { faceId, onScript, sharedSecret, userId } from './open.ts';

const face = { id: faceId, status: 'ACTIVE' };
const user = `/api/web/v1/users/${userId}`;
const deleteCall = `DELETE /api/web/v1/face/${faceId}`;
const lost: readonly Reply[] = ['break', 'cut', { status: 500, json: {} }, { text: '<html>' }, { json: {} }];

type Operation = readonly [name: string, call: string, run: (api: FaceApi) => Promise<unknown>];
const creates: readonly Operation[] = [
  [
    'createFaceAuthenticator',
    `POST /api/web/v2/users/${userId}/face`,
    (api) => api.createFaceAuthenticator(userId, { deliverActivationEmail: true }),
  ],
  ['createFace', `POST ${user}/face`, (api) => api.createFace(userId, { deliverActivationEmail: true })],
];
const others: readonly Operation[] = [
  ['getFaces', `GET ${user}/faces`, (api) => api.getFaces(userId)],
  ['getUserFaceSettings', `GET ${user}/settings/face`, (api) => api.getUserFaceSettings(userId)],
  ['updateFace', `PUT ${user}/face`, (api) => api.updateFace(userId, { id: faceId, status: 'DISABLED' })],
  ['deleteFace', deleteCall, (api) => api.deleteFace(faceId)],
  [
    'sendFaceActivationEmail',
    `PUT /api/web/v1/face/${faceId}/activation`,
    (api) => api.sendFaceActivationEmail(faceId),
  ],
];
const good: Readonly<Record<string, unknown>> = { getFaces: [], getUserFaceSettings: { lifetime: 180 } };

describe('a create whose answer was lost', () => {
  it.each(creates.flatMap((create) => lost.map((reply) => [...create, reply] as const)))(
    'says so and is not repeated: %s',
    async (operation, call, run, reply) => {
      const { api, tenant } = await onScript({ [call]: [reply, { json: face }] });
      const error = await rejection(run(api));
      expect(error).toBeInstanceOf(FaceApiError);
      expect(error).toMatchObject({ operation, outcome: 'unknown', retryable: false });
      expect(tenant.count(call)).toBe(1);
    },
  );
});

describe('every operation', () => {
  it.each([...creates, ...others])(
    'names the refusal of the tenant, which it does not ask again: %s',
    async (operation, call, run) => {
      const json = { errorCode: 'some_conflict', errorMessage: 'no\u001b[31m more' };
      const { api, tenant } = await onScript({ [call]: [{ status: 409, json }] });
      const error = await rejection(run(api));
      expect(error).toBeInstanceOf(FaceApiError);
      expect(error).toMatchObject({
        name: 'FaceApiError',
        operation,
        code: 'refused',
        status: 409,
        errorCode: 'some_conflict',
        retryable: false,
        outcome: 'none',
        message: `${operation}: 409 some_conflict no\\u001b[31m more`,
      });
      expect(tenant.count(call)).toBe(1);
    },
  );

  it.each([...creates, ...others])(
    'waits while the tenant is busy, and renews a token that ran out: %s',
    async (operation, call, run) => {
      const json = good[operation] ?? face;
      const { api, tenant } = await onScript({
        [authenticateCall]: [token('first'), token('second')],
        [call]: [{ status: 429, json: {}, headers: { 'retry-after': '0' } }, { status: 401, json: {} }, { json }],
      });
      await run(api);
      expect(tenant.count(call)).toBe(3);
      expect(tenant.received.at(-1)?.authorization).toBe('Bearer second');
    },
  );

  it.each([...creates, ...others])('shows neither secret nor token in an error: %s', async (_, call, run) => {
    const { api } = await onScript({
      [authenticateCall]: [token('t0ken-value')],
      [call]: [{ status: 403, json: { errorCode: 'denied', errorMessage: 'no' } }],
    });
    const error = await rejection(run(api));
    expect(error).toMatchObject({ code: 'forbidden', status: 403 });
    const shown = inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error);
    expect(shown).not.toContain(sharedSecret);
    expect(shown).not.toContain('t0ken-value');
  });

  it.each([...creates, ...others])('sends nothing where the credentials are refused: %s', async (_, call, run) => {
    const { api, tenant } = await onScript({ [authenticateCall]: [{ status: 401, json: {} }] });
    expect(await rejection(run(api))).toMatchObject({ code: 'unauthorized', outcome: 'none', retryable: false });
    expect(tenant.count(call)).toBe(0);
  });
});

describe('a lost answer', () => {
  it('of an e-mail is never followed by another', async () => {
    const call = `PUT /api/web/v1/face/${faceId}/activation`;
    const { api, tenant } = await onScript({ [call]: ['break', {}] });
    const error = await rejection(api.sendFaceActivationEmail(faceId));
    expect(error).toMatchObject({ outcome: 'unknown', retryable: false });
    expect(tenant.count(call)).toBe(1);
  });

  it('of a delete is followed by another, and its 404 means that it is done', async () => {
    const gone: Reply = { status: 404, json: { errorCode: 'not_found' } };
    const { api, tenant } = await onScript({ [deleteCall]: ['break', gone] });
    await api.deleteFace(faceId);
    expect(tenant.count(deleteCall)).toBe(2);
  });

  it('of a read is asked for again', async () => {
    const call = `GET ${user}/faces`;
    const { api, tenant } = await onScript({ [call]: ['break', { json: [face] }] });
    expect(await api.getFaces(userId)).toHaveLength(1);
    expect(tenant.count(call)).toBe(2);
  });
});

describe('a delete of a face that is not there', () => {
  it('is refused with 404', async () => {
    const { api } = await onScript({});
    expect(await rejection(api.deleteFace(faceId))).toMatchObject({ status: 404, code: 'refused', outcome: 'none' });
  });
});

describe('an answer of another shape', () => {
  const call = `GET ${user}/faces`;

  it.each([
    [[face, { id: faceId }], '[1].status'],
    [[face, { ...face, status: 'SLEEPING' }], '[1].status'],
    [[{ ...face, expiry: '2030-01-01T00:00:00' }], '[0].expiry'],
    [{ faces: [] }, ''],
  ])('is named by its path: %j', async (json, path) => {
    const { api } = await onScript({ [call]: [{ json }] });
    const error = await rejection(api.getFaces(userId));
    expect(error).toMatchObject({ code: 'wrong-shape', path, retryable: false, outcome: 'none' });
  });

  it('of a create names the face whose status is unknown', async () => {
    const { api } = await onScript({ [`POST ${user}/face`]: [{ json: { id: faceId, status: 'SLEEPING' } }] });
    const error = await rejection(api.createFace(userId, { deliverActivationEmail: false }));
    expect(error).toMatchObject({ code: 'wrong-shape', path: 'status', outcome: 'unknown' });
    expect(error).toHaveProperty('message', expect.stringContaining(faceId));
  });
});

describe('a session that ends', () => {
  it('by its signal breaks what is in flight, and sends nothing more', async () => {
    const controller = new AbortController();
    const call = `GET ${user}/faces`;
    const { api, tenant } = await onScript({ [call]: ['hang'] }, { signal: controller.signal });
    const ended = rejection(api.getFaces(userId));
    while (tenant.count(call) === 0) await new Promise((done) => setTimeout(done, 5));
    controller.abort();
    expect(await ended).toMatchObject({ code: 'closed', retryable: false, outcome: 'none' });
    expect(await rejection(api.getFaces(userId))).toMatchObject({ code: 'closed' });
    expect(tenant.count(call)).toBe(1);
  });

  it('leaves the outcome of a create in flight unknown', async () => {
    const call = `POST ${user}/face`;
    const { api, tenant } = await onScript({ [call]: ['hang'] });
    const ended = rejection(api.createFace(userId, { deliverActivationEmail: false }));
    while (tenant.count(call) === 0) await new Promise((done) => setTimeout(done, 5));
    await api.close();
    expect(await ended).toMatchObject({ code: 'closed', outcome: 'unknown' });
  });
});
