import type { Diagnostic } from '../../model/diagnostic.ts';
import { sortedByKey } from '../../model/values/order.ts';
import type { Plan } from '../../model/plan.ts';
import type { Acknowledged, BudgetName, BudgetUse, OwnerUse } from '../../model/values/budget.ts';
import { shardText, type Shard } from '../../model/shard.ts';
import { judge } from './guard.ts';
import { onceEach, sameMessage, unite } from './unite.ts';

/** The plan of one shard, and what was acknowledged when it was made. */
export interface ShardPlan {
  readonly plan: Plan;
  readonly acknowledged: Acknowledged;
}

export interface Merged {
  readonly state: 'merged';
  readonly plan: Plan;
  /** Of each budget that no shard exceeds without acknowledgement, all that is used. */
  readonly acknowledged: Acknowledged;
}

/** Why plans cannot be put together: what was found, and what to do. */
export interface MergeProblem {
  readonly state: 'not merged';
  readonly summary: string;
  readonly detail: string;
}

/**
 * Puts the plans of all shards together: the plan that one run over everybody would have made. A name that could not be
 * resolved is told by every shard, since nobody knows whose it is, and so is a user who is not there; here each counts once.
 */
export function mergePlans(parts: readonly [ShardPlan, ...ShardPlan[]]): Merged | MergeProblem {
  const plans = parts.map(({ plan }) => plan);
  const sharded = parts.flatMap((part) => (part.plan.shard === undefined ? [] : { ...part, shard: part.plan.shard }));
  const problem = findProblem(
    plans,
    sharded.map(({ shard }) => shard),
  );
  if (problem !== undefined) return { state: 'not merged', ...problem };
  const { shard: _, ...first } = parts[0].plan;
  const overspent = sharded.flatMap(overspentIn);
  const united = unite(plans);
  const plan: Plan = {
    ...first,
    ...united,
    changes: sortedByKey(united.changes),
    budgets: mergedUses(plans.map(({ budgets }) => budgets)),
    ...(first.read === undefined ? {} : { read: { ...first.read, usersRead: usersReadIn(plans, united.users) } }),
    ...(first.owners === undefined ? {} : { owners: mergedOwners(plans) }),
    diagnostics: onceEach([...united.diagnostics, ...overspent.map(warning)], sameMessage),
  };
  return { state: 'merged', plan, acknowledged: acknowledgedIn(plan, parts, overspent) };
}

function findProblem(plans: readonly Plan[], shards: readonly Shard[]): Omit<MergeProblem, 'state'> | undefined {
  const [one] = shards;
  if (one === undefined || shards.length < plans.length) {
    return { summary: 'one of the plans is not that of a shard', detail: 'Show it alone.' };
  }
  const found = `the plans are of the shards ${shards.map(shardText).join(', ')}`;
  const all = Array.from({ length: one.count }, (_, index) => shardText({ index: index + 1, count: one.count }));
  if (new Set([...all, ...shards.map(shardText)]).size > all.length) {
    return { summary: found, detail: 'Plan all of them with the same count.' };
  }
  const lacking = all.filter((text) => !shards.some((shard) => shardText(shard) === text));
  if (lacking.length > 0) return { summary: found, detail: `Name the plan of ${lacking.join(', ')} as well.` };
  if (shards.length > all.length) return { summary: found, detail: 'Name each of them once.' };
  if (
    new Set(plans.map(({ tenant, inputs, read }) => JSON.stringify([tenant, inputs, read?.mode, read?.mergeBase])))
      .size > 1
  ) {
    return { summary: 'the plans are of different files or tenants', detail: 'Plan all shards from the same commit.' };
  }
  return undefined;
}

function usersReadIn(plans: readonly Plan[], ofPlan: number): number {
  const readings = plans.map(({ read }) => read).filter((read) => read !== undefined);
  if (readings.some(({ mode }) => mode !== 'changed-since')) return ofPlan;
  return readings.reduce((sum, { usersRead }) => sum + usersRead, 0);
}

function mergedUses(all: readonly (readonly BudgetUse[])[]): readonly BudgetUse[] {
  const uses = all.flat();
  return onceEach(uses, ({ budget }) => budget).map(({ budget, limit }) => {
    const ofBudget = uses.filter((use) => use.budget === budget);
    const sum = (of: 'used' | 'allowed'): number => ofBudget.reduce((total, use) => total + use[of], 0);
    return { budget, limit, used: sum('used'), allowed: sum('allowed') };
  });
}

function mergedOwners(plans: readonly Plan[]): readonly OwnerUse[] {
  const owners = plans
    .map((plan) => plan.owners)
    .filter((each) => each !== undefined)
    .flat();
  return onceEach(owners, ({ name }) => name).map(({ name, place }) => {
    const budgets = mergedUses(owners.filter((one) => one.name === name).map((one) => one.budgets));
    return { name, place, budgets };
  });
}

interface Overspent {
  readonly shard: Shard;
  readonly use: BudgetUse;
}

/** Each shard is applied by itself, and may be refused though all together stay within the budget. */
function overspentIn({ plan, acknowledged, shard }: ShardPlan & Pick<Overspent, 'shard'>): readonly Overspent[] {
  return judge(plan, acknowledged).overspent.map((use) => ({ shard, use }));
}

function warning({ shard, use: { budget, used, allowed } }: Overspent): Diagnostic {
  return {
    severity: 'warning',
    code: 'SHARD_OVER_BUDGET',
    summary: `shard ${shardText(shard)} asks for ${used} of the ${budget} budget, and its share is ${allowed}`,
    detail: 'Show its plan alone for the flag that acknowledges it.',
  };
}

function acknowledgedIn({ budgets }: Plan, parts: readonly ShardPlan[], overspent: readonly Overspent[]): Acknowledged {
  const isAcknowledged = (budget: BudgetName): boolean =>
    parts.some(({ acknowledged }) => acknowledged[budget] !== undefined) &&
    !overspent.some(({ use }) => use.budget === budget);
  return Object.fromEntries(
    budgets.filter(({ budget }) => isAcknowledged(budget)).map(({ budget, used }) => [budget, used]),
  );
}
