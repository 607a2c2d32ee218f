import { keysOf } from '../values/keys-of.ts';

/** As much of a change as conditions look at. */
interface JudgedChange {
  readonly action: string;
  readonly reason: string;
}

/** As much of a plan; a plan's context has conditions in turn. */
interface JudgedPlan {
  readonly changes: readonly JudgedChange[];
  readonly missing: readonly { readonly handling: 'wait' | 'ignore' }[];
  readonly summary: Readonly<Record<'attention' | 'waiting' | 'unmatched' | 'duplicate', number>>;
}

/** All that conditions are judged by. */
export interface Judged {
  readonly plan: JudgedPlan;
  /** Budgets and protections that refuse the plan. */
  readonly refusals: number;
  /** Changes that were carried out, or need no more to be. */
  readonly done: ReadonlySet<unknown>;
  /** Totals of a status, which are what counts where the command shows them. */
  readonly totals?: { readonly attention: number; readonly missing: number; readonly waiting: number } | undefined;
}

interface Row {
  readonly means: string;
  /** `faces`: those of a tenant tell. `entries`: only files do. */
  readonly needs: 'faces' | 'entries';
  /** How often it holds. */
  readonly count: (judged: Judged) => number;
}

/** What `--fail-on` can name. Flag, completion, JSON and docs follow this table. */
const table = {
  attention: {
    means: 'faces that failed or expired, with nothing planned for them',
    needs: 'faces',
    count: ({ plan, totals }) => totals?.attention ?? plan.summary.attention,
  },
  missing: {
    means: 'entries without a face: to create, or of a user the tenant lacks',
    needs: 'entries',
    count: ({ totals, ...judged }) => totals?.missing ?? missingIn(judged),
  },
  unmatched: {
    means: 'faces that no entry claims',
    needs: 'entries',
    count: ({ plan, done }) =>
      plan.summary.unmatched - plan.changes.filter((change) => done.has(change) && isUnmatchedDelete(change)).length,
  },
  waiting: {
    means: 'faces that wait for the user or the vendor',
    needs: 'faces',
    count: ({ plan, totals }) => totals?.waiting ?? plan.summary.waiting,
  },
  duplicate: {
    means: 'second faces for one entry',
    needs: 'entries',
    count: ({ plan }) => plan.summary.duplicate,
  },
  refused: {
    means: 'budgets and protections that refuse the plan',
    needs: 'entries',
    count: ({ refusals }) => refusals,
  },
  drift: {
    means: 'faces not as their entries ask: to update, disable or replace',
    needs: 'entries',
    count: ({ plan, done }) => plan.changes.filter((change) => isDrift(change) && !done.has(change)).length,
  },
} as const satisfies Readonly<Record<string, Row>>;

export type Condition = keyof typeof table;
export const conditions = keysOf(table);
export const meaningOf = (condition: Condition): string => table[condition].means;

/** Whether files are needed to tell. */
export function needsEntries(condition: Condition): boolean {
  const { needs }: Row = table[condition];
  return needs === 'entries';
}

/** A condition that holds. */
export interface Held {
  readonly condition: Condition;
  readonly count: number;
}

/** Those of the asked conditions that hold, in the order of the table. */
export function heldConditions(asked: readonly Condition[], judged: Judged): readonly Held[] {
  const rows: Readonly<Record<Condition, Row>> = table;
  return conditions
    .filter((condition) => asked.includes(condition))
    .map((condition) => ({ condition, count: rows[condition].count(judged) }))
    .filter(({ count }) => count > 0);
}

/** The changes of these outcomes that need no more to be done. */
export function doneIn(
  outcomes: readonly { readonly state: string; readonly change: unknown }[],
): ReadonlySet<unknown> {
  return new Set(outcomes.filter(({ state }) => !leftOver.has(state)).map(({ change }) => change));
}

const leftOver: ReadonlySet<string> = new Set(['failed', 'stale', 'skipped', 'unknown']);

function missingIn({ plan, done }: Omit<Judged, 'totals'>): number {
  const creates = plan.changes.filter((change) => change.action === 'create' && !done.has(change));
  return creates.length + plan.missing.filter(({ handling }) => handling === 'wait').length;
}

/** A face that was disabled is still one that no entry claims. */
function isUnmatchedDelete({ reason }: JudgedChange): boolean {
  return reason === 'delete_because_unmatched' || reason === 'delete_because_not_in_configuration';
}

/** Not what nobody claims, nor what is renewed on purpose. */
function isDrift({ action, reason }: JudgedChange): boolean {
  if (action === 'update') return true;
  return action === 'disable'
    ? reason === 'disable_because_not_enabled'
    : action === 'replace' && reason !== 'replace_by_request';
}
