import type { Instant } from './instant.ts';
import { isCreating, type Change, type MissingEntry, type Plan, type Summary, type UpdateChange } from './plan.ts';
import type { BudgetName, BudgetUse, OwnerUse } from './values/budget.ts';

/** Whether carrying out the change makes the tenant send an activation e-mail. */
export function sendsEmail(change: Change): boolean {
  return isCreating(change) && change.create.flow === 'mobile' && change.create.activation.email;
}

/** The new expiry of an update that makes it earlier, or sets one where there was none; else undefined. */
export function earlierEnd({ face, to }: Pick<UpdateChange, 'face' | 'to'>): Instant | undefined {
  const isEarlier = to.expiry !== undefined && (face.expiry === undefined || to.expiry < face.expiry);
  return isEarlier ? to.expiry : undefined;
}

/** The update, marked where it ends access earlier: `near` where that is before the horizon. */
export function marked<C extends Pick<UpdateChange, 'face' | 'to'>>(
  change: C,
  horizon: Instant,
): C & Pick<UpdateChange, 'shortens'> {
  const end = earlierEnd(change);
  return end === undefined ? change : { ...change, shortens: end < horizon ? 'near' : 'far' };
}

/** Counts; `unknown` users and `unmatched` faces are counted by the caller. */
export function summarize(changes: readonly Change[], unknown: number, unmatched: number): Summary {
  const count = (test: (change: Change) => boolean): number => changes.filter(test).length;
  const inState = (state: 'waiting' | 'attention'): number =>
    count((change) => change.action === 'no-op' && change.standing?.state === state);
  return {
    create: count((change) => change.action === 'create'),
    update: count((change) => change.action === 'update'),
    shorten: count((change) => change.action === 'update' && change.shortens !== undefined),
    disable: count((change) => change.action === 'disable'),
    replace: count((change) => change.action === 'replace'),
    delete: count((change) => change.action === 'delete'),
    noop: count((change) => change.action === 'no-op'),
    waiting: inState('waiting'),
    attention: inState('attention'),
    duplicate: count((change) => change.action === 'no-op' && change.duplicateOf !== undefined),
    unknown,
    unmatched,
    emails: count(sendsEmail),
  };
}

/** What changes, with these sums, spend of each budget. A replace spends from `delete`. */
export function spent(
  { delete: deletes, replace, disable, emails, update }: Summary,
  changes: readonly Change[],
): Readonly<Record<BudgetName, number>> {
  const shorten = changes.filter(endsSoon).length;
  return { delete: deletes + replace, disable, shorten, email: emails, update };
}

/** Whether the change ends access within the horizon, so that it counts as a removal. */
export function endsSoon(change: Change): boolean {
  return change.action === 'update' && change.shortens === 'near';
}

/** How many users wait to be provisioned, and how many are ignored. */
export type MissingCount = Readonly<Record<MissingEntry['handling'], number>>;

/** Users whom the tenant does not have, each counted once: one who waits for an entry is not ignored for another. */
export function countMissing(missing: readonly MissingEntry[]): MissingCount {
  const users = (entries: readonly MissingEntry[]): number => new Set(entries.map(({ user }) => user)).size;
  const wait = users(missing.filter(({ handling }) => handling === 'wait'));
  return { wait, ignore: users(missing) - wait };
}

/** A budget that a plan is judged by: of the run, or of an owner. */
export interface JudgedUse extends BudgetUse {
  readonly owner?: Omit<OwnerUse, 'budgets'> | undefined;
  /** The count that acknowledges it, which is always that of the whole run. */
  readonly acknowledge: number;
}

/** Budgets that are exceeded, those of owners first. The run's is not told where an owner's says it already. */
export function breachedUses({ budgets, owners = [] }: Pick<Plan, 'budgets' | 'owners'>): readonly JudgedUse[] {
  const ofOwners = owners.flatMap(({ name, place, budgets: own }) => {
    const total = (budget: BudgetName): number =>
      owners.flatMap((each) => each.budgets).reduce((sum, use) => sum + (use.budget === budget ? use.used : 0), 0);
    return own.map((use): JudgedUse => {
      const run = budgets.find(({ budget }) => budget === use.budget);
      return { ...use, owner: { name, place }, acknowledge: run?.used ?? total(use.budget) };
    });
  });
  const breached = ofOwners.filter(({ used, allowed }) => used > allowed);
  const told = new Set(breached.map(({ budget }) => budget));
  const ofRun = budgets.filter(({ budget, used, allowed }) => used > allowed && !told.has(budget));
  return [...breached, ...ofRun.map((use) => ({ ...use, acknowledge: use.used }))];
}
