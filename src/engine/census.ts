import type { DesiredState, Enrollment } from '../model/enrollment.ts';
import type { Face, User } from '../model/face.ts';
import type { LiveState, LiveUser } from '../model/live.ts';
import { placeOf } from '../model/place.ts';
import type { UnknownUser } from '../model/plan.ts';
import { compareText } from '../model/order.ts';

/** A user that was read, with the entries that speak of him; several names of one user meet here. */
export interface KnownUser {
  readonly user: User;
  readonly faces: readonly Face[];
  readonly entries: readonly Enrollment[];
  readonly inScope: boolean;
}

/** Everybody the plan speaks of, each in one place. */
export interface Census {
  readonly listed: readonly KnownUser[];
  /** Users in scope that no entry names and that certainly are none of those it names. */
  readonly unlisted: readonly { readonly user: User; readonly faces: readonly Face[] }[];
  readonly absent: readonly Enrollment[];
  readonly unknown: readonly UnknownUser[];
}

/** Joins entries and live users by UUID. */
export function takeCensus(desired: DesiredState, live: LiveState): Census {
  const byKey = entriesByUser(desired.enrollments);
  const listed = new Map<string, KnownUser>();
  const absent: Enrollment[] = [];
  const unknown: UnknownUser[] = [];
  for (const [key, entries] of [...byKey].toSorted(([a], [b]) => compareText(a, b))) {
    const found: LiveUser = live.listed.get(key) ?? { presence: 'unknown', reason: notRead };
    switch (found.presence) {
      case 'present': {
        const { user, faces, inScope } = found;
        const others = listed.get(user.uuid);
        const all = others === undefined ? entries : [...others.entries, ...entries];
        listed.set(user.uuid, { user, faces, inScope, entries: all });
        break;
      }
      case 'absent':
        absent.push(...entries);
        break;
      case 'unknown':
        unknown.push({ key, reason: found.reason, places: entries.map((entry) => placeOf(entry.range)) });
        break;
    }
  }
  const discovered = sortDiscovered(live, byKey);
  return {
    listed: [...listed.values()],
    unlisted: discovered.present.filter(({ user }) => !listed.has(user.uuid)),
    absent,
    unknown: [...unknown, ...discovered.unknown],
  };
}

function entriesByUser(entries: readonly Enrollment[]): ReadonlyMap<string, readonly Enrollment[]> {
  const byKey = new Map<string, Enrollment[]>();
  for (const entry of entries) {
    const others = byKey.get(entry.user.key);
    if (others === undefined) byKey.set(entry.user.key, [entry]);
    else others.push(entry);
  }
  return byKey;
}

const notRead = { code: 'unreachable', message: 'The user was not read.' } as const;

/**
 * While a listed user could not be resolved, anybody the scope brought in may be he, under an alias or an
 * external id. Then nobody counts as unlisted, so that a failed look-up never removes a face.
 */
function sortDiscovered(
  live: LiveState,
  byKey: ReadonlyMap<string, readonly Enrollment[]>,
): { readonly present: Census['unlisted']; readonly unknown: readonly UnknownUser[] } {
  const resolved = [...live.listed.values()].every((user) => user.presence !== 'unknown' || user.user !== undefined);
  const unreadUuids = new Set(
    [...live.listed.values()].flatMap((user) => (user.presence === 'unknown' && user.user ? [user.user.uuid] : [])),
  );
  const unlistedLogin = (user: User): boolean => !byKey.has(user.login.toLowerCase());
  const present = live.discovered.flatMap((found) =>
    found.presence === 'present' && unlistedLogin(found.user) && !unreadUuids.has(found.user.uuid) ? [found] : [],
  );
  const unknown = live.discovered.flatMap((found) =>
    found.presence === 'unknown' && found.user !== undefined && unlistedLogin(found.user)
      ? [{ key: found.user.login.toLowerCase(), reason: found.reason, places: [] }]
      : [],
  );
  return { present: resolved ? present : [], unknown };
}
