import type { SandboxSeed, SeedUser } from './state/seed.ts';
import type { Store } from './state/store.ts';
import type { StoredUser } from './state/stored.ts';

/** What a tenant lacked and has been given. Logins, in the order in which they were asked for. */
export interface FilledIn {
  readonly users: readonly string[];
  /** Users who were there and are in one more group. */
  readonly members: readonly string[];
}

/**
 * Adds the groups and users of the seed that the tenant does not have, and puts those it has into their groups. Users are
 * found by id, externalId or login, whichever comes first; a login that is made up gives way to one that is taken.
 * Faces of the seed have no effect.
 */
export function fillIn(store: Store, { groups = [], users = [] }: SandboxSeed = {}): FilledIn {
  const names = new Map(groups.map(({ name }) => [name, groupFor(store, name)]));
  const added: string[] = [];
  const members: string[] = [];
  for (const user of [...users.filter(hasLogin), ...users.filter((each) => !hasLogin(each))]) {
    const wanted = (user.groups ?? []).map((name) => names.get(name) ?? groupFor(store, name));
    const known = find(store, user);
    if (known === undefined) {
      added.push(store.addUser({ ...user, login: freeLogin(store, user.login), groups: wanted }).login);
    } else if (wanted.some((name) => !known.groups.includes(name))) {
      members.push(known.login);
      store.joinGroups(known, wanted);
    }
  }
  return { users: added, members };
}

/** Name of the group that has this name, external id or id; it is made if there is none. */
function groupFor(store: Store, wanted: string): string {
  const known = store
    .groups()
    .find(({ id, name, externalId }) => name === wanted || externalId === wanted || sameId(id, wanted));
  return (known ?? store.addGroup({ name: wanted })).name;
}

/** Whether the login is the user's name, and not made up since the user is known by something else. */
function hasLogin({ id, externalId }: SeedUser): boolean {
  return id === undefined && externalId === undefined;
}

function sameId(id: string, wanted: string): boolean {
  return id.toLowerCase() === wanted.toLowerCase();
}

function find(store: Store, { id, externalId, login }: SeedUser): StoredUser | undefined {
  if (id !== undefined) return store.user(id);
  return externalId === undefined ? store.userNamed(login) : store.userWithExternalId(externalId);
}

/** The login itself for a user found by it, since nobody has it then. */
function freeLogin(store: Store, login: string): string {
  let free = login;
  for (let count = 2; store.userNamed(free) !== undefined; count += 1) free = `${login}-${count}`;
  return free;
}
