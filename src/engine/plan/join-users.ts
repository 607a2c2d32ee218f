import type { DesiredState, Enrollment } from '../../model/enrollment.ts';
import type { Face, User } from '../../model/face.ts';
import type { LiveState, LiveUser } from '../../model/live.ts';
import { placeOf } from '../../model/place.ts';
import type { UnknownUser } from '../../model/plan.ts';
import { compareText } from '../../model/values/order.ts';
import { unreadBy, unreadUsers } from './unread.ts';

/** A user that was read, with the entries that speak of him; several names of one user meet here. */
export interface KnownUser {
  readonly user: User;
  readonly faces: readonly Face[];
  readonly entries: readonly Enrollment[];
  readonly inScope: boolean;
}

/** Everybody the plan speaks of, each in one place. */
export interface JoinedUsers {
  readonly listed: readonly KnownUser[];
  /** Users in scope that no entry names and that certainly are none of those it names. */
  readonly unlisted: readonly Pick<KnownUser, 'user' | 'faces'>[];
  /** The same; but while a name is unsettled, one of them may be a user whom an entry names. */
  readonly others: JoinedUsers['unlisted'];
  readonly absent: readonly Enrollment[];
  readonly unknown: readonly UnknownUser[];
  /** `unsettled`: some name that the files use could not be resolved, and may be that of anybody. */
  readonly names: 'settled' | 'unsettled';
}

/** Joins entries and live users by UUID. */
export function joinUsers(desired: Pick<DesiredState, 'enrollments' | 'protect'>, live: LiveState): JoinedUsers {
  const byKey = entriesByUser(desired.enrollments);
  const listed = new Map<string, KnownUser>();
  const absent: Enrollment[] = [];
  const unknown: UnknownUser[] = [];
  for (const [key, entries] of byKey) {
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
      case 'elsewhere':
        break;
      case 'unknown':
        unknown.push(...unreadBy(key, found, () => entries.map((entry) => placeOf(entry.range))));
        break;
    }
  }
  const names = areSettled(live) ? 'settled' : 'unsettled';
  const discovered = sortDiscovered(live, byKey);
  const others = discovered.present.filter(({ user }) => !listed.has(user.uuid));
  return {
    listed: [...listed.values()],
    unlisted: names === 'settled' ? others : [],
    others,
    absent,
    unknown: [...unknown, ...unknownProtected(desired.protect, live, byKey), ...discovered.unknown],
    names,
  };
}

/** In the order of the users' keys. */
function entriesByUser(entries: readonly Enrollment[]): ReadonlyMap<string, readonly Enrollment[]> {
  const byKey = new Map<string, Enrollment[]>();
  for (const entry of entries.toSorted(byUserKeyAndPlace)) {
    const others = byKey.get(entry.user.key);
    if (others === undefined) byKey.set(entry.user.key, [entry]);
    else others.push(entry);
  }
  return byKey;
}

/** Users under protection who have no entries, and could not be read. */
function unknownProtected(
  protect: DesiredState['protect'],
  { listed }: LiveState,
  byKey: ReadonlyMap<string, unknown>,
): readonly UnknownUser[] {
  return [...protect].flatMap(([key, range]) =>
    byKey.has(key) ? [] : unreadBy(key, listed.get(key), () => [placeOf(range)]),
  );
}

/** So that the order of the files changes nothing. */
function byUserKeyAndPlace(a: Enrollment, b: Enrollment): number {
  return (
    compareText(a.user.key, b.user.key) ||
    compareText(a.key, b.key) ||
    compareText(a.range.filename, b.range.filename) ||
    a.range.start.byte - b.range.start.byte
  );
}

/** While a name is not resolved, anybody may be he, under an alias or an external id. */
function areSettled({ listed }: LiveState): boolean {
  return [...listed.values()].every((user) => user.presence !== 'unknown' || user.user !== undefined);
}

const notRead = { code: 'unreachable', message: 'The user was not read.' } as const;

/** The users that the scope brought in and no entry names. */
function sortDiscovered(
  live: LiveState,
  byKey: ReadonlyMap<string, readonly Enrollment[]>,
): { readonly present: JoinedUsers['unlisted']; readonly unknown: readonly UnknownUser[] } {
  const unreadUuids = new Set(
    [...live.listed.values()].flatMap((user) => (user.presence === 'unknown' && user.user ? [user.user.uuid] : [])),
  );
  const isUnlisted = ({ login, uuid }: User): boolean => !byKey.has(login.toLowerCase()) && !unreadUuids.has(uuid);
  const present = live.discovered.flatMap((found) =>
    found.presence === 'present' && isUnlisted(found.user) ? [found] : [],
  );
  const unread = live.discovered.filter(
    (found) => found.presence === 'unknown' && found.user !== undefined && isUnlisted(found.user),
  );
  return { present, unknown: unreadUsers(unread) };
}
