import type { Refusal } from './outcome.ts';

/** `refused`: the tenant said no. `unanswered`: nobody knows whether a write took effect. `unusable`: no call can succeed. */
export type TenantErrorKind = 'refused' | 'unanswered' | 'unusable';

/** The tenant, or the way to it, failed. It holds facts for the report: no headers, no bodies. */
export class TenantError extends Error {
  override readonly name = 'TenantError';
  readonly kind: TenantErrorKind;
  readonly refusal: Refusal;
  /** Whether the same call may succeed later, though nothing is changed. */
  readonly again: 'helps' | 'does not help' = 'does not help';

  constructor(kind: TenantErrorKind, refusal: Refusal, options?: ErrorOptions) {
    super(refusal.message, options);
    this.kind = kind;
    this.refusal = refusal;
  }
}

/**
 * This machine failed, not the tenant: a token cannot be read, the journal or an activation cannot be written, or the
 * address to call is none. Unlike a bug it ends one change, or one command, with its message.
 */
export class LocalError extends Error {
  override readonly name = 'LocalError';
  readonly kind = 'local';
  /** What the report says in place of a word of the tenant's. */
  readonly refusal: Refusal;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.refusal = { message };
  }
}

/** A call was not sent, since what it stands on was too old when its turn came. The caller looks again. */
export class LateError extends Error {
  override readonly name = 'LateError';
}

/** What ends a change, or a command, and is no bug. */
export type Failure = TenantError | LocalError;

export function isFailure(error: unknown): error is Failure {
  return error instanceof TenantError || error instanceof LocalError;
}
