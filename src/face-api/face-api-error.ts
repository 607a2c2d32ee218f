import type { Unknown } from '../model/live.ts';
import { CallError, operations } from '../provider/index.ts';
import { plain } from '../report/text/escape.ts';

/** The vendor's seven operations, by name. */
export type FaceOperation =
  | 'createFaceAuthenticator'
  | 'createFace'
  | 'deleteFace'
  | 'getFaces'
  | 'getUserFaceSettings'
  | 'sendFaceActivationEmail'
  | 'updateFace';

/**
 * Why an operation failed.
 *
 * - `invalid-argument`: the arguments are wrong, and nothing was sent.
 * - `closed`: the `FaceApi` is closed, or its signal was aborted.
 * - `unauthorized`, `forbidden`: the tenant refused the credentials, or the role lacks a permission.
 * - `refused`: the tenant said no for another reason; see `status` and `errorCode`.
 * - `throttled`, `server-error`, `timeout`, `unreachable`: there was no usable answer.
 * - `not-json`, `wrong-shape`: the answer is not what the vendor's contract says.
 */
export type FaceApiErrorCode = 'invalid-argument' | 'closed' | Unknown['code'];

export interface FaceApiErrorFacts {
  readonly operation: FaceOperation;
  readonly code: FaceApiErrorCode;
  readonly status?: number | undefined;
  readonly errorCode?: string | undefined;
  readonly path?: string | undefined;
  readonly retryable: boolean;
  readonly outcome: 'none' | 'unknown';
}

/** Failure of one operation. It holds facts only: no headers, no bodies, no secrets. */
export class FaceApiError extends Error {
  override readonly name = 'FaceApiError';
  readonly operation: FaceOperation;
  readonly code: FaceApiErrorCode;
  /** HTTP status of the answer; undefined where there was none. */
  readonly status: number | undefined;
  /** The vendor's code for the cause; the vendor publishes no catalogue of them. */
  readonly errorCode: string | undefined;
  /** What does not fit: in the arguments, such as `parms.expiry`, or in the answer, such as `[3].status`. */
  readonly path: string | undefined;
  /** Whether the same call may succeed later, and may be repeated without doing its work twice. */
  readonly retryable: boolean;
  /** `unknown`: the tenant may have done what was asked, since its answer was lost or unreadable. `none`: it has not. */
  readonly outcome: 'none' | 'unknown';

  constructor(message: string, facts: FaceApiErrorFacts) {
    super(`${facts.operation}: ${plain(message)}`);
    this.operation = facts.operation;
    this.code = facts.code;
    this.status = facts.status;
    this.errorCode = facts.errorCode;
    this.path = facts.path;
    this.retryable = facts.retryable;
    this.outcome = facts.outcome;
  }
}

/** Translates an error of the client; any other is a bug, and goes on as it is. */
export function asFaceApiError(operation: FaceOperation, error: unknown, session: 'open' | 'closed'): unknown {
  if (!(error instanceof CallError)) return error;
  const isRead = operations[operation].effect === 'read';
  const outcome = error.kind === 'unanswered' && !isRead ? 'unknown' : 'none';
  const { status, errorCode } = error.refusal;
  const facts = { operation, status, errorCode, outcome } as const;
  const message = [status, errorCode, error.message].filter((part) => part !== undefined).join(' ');
  if (session === 'closed' && status === undefined)
    return new FaceApiError(message, { ...facts, code: 'closed', retryable: false });
  const { code, passes, path } = error.fault;
  const mayRepeat = outcome === 'none' || operations[operation].effect === 'idempotent';
  return new FaceApiError(message, { ...facts, code, path, retryable: mayRepeat && passes !== 'never' });
}
