import { isKnownStatus } from '../model/face.ts';
import { getFaces, getUserFaceSettings, type Client, type FaceAuthenticator } from '../provider/index.ts';
import type { FaceStatus, OperationName, UserFaceSettings } from '../provider/index.ts';
import { checkId } from './check-parms.ts';
import { asFaceApiError, FaceApiError, type FaceOperation } from './face-api-error.ts';
import { openFaceClient, type FaceApiOptions } from './open-face-client.ts';

const readOperations: ReadonlySet<OperationName> = new Set<OperationName>([
  'authenticate',
  'getFaces',
  'getUserFaceSettings',
]);

/** The vendor's two read operations for faces. The transport refuses every other call. */
export class FaceReader {
  readonly #client: Client;
  #session: 'open' | 'closed' = 'open';
  /** Lets go of the signal, which may live much longer. */
  #release: () => void = () => undefined;

  /**
   * Sends nothing before the first call.
   *
   * @throws TypeError where the tenant URL or the credentials cannot be used.
   */
  constructor(options: FaceApiOptions) {
    this.#client = openFaceClient(options, this.allowed());
    const { signal } = options;
    if (signal === undefined) return;
    const abort = (): void => void this.close();
    this.#release = () => {
      signal.removeEventListener('abort', abort);
    };
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  }

  /**
   * Lists the faces of a user: `GET /api/web/v1/users/{userid}/faces`, permission FACE:VIEW.
   *
   * @param userId UUID of the user, not the login.
   * @returns all faces of the user, in the tenant's order; an empty array where there are none.
   * @throws FaceApiError `invalid-argument` before the call. Status 400: invalid request. 401: a new token was refused
   *   too. 403: the role lacks FACE:VIEW, or may not see the user. 404: no such user. 409: conflict.
   */
  getFaces(userId: string): Promise<FaceAuthenticator[]> {
    return this.run('getFaces', async (client) => {
      checkId('getFaces', 'userId', userId);
      const faces = await getFaces(client, userId);
      return faces.map((face, index) => withKnownStatus('getFaces', face, `[${index}].status`));
    });
  }

  /**
   * Reads the face settings that the tenant resolved for a user: `GET /api/web/v1/users/{userid}/settings/face`,
   * permission FACE:VIEW.
   *
   * @param userId UUID of the user, not the login.
   * @returns `lifetime` in days. Whether it counts from creation or from activation is not documented, nor what zero means.
   * @throws FaceApiError `invalid-argument` before the call. Status 400: invalid request. 401: a new token was refused
   *   too. 403: the role lacks FACE:VIEW, or may not see the user. 404: no such user. 409: conflict.
   */
  getUserFaceSettings(userId: string): Promise<UserFaceSettings> {
    return this.run('getUserFaceSettings', async (client) => {
      checkId('getUserFaceSettings', 'userId', userId);
      return getUserFaceSettings(client, userId);
    });
  }

  /** Breaks calls that are in flight or waiting, and refuses later ones with code `closed`. */
  async close(): Promise<void> {
    this.#session = 'closed';
    this.#release();
    await this.#client.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Operations that the transport lets through. */
  protected allowed(): ReadonlySet<OperationName> {
    return readOperations;
  }

  /** @throws FaceApiError in place of the client's errors. */
  protected async run<T>(operation: FaceOperation, work: (client: Client) => Promise<T>): Promise<T> {
    try {
      return await work(this.#client);
    } catch (error) {
      throw asFaceApiError(operation, error, this.#session);
    }
  }
}

/** @throws FaceApiError where the status is not in the vendor's contract. */
export function withKnownStatus<T extends { readonly id: string; readonly status: string }>(
  operation: FaceOperation,
  face: T,
  path: string,
): T & { readonly status: FaceStatus } {
  const { status } = face;
  if (isKnownStatus(status)) return { ...face, status };
  const isRead = operation === 'getFaces';
  throw new FaceApiError(`${path} of face ${face.id} is the unknown status "${status.slice(0, 80)}"`, {
    operation,
    code: 'wrong-shape',
    path,
    retryable: false,
    outcome: isRead ? 'none' : 'unknown',
  });
}
