import type { CreateApi } from '../../model/enrollment.ts';
import { LateError, isFailure, type Failure } from '../../model/failure.ts';
import type { Created, CreateRequest } from '../../model/tenant.ts';
import { given, type Spelled } from '../../model/values/given.ts';
import type { Client } from '../http/client.ts';
import { createFace, createFaceAuthenticator, type About } from './face-calls.ts';
import { FaceSearch, orNothing } from './face-search.ts';
import { faceOf, readFaces } from './faces.ts';
import { advised, mayLackPath } from '../http/errors.ts';
import type { FaceCreateParms } from '../generated/face-api.generated.ts';
import { operations } from '../operations.ts';

const sends = 6;

/**
 * Creates a face and sees to it that there is one, and one e-mail: where the answer is lost, the face is looked for
 * before the create is sent again. The API has no idempotency key. A create that the tenant put off is not sent again
 * where somebody else's face has come meanwhile.
 *
 * @throws LateError where the reading that the create stands on was too old when its turn came: nothing was sent.
 * @throws TenantError: `unanswered` where it could not be found out whether the face is there.
 */
export async function createExactlyOnce(
  client: Client,
  request: CreateRequest,
  createApi: CreateApi,
): Promise<Created> {
  const search = new FaceSearch(client, request);
  const about = {
    key: request.key,
    mayRepeat: () => search.showsNothingNew(),
    isLate: () => search.isOutdated(),
  };
  let lost: Failure | undefined;
  for (let sent = 1; ; sent += 1) {
    try {
      return await send[createApi](client, request, about);
    } catch (error) {
      // What was too late after a lost answer is looked for again, as that answer's.
      const failure = error instanceof LateError ? lost : error;
      if (!isFailure(failure)) throw error;
      if (lost === undefined) {
        if (search.found !== undefined) return { face: search.found, via: 'found' };
        // Refused, and no earlier try whose fate is unknown: there is nothing to look for.
        if (failure.kind !== 'unanswered') throw await explained(client, request, failure);
      }
      const face = await search.lookFor(failure);
      if (face !== undefined) return { face, via: 'adopted' };
      if (failure.kind !== 'unanswered' || sent === sends) throw failure;
      lost = failure;
      if (error instanceof LateError) {
        sent -= 1;
        search.wasLate();
      }
    }
  }
}

type Send = (client: Client, request: CreateRequest, about: About) => Promise<Created>;

const send: Readonly<Record<CreateApi, Send>> = {
  v1: async (client, request, about) => {
    const answered = await createFace(client, request.uuid, parmsOf(request), about);
    return { face: faceOf(answered), via: 'answer' };
  },
  v2: async (client, request, about) => {
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
  return (await orNothing(readFaces(client, uuid))) !== undefined;
}
