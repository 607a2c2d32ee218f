import {
  createFace,
  createFaceAuthenticator,
  deleteFace,
  isDeletedByLostTry,
  sendFaceActivationEmail,
  updateFace,
  type FaceAuthenticator,
  type FaceCreateParms,
  type FaceCreateResponse,
  type FaceUpdateParms,
  type OperationName,
} from '../provider/index.ts';
import { checkCreate, checkId, checkUpdate } from './check-parms.ts';
import { FaceReader, withKnownStatus } from './face-reader.ts';

const writes: readonly OperationName[] = [
  'createFaceAuthenticator',
  'createFace',
  'deleteFace',
  'sendFaceActivationEmail',
  'updateFace',
];

/**
 * The vendor's seven face operations, over the client that plan and apply use: one token for all calls, one rate for
 * all calls, and every call repeated only where that cannot do its work twice.
 */
export class FaceApi extends FaceReader {
  /** The two operations that read, in a class without the others. */
  static readonly Reader = FaceReader;

  /**
   * Creates a face: `POST /api/web/v2/users/{userid}/face`, permission FACE:ADD. A create whose answer was lost is not
   * repeated: it rejects with outcome `unknown`, and `getFaces` tells whether the face is there.
   *
   * @param userId UUID of the user, not the login.
   * @param parms of one flow: mobile (`deliverActivationEmail`, `returnQRCode`), web (`applicantId`, `workflowRunId`) or
   *   token (`encryptedBiometricToken`). Status and expiry cannot be chosen.
   * @returns the new face. `activationUrl` and `activationQRCode` are returned only here; they are opaque, see `Secret`.
   * @throws FaceApiError `invalid-argument` before the call. Status 400: invalid request. 401: a new token was refused
   *   too. 403: the role lacks FACE:ADD. 404: no such user, or a tenant without this path. 409: conflict. The status
   *   for a user who has as many faces as allowed is not documented.
   */
  createFaceAuthenticator(userId: string, parms: FaceCreateParms): Promise<FaceCreateResponse> {
    const operation = 'createFaceAuthenticator';
    return this.run(operation, async (client) => {
      checkId(operation, 'userId', userId);
      checkCreate(operation, parms);
      return withKnownStatus(operation, await createFaceAuthenticator(client, userId, parms), 'status');
    });
  }

  /**
   * Creates a face: `POST /api/web/v1/users/{userid}/face`, permission FACE:ADD. Like `createFaceAuthenticator`, but the
   * answer has neither an activation URL nor a QR code.
   *
   * @deprecated by the vendor since 5.40; use `createFaceAuthenticator` where the tenant has it.
   * @param userId UUID of the user, not the login.
   * @param parms as in `createFaceAuthenticator`.
   * @returns the new face.
   * @throws FaceApiError `invalid-argument` before the call. Status 400: invalid request. 401: a new token was refused
   *   too. 403: the role lacks FACE:ADD. 404: no such user. 409: conflict.
   */
  createFace(userId: string, parms: FaceCreateParms): Promise<FaceAuthenticator> {
    return this.run('createFace', async (client) => {
      checkId('createFace', 'userId', userId);
      checkCreate('createFace', parms);
      return withKnownStatus('createFace', await createFace(client, userId, parms), 'status');
    });
  }

  /**
   * Deletes a face: `DELETE /api/web/v1/face/{faceid}`, permission FACE:REMOVE. It is repeated where its answer was lost;
   * a 404 after that means that it is done.
   *
   * @param faceId UUID of the face.
   * @returns nothing: the vendor declares no content.
   * @throws FaceApiError `invalid-argument` before the call. Status 400: invalid request. 401: a new token was refused
   *   too. 403: the role lacks FACE:REMOVE. 404: no such face. 409: conflict.
   */
  deleteFace(faceId: string): Promise<void> {
    return this.run('deleteFace', async (client) => {
      checkId('deleteFace', 'faceId', faceId);
      try {
        await deleteFace(client, faceId);
      } catch (error) {
        if (!isDeletedByLostTry(error)) throw error;
      }
    });
  }

  /**
   * Sends the activation e-mail of a face again: `PUT /api/web/v1/face/{faceid}/activation`, permission FACE:ADD. It is
   * never repeated once it may have been sent: it then rejects with outcome `unknown`.
   *
   * @param faceId UUID of the face. Whether a face that is not waiting for its activation is accepted is not documented.
   * @returns nothing: the vendor declares no content.
   * @throws FaceApiError `invalid-argument` before the call. Status 400: invalid request. 401: a new token was refused
   *   too. 403: the role lacks FACE:ADD. 404: no such face. 409: conflict.
   */
  sendFaceActivationEmail(faceId: string): Promise<void> {
    return this.run('sendFaceActivationEmail', async (client) => {
      checkId('sendFaceActivationEmail', 'faceId', faceId);
      await sendFaceActivationEmail(client, faceId);
    });
  }

  /**
   * Changes the status or the expiry of a face: `PUT /api/web/v1/users/{userid}/face`, permission FACE:EDIT. It is
   * repeated where its answer was lost.
   *
   * @param userId UUID of the user, not of the face.
   * @param parms `id` chooses the face. Send status and expiry both: whether an omitted one is left unchanged is not
   *   documented, nor is which statuses the tenant accepts. `expiry` is sent in whole seconds.
   * @returns nothing: the vendor declares no content. Use `getFaces` to see the result.
   * @throws FaceApiError `invalid-argument` before the call. Status 400: invalid request. 401: a new token was refused
   *   too. 403: the role lacks FACE:EDIT. 404: no such user or face. 409: conflict.
   */
  updateFace(userId: string, parms: FaceUpdateParms): Promise<void> {
    return this.run('updateFace', async (client) => {
      checkId('updateFace', 'userId', userId);
      checkUpdate('updateFace', parms);
      await updateFace(client, userId, parms);
    });
  }

  protected override allowed(): ReadonlySet<OperationName> {
    return new Set([...super.allowed(), ...writes]);
  }
}
