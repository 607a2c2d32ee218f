import type { DesiredState, Enrollment, Scope, UserRef } from '../../model/enrollment.ts';
import { partsOf } from '../owners/parts.ts';
import { userRef } from '../plan/user-ref.ts';
import { isSameWish, spelled } from './same-wish.ts';

/** What separates two states of the same files. */
export type Difference =
  /** What holds for users whom no entry names, or for all, differs: anybody may be concerned. */
  | { readonly concerns: 'everybody'; readonly because: string }
  | {
      readonly concerns: 'some';
      /** Whose entries differ, by any name of either state, and names that `protect` has in one state alone. By user key. */
      readonly users: ReadonlyMap<string, UserRef>;
      /** Entries that are gone. */
      readonly removed: readonly Enrollment[];
    };

/**
 * Compares what two states of the files ask for, entry by entry, each with what holds for it.
 *
 * @param owner the only one that is planned; missing for all.
 */
export function differenceOf(before: DesiredState, now: DesiredState, owner?: string): Difference {
  const because = changedPolicy(before, now);
  if (because !== undefined) return { concerns: 'everybody', because };
  const users = new Map<string, UserRef>();
  const isOfOwner = ({ owner: its }: Enrollment): boolean => owner === undefined || its === owner;
  const concerns = hasScope(now, owner) ? () => true : isOfOwner;
  const earlier = new Map(
    missingIn(now, before)
      .filter(concerns)
      .map((entry) => [entry.key, entry]),
  );
  for (const entry of missingIn(before, now).filter(concerns)) {
    const same = earlier.get(entry.key);
    earlier.delete(entry.key);
    if (same === undefined || !isSameWish(same, entry)) users.set(entry.user.key, entry.user);
  }
  const removed = [...earlier.values()];
  for (const { user } of removed) users.set(user.key, user);
  for (const key of protectedInOne(before, now)) if (!users.has(key)) users.set(key, userRef(key));
  return { concerns: 'some', users, removed: removed.filter(isOfOwner) };
}

/** Whoever leaves another owner's files may come under the scope of this one. */
function hasScope({ scope, owners = [] }: DesiredState, name: string | undefined): boolean {
  const owner = name === undefined ? { scope } : owners.find((one) => one.name === name);
  return owner !== undefined && owner.scope.users !== 'listed';
}

/** What a plan refuses for the sake of a name is a change where the name comes or goes. */
function protectedInOne({ protect: before }: DesiredState, { protect: now }: DesiredState): readonly string[] {
  return [...before.keys(), ...now.keys()].filter((key) => before.has(key) !== now.has(key));
}

/** Entries of one state that are not in the other as they are: those of files that are the same are the same objects. */
function missingIn({ enrollments: others }: DesiredState, { enrollments }: DesiredState): readonly Enrollment[] {
  const known = new Set(others);
  return enrollments.filter((entry) => !known.has(entry));
}

/** What of the heads decides about more than single entries; undefined where all of it is the same. */
function changedPolicy(before: DesiredState, now: DesiredState): string | undefined {
  if (spelled(before.tenant) !== spelled(now.tenant)) return "'tenant' differs";
  const [earlier, later] = [byName(before), byName(now)];
  for (const name of new Set([...earlier.keys(), ...later.keys()])) {
    const member = changedRule(earlier.get(name), later.get(name));
    if (member !== undefined) return name === '' ? `'${member}' differs` : `'${member}' of owner '${name}' differs`;
  }
  return undefined;
}

function byName(state: DesiredState): ReadonlyMap<string, DesiredState> {
  return new Map(partsOf(state).map(({ name, desired }) => [name, desired]));
}

/** An owner whose files come or go has entries that differ; what the scope brings in has none. */
function changedRule(before: DesiredState | undefined, now: DesiredState | undefined): string | undefined {
  if (before === undefined || now === undefined) {
    return before?.scope.users === 'listed' || now?.scope.users === 'listed' ? undefined : 'scope';
  }
  if (scopeText(before.scope) !== scopeText(now.scope)) return 'scope';
  if (before.unmatched !== now.unmatched) return 'unmatched';
  return before.missingUsers === now.missingUsers ? undefined : 'missingUsers';
}

function scopeText(scope: Scope): string {
  if (scope.users === 'listed') return scope.users;
  return spelled({ ...scope, range: undefined });
}
