import type { DesiredState, Scope, UserRef } from '../../model/enrollment.ts';
import type { User } from '../../model/face.ts';
import type { Discovered, LiveState, LiveUser, Unknown } from '../../model/live.ts';
import type { KnownByNames, TouchedState, TouchedUser } from '../../model/shown/touched.ts';
import type { UsersNamed } from '../plan/plan.ts';
import { onceEach } from '../plan/unite.ts';
import { nameOf, refsOf } from '../plan/user-names.ts';
import { userRef } from '../plan/user-ref.ts';

/** What a plan of some users is made from: their entries under all of their names, and what the tenant has of them. */
export interface TouchedPart {
  readonly desired: DesiredState;
  readonly live: LiveState;
}

/**
 * The part of the files that speaks of the users who were read, by whichever of their names. An entry that names one of
 * them otherwise is planned as well: else its face would count as unmatched.
 */
export function touchedPart(desired: DesiredState, touched: TouchedState): TouchedPart {
  const found = new NamedUsers(touched.users);
  const enrollments = desired.enrollments.filter(({ user }) => found.by(user) !== undefined);
  const protect = new Map([...desired.protect].filter(([key]) => found.by(userRef(key)) !== undefined));
  const scopes = scopesIn(desired);
  const listed = new Map<string, LiveUser>();
  const take = (ref: UserRef, part: string): void => {
    const user = found.by(ref);
    if (user !== undefined && !listed.has(ref.key)) listed.set(ref.key, liveUser(user, scopes.get(part), part));
  };
  for (const { user, owner = '' } of enrollments) take(user, owner);
  for (const key of protect.keys()) take(userRef(key), '');
  const { maxFacesPerUser, settingsFailure } = touched;
  const everybody = onceEach([...touched.users.values()], personOf);
  const live = { listed, maxFacesPerUser, settingsFailure, ...discoveredIn(desired, everybody) };
  return { desired: { ...desired, enrollments, protect }, live };
}

/** The scope of each part of the files; the empty name is that of files without an owner. */
export function scopesIn({ scope, owners = [] }: DesiredState): ReadonlyMap<string, Scope> {
  return new Map([['', scope], ...owners.map((owner) => [owner.name, owner.scope] as const)]);
}

/** How many distinct names of users the files have, and those of each owner. */
export function usersNamedIn({ enrollments, owners = [] }: Pick<DesiredState, 'enrollments' | 'owners'>): UsersNamed {
  const parts = owners.length === 0 ? [] : ['', ...owners.map(({ name }) => name)];
  const byPart = parts.map(
    (part) => [part, countUsers(enrollments.filter(({ owner = '' }) => owner === part))] as const,
  );
  return { total: countUsers(enrollments), byPart: new Map(byPart) };
}

/** Distinct names of users. */
export function countUsers(enrollments: DesiredState['enrollments']): number {
  return new Set(enrollments.map(({ user }) => user.key)).size;
}

/** Those whom a name leads to, be it one that was asked for or another of a user who was found. */
class NamedUsers {
  readonly #asked: TouchedState['users'];
  readonly #byName = new Map<string, TouchedUser>();

  constructor(asked: TouchedState['users']) {
    this.#asked = asked;
    for (const found of asked.values()) {
      if (found.presence === 'absent' || found.user === undefined) continue;
      for (const ref of refsOf(found.user)) this.#name(nameOf(ref), found, found.user);
    }
  }

  by(ref: UserRef): TouchedUser | undefined {
    return this.#asked.get(ref.key) ?? this.#byName.get(nameOf(ref));
  }

  /** A name that two users go by leads to nobody. */
  #name(name: string, found: TouchedUser, user: KnownByNames): void {
    const other = this.#byName.get(name);
    const isOther = other !== undefined && personOf(other) !== user.uuid;
    this.#byName.set(name, isOther ? { presence: 'unknown', reason: twoUsers(name) } : found);
  }
}

/** @param name with its kind, which a login is shown without. */
function twoUsers(name: string): Unknown {
  return { code: 'ambiguous', message: `two users go by ${name.replace(/^login:/, '')}` };
}

function personOf(found: TouchedUser): string {
  return found.presence === 'absent' ? '' : (found.user?.uuid ?? '');
}

function liveUser(found: TouchedUser, scope: Scope | undefined, part: string): LiveUser {
  switch (found.presence) {
    case 'absent':
      return found;
    case 'unknown':
      return { presence: 'unknown', reason: found.reason, user: found.user && userOf(found.user) };
    case 'elsewhere':
      return { presence: 'elsewhere', user: userOf(found.user) };
    case 'present': {
      const inScope = scope?.users !== 'group' || found.scopes.has(part);
      return { presence: 'present', user: userOf(found.user), faces: found.faces, inScope };
    }
  }
}

function userOf({ uuid, login }: KnownByNames): User {
  return { uuid, login };
}

/** Of those who were read, each whom a scope brings in. */
function discoveredIn(
  desired: DesiredState,
  everybody: readonly TouchedUser[],
): Pick<LiveState, 'discovered' | 'byOwner'> {
  const broughtIn = (part: string, scope: Scope): readonly LiveUser[] =>
    scope.users === 'listed'
      ? []
      : everybody.map((found) => liveUser(found, scope, part)).filter((user) => isInScope(user));
  const parts = [...scopesIn(desired)].map(([part, scope]) => [part, { users: broughtIn(part, scope) }] as const);
  const byOwner: ReadonlyMap<string, Discovered> = new Map(parts.filter(([, { users }]) => users.length > 0));
  const discovered = parts.flatMap(([, { users }]) => users);
  return desired.owners === undefined ? { discovered } : { discovered, byOwner };
}

function isInScope(user: LiveUser): boolean {
  return user.presence === 'present' ? user.inScope : user.presence !== 'absent';
}
