import type { RetryAfter } from './retry-after.ts';
import type { OperationName } from './routes.ts';

/**
 * Faults by when they strike.
 *
 * - `instead`: the tenant does nothing; the caller gets this in place of an answer.
 * - `within`: the tenant does something else than it was asked.
 * - `after`: the tenant does what it was asked; its answer is lost or spoilt.
 */
export const faultStages = {
  /** The token is refused, and is void from then on. */
  '401': 'instead',
  '403': 'instead',
  '404': 'instead',
  '409': 'instead',
  '429': 'instead',
  '500': 'instead',
  '502-html': 'instead',
  '503': 'instead',
  /** No answer until the sandbox is closed. */
  hang: 'instead',
  /** The socket is destroyed. */
  reset: 'instead',
  /** 200 with a page of HTML, as from a captive portal. */
  html: 'instead',
  /** 302 to `/login` of the same server. */
  redirect: 'instead',
  /** The right answer to a write, which is not carried out; its e-mails are not sent. */
  'accepted-not-done': 'within',
  /** A page of one entry, however many were asked for; the next cursor is right. */
  'short-page': 'within',
  /** The next cursor is the one just used, again and again. Lasts until cleared unless `times` is given. */
  'repeated-cursor': 'after',
  'reset-after-commit': 'after',
  '500-after-commit': 'after',
  'hang-after-commit': 'after',
  /** The body ends, with the connection, before its Content-Length is reached. */
  truncated: 'after',
  /** 200 and JSON, but an array where the vendor has an object, and the other way round. */
  'wrong-shape': 'after',
  /** 200 that calls itself JSON and is not. */
  'not-json': 'after',
} as const satisfies Readonly<Record<string, 'instead' | 'within' | 'after'>>;

export type FaultKind = keyof typeof faultStages;
export type FaultOf<Stage> = {
  [K in FaultKind]: (typeof faultStages)[K] extends Stage ? K : never;
}[FaultKind];

/** A fault to be scripted. */
export interface Fault {
  readonly kind: FaultKind;
  /** Strikes this operation alone; without it, every one, authentication included. */
  readonly operation?: OperationName | undefined;
  /** Strikes only calls whose path contains this, such as a user's UUID. */
  readonly path?: string | undefined;
  /** The first call to strike, counted from 0 over the calls that fit and came after the fault was set. Default 0. */
  readonly at?: number | undefined;
  /** How many calls in a row to strike; default 1. Infinity is allowed. */
  readonly times?: number | undefined;
  /** With 429 and 503; default: the sandbox's own. */
  readonly retryAfter?: RetryAfter | undefined;
  /** Default 1. */
  readonly retryAfterSeconds?: number | undefined;
}

/** The faults that are set. Where several would strike one call, the one that was set first does. */
export class FaultScript {
  readonly #set = new Map<Fault, number>();

  add(fault: Fault): void {
    this.#set.set({ ...fault }, 0);
  }

  clear(): void {
    this.#set.clear();
  }

  /** The fault to strike this call with, if any. Counts the call, so ask once for each. */
  next(operation: OperationName | undefined, path: string): Fault | undefined {
    let striking: Fault | undefined;
    for (const [fault, seen] of this.#set) {
      if (!fits(fault, operation, path)) continue;
      this.#set.set(fault, seen + 1);
      const { at = 0, times = fault.kind === 'repeated-cursor' ? Infinity : 1 } = fault;
      if (seen >= at && seen < at + times) striking ??= fault;
    }
    return striking;
  }
}

function fits(fault: Fault, operation: OperationName | undefined, path: string): boolean {
  return (fault.operation ?? operation) === operation && path.includes(fault.path ?? '');
}
