import type { Budgets, Limit } from '../../model/enrollment.ts';
import type { Shard } from '../../model/shard.ts';
import { type Change, type Plan } from '../../model/plan.ts';
import {
  budgetNames,
  type Acknowledged,
  type BudgetName,
  type BudgetUse,
  type ProtectedChange,
} from '../../model/values/budget.ts';
import { breachedUses, type JudgedUse, endsSoon, spent } from '../../model/summary.ts';

/**
 * What the plan asks of each budget; `faces` is the number of faces in scope.
 * A shard has its share of a count, so that all together spend no more than the whole would.
 */
export function budgetUses(
  budgets: Budgets,
  { summary, changes }: Pick<Plan, 'summary' | 'changes'>,
  faces: number,
  shard?: Shard,
): readonly BudgetUse[] {
  const uses = spent(summary, changes);
  return budgetNames.flatMap((budget) => {
    const limit = budgets[budget];
    return limit === undefined ? [] : budgetUse({ budget, used: uses[budget], limit }, faces, shard);
  });
}

const whole: Shard = { index: 1, count: 1 };

interface Asked {
  readonly budget: BudgetName;
  readonly used: number;
  readonly limit: Limit;
}

export function budgetUse({ budget, used, limit }: Asked, faces: number, shard?: Shard): BudgetUse {
  return { budget, used, allowed: allowed(limit, faces, shard ?? whole), limit: limitText(limit) };
}

/** A share of few faces rounds down, so that `10%` of nine faces allows none. */
function allowed(limit: Limit, faces: number, { index, count }: Shard): number {
  if (limit.unit === 'share') return Math.floor(limit.value * faces + 1e-9);
  return Math.floor(limit.value / count) + (index <= limit.value % count ? 1 : 0);
}

function limitText(limit: Limit): string {
  return limit.unit === 'count' ? String(limit.value) : `${String(Math.round(limit.value * 1e6) / 1e4)}%`;
}

/** The changes that take a face from a protected user, at once or by an expiry within the horizon; `isProtected` knows users by UUID. */
export function protectedChanges(
  changes: readonly Change[],
  isProtected: (uuid: string) => boolean,
): readonly ProtectedChange[] {
  return changes.flatMap((change) => {
    const action = removalOf(change);
    return action !== undefined && isProtected(change.user.uuid) ? [{ key: change.key, action }] : [];
  });
}

/** What the change takes from its user; undefined where it takes nothing. */
function removalOf(change: Change): ProtectedChange['action'] | undefined {
  if (endsSoon(change)) return 'shorten';
  const { action } = change;
  return action === 'disable' || action === 'replace' || action === 'delete' ? action : undefined;
}

/** What forbids applying a plan; both lists are empty where nothing does. */
export interface Judgement {
  readonly overspent: readonly JudgedUse[];
  readonly protected: readonly ProtectedChange[];
}

/** How many budgets and protections refuse the plan. */
export function countRefusals(
  plan: Pick<Plan, 'budgets' | 'owners' | 'protected'>,
  acknowledged: Acknowledged,
): number {
  const { overspent, protected: touched } = judge(plan, acknowledged);
  return overspent.length + touched.length;
}

/** Judges the whole plan, before the first write. An acknowledgement counts only if it is the exact number. */
export function judge(plan: Pick<Plan, 'budgets' | 'owners' | 'protected'>, acknowledged: Acknowledged): Judgement {
  const overspent = breachedUses(plan).filter(({ budget, acknowledge }) => acknowledged[budget] !== acknowledge);
  return { overspent, protected: plan.protected };
}
