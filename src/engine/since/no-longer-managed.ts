import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Enrollment } from '../../model/enrollment.ts';
import { nameOf, type Face } from '../../model/face.ts';
import type { Instant } from '../../model/instant.ts';
import { placeName, placeOf } from '../../model/place.ts';
import type { TouchedState, TouchedUser } from '../../model/shown/touched.ts';
import { partsOf } from '../owners/parts.ts';
import { matchUser } from '../match/match.ts';
import type { TouchedPart } from './touched-part.ts';

export interface Removed {
  readonly entries: readonly Enrollment[];
  /** Where they were, such as the commit `a1b2c3d`. */
  readonly from: string;
}

/** Warns of each face whose entry is gone, and with which nothing happens since no scope speaks of its user. */
export function noLongerManaged(
  { entries, from }: Removed,
  { part, touched, now }: { readonly part: TouchedPart; readonly touched: TouchedState; readonly now: Instant },
): readonly Diagnostic[] {
  const rules = new Map(partsOf(part.desired).map(({ name, desired }) => [name, desired]));
  const isKept = ({ owner = '' }: Enrollment, others: readonly Enrollment[], { scopes }: Present): boolean => {
    const { scope, unmatched } = rules.get(owner) ?? part.desired;
    if (others.length > 0) return unmatched === 'keep';
    const isBroughtIn = scope.users === 'tenant' || (scope.users === 'group' && scopes.has(owner));
    return !isBroughtIn || scope.onRemove === 'keep';
  };
  return [...removedByUser(entries, touched)].flatMap(([found, removed]) => {
    const { user, faces } = found;
    const others = entriesOf(user.uuid, part);
    const { left } = matchUser(others, faces, now);
    const { claims } = matchUser(removed, left, now);
    return claims.flatMap(({ entry, face }) =>
      face !== undefined && isKept(entry, others, found) ? [stays(entry, face, from)] : [],
    );
  });
}

type Present = Extract<TouchedUser, { readonly presence: 'present' }>;

function removedByUser(
  entries: readonly Enrollment[],
  { users }: TouchedState,
): ReadonlyMap<Present, readonly Enrollment[]> {
  const byUuid = new Map<string, Present>();
  const removed = new Map<Present, Enrollment[]>();
  for (const entry of entries) {
    const found = users.get(entry.user.key);
    if (entry.state === 'absent' || found?.presence !== 'present') continue;
    const user = byUuid.get(found.user.uuid) ?? found;
    byUuid.set(found.user.uuid, user);
    removed.set(user, [...(removed.get(user) ?? []), entry]);
  }
  return removed;
}

function entriesOf(uuid: string, { desired, live }: TouchedPart): readonly Enrollment[] {
  return desired.enrollments.filter(({ user }) => {
    const found = live.listed.get(user.key);
    return found?.presence === 'present' && found.user.uuid === uuid;
  });
}

function stays(entry: Enrollment, face: Face, from: string): Diagnostic {
  return {
    severity: 'warning',
    code: 'NO_LONGER_MANAGED',
    summary: `"${entry.key}" is no longer in the files, and its face "${nameOf(face)}" (${face.status}) stays`,
    detail:
      `It was at ${placeName(placeOf(entry.range))} in ${from}. To delete the face, bring the entry back with ` +
      "'state: absent'.",
  };
}
