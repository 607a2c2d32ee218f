import type { CreateApi } from '../../model/enrollment.ts';
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
 * before the create is sent again. The API has no idempotency key. A create that the tenant put off is not sent again
 * where somebody else's face has come meanwhile.
 *
 * @throws TenantError: `unanswered` where it could not be found out whether the face is there.
 */
export async function createExactlyOnce(
  client: Client,
  request: CreateRequest,
  createApi: CreateApi,
): Promise<Created> {
  let found: Face | undefined;
  const mayRepeat = async (): Promise<boolean> => {
    const reading = await tryToRead(client, request.uuid);
    found = reading?.find((face) => request.likeness(face) === 'sure');
    return reading !== undefined && found === undefined;
  };
  for (let sent = 1; ; sent += 1) {
    try {
      return await send[createApi](client, request, mayRepeat);
    } catch (error) {
      if (!isFailure(error)) throw error;
      if (found !== undefined && sent === 1) return { face: found, via: 'found' };
      // Refused, and no earlier try whose fate is unknown: there is nothing to look for.
      if (error.kind !== 'unanswered' && sent === 1) throw await explained(client, request, error);
      const face = await lookFor(client, request, error);
      if (face !== undefined) return { face, via: 'adopted' };
      if (error.kind !== 'unanswered' || sent === sends) throw error;
    }
  }
}

type Send = (client: Client, request: CreateRequest, mayRepeat: () => Promise<boolean>) => Promise<Created>;

const send: Readonly<Record<CreateApi, Send>> = {
  v1: async (client, request, mayRepeat) => {
    const answered = await createFace(client, request.uuid, parmsOf(request), { key: request.key, mayRepeat });
    return { face: faceOf(answered), via: 'answer' };
  },
  v2: async (client, request, mayRepeat) => {
    const about = { key: request.key, mayRepeat };
    const answered = await createFaceAuthenticator(client, request.uuid, parmsOf(request), about);
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
  return (await tryToRead(client, uuid)) !== undefined;
}

async function tryToRead(client: Client, uuid: string): Promise<readonly Face[] | undefined> {
  try {
    return await readFaces(client, uuid);
  } catch (error) {
    if (error instanceof TenantError) return undefined;
    throw error;
  }
}

/** @throws TenantError of kind unanswered where the reading fails, since then nobody knows. */
async function lookFor(client: Client, request: CreateRequest, lost: Failure): Promise<Face | undefined> {
  // A refusal after a lost answer may come from the face that the lost call made; that one shows by now.
  const waits = lost.kind === 'unanswered' ? lookAgainAfterMs : lookAgainAfterMs.slice(0, 1);
  for (const wait of waits) {
    await client.clock.sleep(wait);
    const like = (await readAgain(client, request.uuid, lost)).filter((face) => request.likeness(face) !== 'none');
    const face = newest(like.filter((each) => request.likeness(each) === 'sure'));
    if (face !== undefined) return face;
    if (like.length > 0) throw unclear(lost);
  }
  return undefined;
}

/** Neither can such a face be taken for the new one, nor may another be asked for. */
function unclear({ refusal }: Failure): TenantError {
  const message = `${refusal.message}; a new face has come that may be the one that was asked for`;
  return new TenantError('unanswered', { ...refusal, message });
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

function newest(faces: readonly Face[]): Face | undefined {
  return faces.toSorted((a, b) => (b.created ?? 0) - (a.created ?? 0) || compareText(a.id, b.id))[0];
}
