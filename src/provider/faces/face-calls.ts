import { formatInstant, instantOf } from '../../model/instant.ts';
import { Secret } from '../../model/values/secret.ts';
import type { Call, Client } from '../http/client.ts';
import { ignoreBody } from '../decode.ts';
import {
  decodeCreated,
  decodeFace,
  decodeFaces,
  decodeUserFaceSettings,
  type AnsweredCreate,
  type AnsweredFace,
} from './decode-face.ts';
import type { FaceCreateParms, FaceUpdateParms, UserFaceSettings } from '../generated/face-api.generated.ts';
import type { JsonBody } from '../http/json-body.ts';

// The vendor's seven face operations. The plan, apply and resend ports stand on them, and so does `FaceApi`.
// Each throws a CallError. `key` names the change that a write belongs to, for the journal.

/** What belongs to a write beside what is sent. */
export type About = Pick<Call<unknown>, 'key' | 'purpose' | 'mayRepeat' | 'isLate'>;

export function createFaceAuthenticator(
  client: Client,
  userId: string,
  parms: FaceCreateParms,
  about: About = {},
): Promise<AnsweredCreate> {
  const body = createBody(parms);
  return client.call({ operation: 'createFaceAuthenticator', id: userId, body, decode: decodeCreated, ...about });
}

export function createFace(
  client: Client,
  userId: string,
  parms: FaceCreateParms,
  about: About = {},
): Promise<AnsweredFace> {
  return client.call({ operation: 'createFace', id: userId, body: createBody(parms), decode: decodeFace, ...about });
}

export function deleteFace(client: Client, faceId: string, about: About = {}): Promise<void> {
  return client.call({ operation: 'deleteFace', id: faceId, decode: ignoreBody, ...about });
}

export function getFaces(client: Client, userId: string): Promise<readonly AnsweredFace[]> {
  return client.call({ operation: 'getFaces', id: userId, decode: decodeFaces });
}

export function getUserFaceSettings(client: Client, userId: string): Promise<UserFaceSettings> {
  return client.call({ operation: 'getUserFaceSettings', id: userId, decode: decodeUserFaceSettings });
}

export function sendFaceActivationEmail(client: Client, faceId: string, key = ''): Promise<void> {
  return client.call({ operation: 'sendFaceActivationEmail', id: faceId, key, decode: ignoreBody });
}

export function updateFace(client: Client, userId: string, parms: FaceUpdateParms, key = ''): Promise<void> {
  return client.call({ operation: 'updateFace', id: userId, body: updateBody(parms), key, decode: ignoreBody });
}

function createBody({ encryptedBiometricToken: token, ...parms }: FaceCreateParms): JsonBody {
  if (token === undefined) return parms;
  const { customerUserId, encryptedBiometricToken: value } = token;
  const secret = value instanceof Secret ? value : new Secret(value);
  return { ...parms, encryptedBiometricToken: { customerUserId, encryptedBiometricToken: secret } };
}

/** Body with the expiry in whole seconds and `Z`, the form that the vendor's samples have. */
function updateBody({ expiry, ...parms }: FaceUpdateParms): JsonBody {
  return expiry === undefined ? parms : { ...parms, expiry: formatInstant(instantOf(expiry)) };
}
