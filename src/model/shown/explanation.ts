import type { TenantId } from '../tenant-id.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Enrollment, Limit, Removal, Scope, UserRef } from '../enrollment.ts';
import type { Instant } from '../instant.ts';
import type { Unknown } from '../live.ts';
import type { Change, MissingEntry } from '../plan.ts';
import type { BudgetUse, ProtectedChange } from '../values/budget.ts';
import type { Place } from '../place.ts';
import type { Profile, ShownFace } from './profile.ts';

/** Kind of name by which an entry or `protect` names a user. */
export type NameKind = 'login' | 'alias' | 'uuid' | 'externalId';

export interface NamingEntry {
  readonly entry: Enrollment;
  readonly by: NameKind;
}

/**
 * Row of the decision table: what is asked for. `unmatched`: no entry claims the face. `not-in-configuration`: no entry
 * names the user.
 */
export type Wish = 'enabled' | 'not-enabled' | 'absent' | 'unmatched' | 'not-in-configuration';

/** Decision of a plan about one entry and its face, one of the two alone, or a face that the rules keep. */
export interface Verdict {
  /** Key of the change, as in a plan. */
  readonly key: string;
  /** Missing where no entry asks for it. */
  readonly entry?: Enrollment | undefined;
  readonly face?: ShownFace | undefined;
  /** Step of the matching that gave the entry its face. */
  readonly step?: string | undefined;
  readonly desired: Wish;
  /** Status of the face; for an entry that wants it enabled, EXPIRED also where an expiry has passed. */
  readonly live: string;
  /** Missing where the face is left alone. */
  readonly change?: Change | undefined;
}

/**
 * Why the files reach the user, or do not. `scope`: no entry names the user, and `scope.onRemove` decides.
 * `outside`: entries name a user outside the scope's group. `nobody`: the files leave the user alone.
 */
export type Ownership = 'entries' | 'scope' | 'outside' | 'nobody' | 'unknown';

/** What the changes of one user spend. A share is of all faces in scope, which one user does not tell. */
export interface BudgetShare extends Pick<BudgetUse, 'budget' | 'used' | 'limit'> {
  readonly unit: Limit['unit'];
  readonly verdict: 'within' | 'over' | 'depends';
}

export interface Guards {
  /** Where `protect` names the user, and how. */
  readonly protect: readonly { readonly name: string; readonly place: Place }[];
  readonly protected: readonly ProtectedChange[];
  readonly budgets: readonly BudgetShare[];
  readonly unmatched: Removal;
  readonly scope: Scope;
}

/** One user on one page: what the tenant and the files say, and what a plan makes of it. */
export interface Explanation {
  readonly asked: UserRef;
  readonly profile: Profile;
  readonly ownership: Ownership;
  /** Why nothing could be decided for a user who was read: their entries need settings that were not. */
  readonly undecided?: Unknown | undefined;
  readonly entries: readonly NamingEntry[];
  /** Entries that are no error though the tenant does not have the user. */
  readonly missing: readonly MissingEntry[];
  /** Sorted as a plan sorts its changes; faces that are left alone come last. */
  readonly verdicts: readonly Verdict[];
  readonly guards: Guards;
  /** Of this user's entries alone. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What is told beside it. */
export interface ExplainContext {
  readonly toolVersion: string;
  readonly tenant: TenantId;
  readonly now: Instant;
}
