import type { Readings } from './readings.ts';
import type { Store } from './store.ts';
import type { StoredUser } from './stored.ts';
import type { Credentials, Tokens } from './tokens.ts';

/** What the vendor's rules need to know to answer a call. */
export interface Tenant {
  readonly store: Store;
  readonly readings: Readings;
  readonly credentials: Credentials;
  readonly tokens: Tokens;
  readonly tokenLifetimeMs: number;
  readonly maxFacesPerUser: number;
  /** The most entries on a page, whatever the caller asks for. */
  readonly pageSizeMax: number;
  /** Operations that the tenant has no path for. */
  readonly lacks: ReadonlySet<string>;
  /** Permissions of the API application's role, such as `FACE:VIEW`. */
  readonly permissions: ReadonlySet<string>;
  /** Names of the groups that the role is limited to; undefined for all users. */
  readonly visibleGroups: ReadonlySet<string> | undefined;
  /** The tenant's own time, milliseconds since 1970 UTC. */
  readonly now: () => number;
}

/** Whether the API application's role may see the user; to it, any other user does not exist. */
export function isVisible(tenant: Tenant, user: StoredUser): boolean {
  const { visibleGroups } = tenant;
  return visibleGroups === undefined || user.groups.some((name) => visibleGroups.has(name));
}
