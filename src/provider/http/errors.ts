import type { Unknown } from '../../model/live.ts';
import type { Refusal } from '../../model/outcome.ts';
import { TenantError, type TenantErrorKind } from '../../model/failure.ts';

/** What went wrong with one call, as far as a further try and the report need to know. */
export interface Fault {
  readonly code: Unknown['code'];
  /** Whether the tenant may have acted on the call. `no` is certain. */
  readonly processed: 'no' | 'maybe';
  /** Whether another try may end better; `briefly` stands for an odd answer that one or two more tries settle. */
  readonly passes: 'never' | 'briefly' | 'with-time';
  /** Set where a later run may end better, though it is no use to try again within this one. */
  readonly laterRun?: 'may succeed' | undefined;
  readonly refusal: Refusal;
  /** What kind of body a refusal came with; a gateway's page is no word of the tenant. */
  readonly body?: 'json' | 'empty' | 'other' | undefined;
  /** Path of the invalid value in an answer, such as `[3].status`. */
  readonly path?: string | undefined;
  /** How long the tenant asked to be left alone. */
  readonly retryAfterMs?: number | undefined;
}

/** A call that failed. It keeps no cause, since the HTTP library's errors may hold bytes of the answer. */
export class CallError extends TenantError {
  readonly fault: Fault;
  /** Method and path template, such as `GET /api/web/v1/users/{id}/faces`. */
  readonly call: string;
  override readonly again: TenantError['again'];

  constructor(call: string, fault: Fault, kind: TenantErrorKind = kindOf(fault)) {
    super(kind, fault.refusal);
    this.fault = fault;
    this.call = call;
    this.again = fault.passes === 'with-time' || fault.laterRun !== undefined ? 'helps' : 'does not help';
  }
}

function kindOf(fault: Fault): TenantErrorKind {
  return fault.processed === 'maybe' ? 'unanswered' : 'refused';
}

/** Says why a user could not be read. */
export function unknownFrom(error: TenantError): Unknown {
  if (!(error instanceof CallError)) return { code: 'refused', message: error.message };
  return { code: error.fault.code, message: `${error.call}: ${sentenceOf(error.refusal)}` };
}

function sentenceOf({ status, errorCode, message }: Refusal): string {
  const answer = [status, errorCode].filter((part) => part !== undefined).join(' ');
  return answer === '' ? message : `${answer}: ${message}`;
}

/**
 * Whether a look-up was answered with "there is no such thing": 404, or 400 with the vendor's error body. Which of the
 * two a miss gets is not documented. A gateway's page with status 404 says nothing about the user.
 */
export function isMiss(error: unknown): boolean {
  if (!(error instanceof CallError) || error.fault.body !== 'json') return false;
  const { status, errorCode } = error.refusal;
  return status === 404 || (status === 400 && errorCode !== undefined);
}

/** Whether what a delete or a list of faces speaks of is gone. */
export function isGone(error: unknown): boolean {
  return error instanceof CallError && error.refusal.status === 404 && error.fault.body !== 'other';
}

/**
 * Whether an answer may say that the tenant has no such path, rather than no such user: 405, or 404. A 404 with the
 * vendor's error body may mean either.
 */
export function mayLackPath(error: unknown): error is CallError {
  return error instanceof CallError && (error.refusal.status === 405 || error.refusal.status === 404);
}

/** The same error with advice added to its message. */
export function advised(error: CallError, advice: string): CallError {
  const { call, fault, kind } = error;
  return new CallError(
    call,
    { ...fault, refusal: { ...fault.refusal, message: `${fault.refusal.message}; ${advice}` } },
    kind,
  );
}

/** Whether a delete found nothing left to delete after an earlier try whose answer was lost. */
export function isDeletedByLostTry(error: unknown): boolean {
  return isGone(error) && error instanceof CallError && error.fault.processed === 'maybe';
}
