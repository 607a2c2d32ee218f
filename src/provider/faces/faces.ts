import { sealed, type Face } from '../../model/face.ts';
import type { Spelled } from '../../model/values/given.ts';
import type { Unknown } from '../../model/live.ts';
import { instantOf } from '../../model/instant.ts';
import type { TenantError } from '../../model/failure.ts';
import type { Client } from '../http/client.ts';
import type { AnsweredFace } from './decode-face.ts';
import { isGone, unknownFrom } from '../http/errors.ts';
import { getFaces } from './face-calls.ts';

/** @throws CallError */
export async function readFaces(client: Client, uuid: string): Promise<readonly Face[]> {
  return (await getFaces(client, uuid)).map(faceOf);
}

/** Says why the faces of a user who was just found could not be read: whether they or only the answer is gone is open. */
export function whyUnread(error: TenantError): Unknown {
  const reason = unknownFrom(error);
  return isGone(error) ? { ...reason, code: 'vanished' } : reason;
}

/** Face in the words of the model: dates are whole seconds, since the tenant may cut or add milliseconds. */
export function faceOf(answered: AnsweredFace): Spelled<Face> {
  const { id, status, serialNumber, applicantId, created, expiry, mobile, platform } = answered;
  return sealed({
    id,
    status,
    serialNumber,
    applicantId,
    created: created && instantOf(created),
    expiry: expiry && instantOf(expiry),
    mobile,
    platform,
  });
}
