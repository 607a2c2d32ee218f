import { describe, expect, it } from 'vitest';
import { FaceApi, FaceApiError } from '../../src/face-api.ts';
import { rejection } from '../support/provider/session.ts';
import { faceId, onScript, sharedSecret, userId } from './open.ts';

/** Calls a method as plain JavaScript does, whatever its types say. */
async function call(api: FaceApi, name: string, args: readonly unknown[]): Promise<unknown> {
  const method: unknown = Reflect.get(api, name);
  if (typeof method !== 'function') throw new Error(`there is no ${name}`);
  const result: unknown = await Reflect.apply(method, api, args);
  return result;
}

const token = { customerUserId: 'c', encryptedBiometricToken: 't' };

describe('wrong arguments', () => {
  it.each<readonly [path: string, name: string, args: readonly unknown[]]>([
    ['userId', 'getFaces', ['alice']],
    ['userId', 'getFaces', [undefined]],
    ['userId', 'getUserFaceSettings', [`${userId}/../x`]],
    ['userId', 'createFaceAuthenticator', ['', { deliverActivationEmail: true }]],
    ['userId', 'updateFace', [7, { id: faceId, status: 'ACTIVE' }]],
    ['faceId', 'deleteFace', ['not-a-uuid']],
    ['faceId', 'sendFaceActivationEmail', [null]],
    ['parms', 'createFaceAuthenticator', [userId, {}]],
    ['parms', 'createFaceAuthenticator', [userId]],
    ['parms', 'createFace', [userId, { applicantId: undefined }]],
    ['parms', 'createFace', [userId, []]],
    ['parms.mobile', 'createFace', [userId, { mobile: true }]],
    ['parms.applicantId', 'createFace', [userId, { applicantId: '' }]],
    ['parms.deliverActivationEmail', 'createFaceAuthenticator', [userId, { deliverActivationEmail: 'yes' }]],
    ['parms.encryptedBiometricToken', 'createFaceAuthenticator', [userId, { encryptedBiometricToken: 't' }]],
    [
      'parms.encryptedBiometricToken.customerUserId',
      'createFaceAuthenticator',
      [userId, { encryptedBiometricToken: { ...token, customerUserId: undefined } }],
    ],
    [
      'parms.encryptedBiometricToken.encryptedBiometricToken',
      'createFaceAuthenticator',
      [userId, { encryptedBiometricToken: { ...token, encryptedBiometricToken: 7 } }],
    ],
    ['parms', 'updateFace', [userId, {}]],
    ['parms', 'updateFace', [userId, { id: faceId }]],
    ['parms.id', 'updateFace', [userId, { status: 'ACTIVE' }]],
    ['parms.id', 'updateFace', [userId, { id: '1', status: 'ACTIVE' }]],
    ['parms.status', 'updateFace', [userId, { id: faceId, status: 'SLEEPING' }]],
    ['parms.expiry', 'updateFace', [userId, { id: faceId, expiry: '2030-01-01T00:00:00' }]],
    ['parms.expiry', 'updateFace', [userId, { id: faceId, expiry: new Date('soon') }]],
    ['parms.__proto__', 'updateFace', [userId, JSON.parse(`{"id":"${faceId}","status":"ACTIVE","__proto__":{}}`)]],
  ])('are refused before anything is sent: %s of %s', async (path, name, args) => {
    const { api, tenant } = await onScript({});
    const error = await rejection(call(api, name, args));
    expect(error).toBeInstanceOf(FaceApiError);
    expect(error).toMatchObject({
      operation: name,
      code: 'invalid-argument',
      path,
      status: undefined,
      retryable: false,
      outcome: 'none',
    });
    expect(tenant.received).toEqual([]);
  });

  it.each([
    [{ fetch: 'x' }, 'fetch must be a function'],
    [{ signal: 1 }, 'signal must be an AbortSignal'],
    [{ concurency: 3 }, 'there is no option concurency'],
  ])('of the constructor are refused: %j', (wrong, message) => {
    const right = { tenant: 'https://x.us.trustedauth.com', applicationId: 'app', sharedSecret };
    const open = (): unknown => Reflect.construct(FaceApi, [{ ...right, ...wrong }]);
    expect(open).toThrow(message);
  });

  it('of the constructor are refused without the secret', () => {
    const open = (): unknown =>
      Reflect.construct(FaceApi, [{ tenant: 'https://x.us.trustedauth.com', applicationId: 7, sharedSecret }]);
    expect(open).toThrow('applicationId must be a non-empty string');
    expect(open).not.toThrow(sharedSecret);
  });
});
