import type { Scope, UserRef } from '../enrollment.ts';
import type { Face, User } from '../face.ts';
import type { LiveState, Unknown } from '../live.ts';
import type { Shard } from '../shard.ts';

/** A user with all the names that lead to them. */
export interface KnownByNames extends User {
  readonly aliases: readonly string[];
  readonly externalId?: string | undefined;
}

/** How the reading of one user ended. */
export type TouchedUser =
  | {
      readonly presence: 'present';
      readonly user: KnownByNames;
      readonly faces: readonly Face[];
      /** Names of the scopes that the user is in. */
      readonly scopes: ReadonlySet<string>;
    }
  | { readonly presence: 'absent' }
  /** Of another shard. */
  | { readonly presence: 'elsewhere'; readonly user: KnownByNames }
  /** `user` is there where only the faces or the groups could not be read. */
  | { readonly presence: 'unknown'; readonly reason: Unknown; readonly user?: KnownByNames | undefined };

/** Some users of many, by the names that are asked for. */
export interface TouchedRequest {
  readonly users: readonly UserRef[];
  /** How many users the tenant has at least: whether a listing of all is worth its calls. */
  readonly usersAtLeast: number;
  /** Scopes to look each user up in, by any name. */
  readonly scopes: ReadonlyMap<string, Scope>;
  readonly shard?: Shard | undefined;
  readonly onProgress: (done: number, total: number) => void;
}

/** What the tenant has of them. Every name that was asked for has an entry, by user key. */
export interface TouchedState extends Pick<LiveState, 'maxFacesPerUser' | 'settingsFailure'> {
  readonly users: ReadonlyMap<string, TouchedUser>;
}
