import type { Budgets, DesiredState } from '../../model/enrollment.ts';
import type { User } from '../../model/face.ts';
import { placeOf } from '../../model/place.ts';
import type { Plan } from '../../model/plan.ts';
import { budgetNames, type BudgetUse } from '../../model/values/budget.ts';

/** Files that say whose a user is, and what is spent on whose. */
export type OwnedFiles = Pick<DesiredState, 'owners' | 'totals' | 'budgets' | 'enrollments'>;

/** A user, with the keys of enrollments that are known to be theirs, and the name that they were asked for by. */
export interface KnownUser extends User {
  readonly keys: readonly string[];
  readonly askedAs?: string;
}

/**
 * Says to which owner a user belongs: that of an entry which names the user by login, by UUID or as they were asked for, or
 * has one of their keys.
 * Undefined for a user of no owner, and for one whose entries are gone.
 */
export function ownerTeller({ enrollments }: Pick<OwnedFiles, 'enrollments'>): (user: KnownUser) => string | undefined {
  const byUser = new Map(enrollments.map(({ user, owner }) => [user.key, owner]));
  const byKey = new Map(enrollments.map(({ key, owner }) => [key, owner]));
  return ({ login, uuid, keys, askedAs = login }) =>
    byUser.get(login.toLowerCase()) ??
    byUser.get(`uuid:${uuid}`) ??
    byUser.get(askedAs) ??
    keys.map((key) => byKey.get(key)).find((owner) => owner !== undefined);
}

/** Something of a run that belongs to one owner, or to none. */
interface Owned {
  readonly owner?: string | undefined;
}

/**
 * What is asked of the budgets of the run and of each owner that it concerns.
 *
 * @param usesOf what a part of it asks of some budgets.
 */
export function usesByOwner<T extends Owned>(
  all: readonly T[],
  { owners, totals, budgets }: Omit<OwnedFiles, 'enrollments'>,
  usesOf: (part: readonly T[], budgets: Budgets) => readonly BudgetUse[],
): Pick<Plan, 'budgets' | 'owners'> {
  if (owners === undefined) return { budgets: usesOf(all, budgets) };
  const partOf = (name: string | undefined): readonly T[] => all.filter(({ owner }) => owner === name);
  const uses = owners
    .filter(({ name }) => partOf(name).length > 0)
    .map((owner) => ({
      name: owner.name,
      place: placeOf(owner.range),
      budgets: usesOf(partOf(owner.name), owner.budgets),
    }));
  if (totals !== 'summed') return { budgets: usesOf(all, budgets), owners: uses };
  const rest = partOf(undefined);
  const parts = [...uses.map((use) => use.budgets), ...(rest.length > 0 ? [usesOf(rest, budgets)] : [])];
  return { budgets: parts.length === 0 ? usesOf(all, budgets) : summedUses(parts), owners: uses };
}

/** Where no file states budgets of the run. What one part does not limit is not limited in total. */
export function summedUses(parts: readonly (readonly BudgetUse[])[]): readonly BudgetUse[] {
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) return first;
  return budgetNames.flatMap((budget) => {
    const uses = parts.flatMap((part) => part.filter((use) => use.budget === budget));
    if (uses.length < parts.length) return [];
    const sum = (of: 'used' | 'allowed'): number => uses.reduce((all, use) => all + use[of], 0);
    return [{ budget, used: sum('used'), allowed: sum('allowed'), limit: String(sum('allowed')) }];
  });
}
