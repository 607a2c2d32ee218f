import type { Face, User } from './face.ts';

/** Why a user could not be read. Unknown is never absent: no change is ever planned for such a user. */
export interface Unknown {
  readonly code:
    | 'unauthorized'
    | 'forbidden'
    | 'throttled'
    | 'server-error'
    | 'unreachable'
    | 'timeout'
    | 'not-json'
    | 'wrong-shape'
    | 'repeated-cursor'
    | 'ambiguous'
    | 'vanished'
    | 'refused';
  /** One sentence with the call and what came back; may hold text from outside. */
  readonly message: string;
}

/** What the tenant's face settings of one user say. */
export type FaceSettings =
  /** In days; what zero or less means is not documented. */
  | { readonly settings: 'read'; readonly lifetimeDays: number }
  | { readonly settings: 'unknown'; readonly reason: Unknown };

/** How one listed user ended: read, known not to exist, or unreadable. */
export type LiveUser =
  | { readonly presence: 'present'; readonly user: User; readonly faces: readonly Face[]; readonly inScope: boolean }
  | { readonly presence: 'absent' }
  /** Of another shard, or only looked for: found, and not read. */
  | { readonly presence: 'elsewhere'; readonly user: User }
  /** `user` is there where only his faces could not be read. */
  | { readonly presence: 'unknown'; readonly reason: Unknown; readonly user?: User | undefined };

/** What one scope has brought in. */
export interface Discovered {
  readonly users: readonly LiveUser[];
  readonly failure?: Unknown | undefined;
}

/** What the tenant has, for the users the files name and those the scope brings in. */
export interface LiveState {
  /** By user key, as in `Enrollment.user.key`. Every listed user has an entry. */
  readonly listed: ReadonlyMap<string, LiveUser>;
  /** Users in scope that have a face, found by listing; listed users may be among them. Empty for scope `listed`. */
  readonly discovered: readonly LiveUser[];
  /** Set where the listing of the scope could not be read to its end. */
  readonly discoveryFailure?: Unknown | undefined;
  /** Discovered by the scope of each owner, by name; the empty name is that of files without an owner. */
  readonly byOwner?: ReadonlyMap<string, Discovered> | undefined;
  /** From the general settings where the role may read them, else the vendor's default of 5. */
  readonly maxFacesPerUser: number;
  /** Set where the settings could not be read though the role may read them; the default above is then a guess. */
  readonly settingsFailure?: Unknown | undefined;
}

/** Whom a listing of users has found. */
export interface Everybody {
  readonly users: readonly LiveUser[];
  /** Logins and aliases, lower-cased, that more than one of the listed users go by. */
  readonly sharedNames: ReadonlySet<string>;
  /** Set where the listing could not be read to its end. */
  readonly failure?: Unknown | undefined;
}
