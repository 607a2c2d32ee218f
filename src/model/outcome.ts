import type { WritingChange } from './plan.ts';
import type { Resend } from './resend.ts';

export type OutcomeState = 'applied' | 'failed' | 'stale' | 'skipped' | 'unknown';

/** What the tenant said when it refused; every member may hold text from outside. */
export interface Refusal {
  readonly status?: number;
  readonly errorCode?: string;
  readonly message: string;
}

/** What a run carries out. */
export type Task = WritingChange | Resend;

/** How one change ended: exactly one for each planned change. */
export type Outcome =
  | { readonly state: 'applied'; readonly change: Task; readonly faceId?: string; readonly note?: string }
  | { readonly state: 'failed' | 'unknown'; readonly change: Task; readonly refusal: Refusal }
  | { readonly state: 'stale' | 'skipped'; readonly change: Task; readonly note: string };

/** `planned` is always the sum of the others. */
export type OutcomeTotals = { readonly planned: number } & { readonly [S in OutcomeState]: number };

export interface ApplyReport {
  readonly totals: OutcomeTotals;
  readonly outcomes: readonly Outcome[];
  /** Activation e-mails that applied changes have asked for. */
  readonly emails: number;
}
