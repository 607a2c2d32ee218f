import type { WritingChange } from './plan.ts';
import type { Resend } from './shown/resend.ts';

/** `already`: the change was as planned before anything was sent for it. */
export type OutcomeState = 'applied' | 'already' | 'failed' | 'stale' | 'skipped' | 'unknown';

/** What the tenant said when it refused; every member may hold text from outside. */
export interface Refusal {
  readonly status?: number | undefined;
  readonly errorCode?: string | undefined;
  /** Problem that faceform found, and the tenant did not name. */
  readonly problem?: 'DUPLICATE_FACE' | undefined;
  readonly message: string;
}

/** What a run carries out. */
export type Task = WritingChange | Resend;

/** How one change ended: exactly one for each planned change. */
export type Outcome = Mailing &
  (
    | {
        readonly state: 'applied' | 'already';
        readonly change: Task;
        readonly faceId?: string | undefined;
        readonly note?: string | undefined;
      }
    | { readonly state: 'failed' | 'unknown'; readonly change: Task; readonly refusal: Refusal }
    | { readonly state: 'stale' | 'skipped'; readonly change: Task; readonly note: string }
  );

interface Mailing {
  /** Set once the tenant accepted a call that sends an activation e-mail, whatever became of the rest of the change. */
  readonly email?: 'sent' | undefined;
}

/** `planned` is always the sum of the others. */
export type OutcomeTotals = { readonly planned: number } & { readonly [S in OutcomeState]: number };

export interface ApplyReport {
  readonly totals: OutcomeTotals;
  readonly outcomes: readonly Outcome[];
  /** Activation e-mails that were sent, whatever became of the changes. */
  readonly emails: number;
  /** What ended the work on a user, and kept others from being started: a fault of the program. */
  readonly bug?: Error | undefined;
}
