import type { CreateApi, NewFace } from '../../model/enrollment.ts';
import type { Face } from '../../model/face.ts';
import { TenantError, isFailure, type Failure } from '../../model/failure.ts';
import type { Created, CreateRequest } from '../../model/tenant.ts';
import { given, type Spelled } from '../../model/values/given.ts';
import { compareText } from '../../model/values/order.ts';
import type { Client } from '../http/client.ts';
import { createFace, createFaceAuthenticator } from './face-calls.ts';
import { faceOf, readFaces } from './faces.ts';
import { advised, mayLackPath } from '../http/errors.ts';
import type { FaceCreateParms } from '../generated/face-api.generated.ts';
import { operations } from '../operations.ts';

/** Waits before the user's faces are read again: a write whose answer was lost may show late. */
const lookAgainAfterMs = [500, 1000, 2000] as const;
const sends = 6;

/**
 * Creates a face and sees to it that there is one, and one e-mail: where the answer is lost, the face is looked for
 * before the create is sent again. The API has no idempotency key.
 *
 * @throws TenantError: `unanswered` where it could not be found out whether the face is there.
 */
export async function createExactlyOnce(
  client: Client,
  request: CreateRequest,
  createApi: CreateApi,
): Promise<Created> {
  for (let sent = 1; ; sent += 1) {
    try {
      return await send[createApi](client, request);
    } catch (error) {
      if (!isFailure(error)) throw error;
      // Refused, and no earlier try whose fate is unknown: there is nothing to look for.
      if (error.kind !== 'unanswered' && sent === 1) throw await explained(client, request, error);
      const face = await lookFor(client, request, error);
      if (face !== undefined) return { face, via: 'adopted' };
      if (error.kind !== 'unanswered' || sent === sends) throw error;
    }
  }
}

const send: Readonly<Record<CreateApi, (client: Client, request: CreateRequest) => Promise<Created>>> = {
  v1: async (client, request) => {
    const answered = await createFace(client, request.uuid, parmsOf(request), request.key);
    return { face: faceOf(answered), via: 'answer' };
  },
  v2: async (client, request) => {
    const answered = await createFaceAuthenticator(client, request.uuid, parmsOf(request), request.key);
    const { activationUrl, activationQRCode: activationQrCode } = answered;
    return {
      face: faceOf(answered),
      via: 'answer',
      activationUrl,
      activationQrCode,
    };
  },
};

const sent = given<FaceCreateParms>;
/** All that a create may send; each flow has its own part. */
const unsent: Spelled<FaceCreateParms> = {
  applicantId: undefined,
  workflowRunId: undefined,
  deliverActivationEmail: undefined,
  returnQRCode: undefined,
  encryptedBiometricToken: undefined,
};

function parmsOf({ create, token }: CreateRequest): FaceCreateParms {
  switch (create.flow) {
    case 'mobile': {
      const { activation } = create;
      return sent({ ...unsent, deliverActivationEmail: activation.email, returnQRCode: activation.qrCode });
    }
    case 'web': {
      const { applicantId, workflowRunId } = create;
      return sent({ ...unsent, applicantId, workflowRunId });
    }
    case 'token': {
      if (token === undefined) throw new Error('the token flow needs a token');
      const encryptedBiometricToken = { customerUserId: create.customerUserId, encryptedBiometricToken: token };
      return sent({ ...unsent, encryptedBiometricToken });
    }
  }
}

/** Adds advice where the tenant may lack the second create: 405 or 404 for its path, though the user is there. */
async function explained(client: Client, { uuid }: CreateRequest, error: Failure): Promise<Failure> {
  const { path } = operations.createFaceAuthenticator;
  if (!mayLackPath(error) || !error.call.endsWith(path) || !(await isThere(client, uuid))) return error;
  const lacks = error.refusal.status === 405 ? 'does not have' : 'may not have';
  return advised(error, `the tenant ${lacks} ${error.call}; if so, set tenant.createApi: v1 or pass --create-api v1`);
}

async function isThere(client: Client, uuid: string): Promise<boolean> {
  try {
    await readFaces(client, uuid);
    return true;
  } catch (error) {
    if (error instanceof TenantError) return false;
    throw error;
  }
}

/** @throws TenantError of kind unanswered where the reading fails, since then nobody knows. */
async function lookFor(client: Client, request: CreateRequest, lost: Failure): Promise<Face | undefined> {
  // A refusal after a lost answer may come from the face that the lost call made; that one shows by now.
  const waits = lost.kind === 'unanswered' ? lookAgainAfterMs : lookAgainAfterMs.slice(0, 1);
  for (const wait of waits) {
    await client.clock.sleep(wait);
    const face = newest((await readAgain(client, request.uuid, lost)).filter((each) => isOurs(each, request)));
    if (face !== undefined) return face;
  }
  return undefined;
}

async function readAgain(client: Client, uuid: string, lost: Failure): Promise<readonly Face[]> {
  try {
    return await readFaces(client, uuid);
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    const message = `${lost.refusal.message}; the user's faces could not be read again: ${error.refusal.message}`;
    throw new TenantError('unanswered', { ...lost.refusal, message });
  }
}

function isOurs(face: Face, { create, knownIds }: CreateRequest): boolean {
  return !knownIds.has(face.id) && isOfKind(face, create);
}

/** The vendor does not say what `mobile` is before a face is activated, nor whether a token face has an applicant. */
function isOfKind(face: Face, create: NewFace): boolean {
  switch (create.flow) {
    case 'mobile':
      return face.mobile !== false || isPendingWithoutApplicant(face);
    case 'web':
      return face.applicantId === create.applicantId;
    case 'token':
      return face.mobile !== true;
  }
}

function isPendingWithoutApplicant({ status, applicantId }: Face): boolean {
  return applicantId === undefined && (status === 'NEW' || status === 'ACTIVATING');
}

function newest(faces: readonly Face[]): Face | undefined {
  return faces.toSorted((a, b) => (b.created ?? 0) - (a.created ?? 0) || compareText(a.id, b.id))[0];
}
