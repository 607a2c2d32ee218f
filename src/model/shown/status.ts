import type { TenantId } from '../tenant-id.ts';
import type { Flow } from '../enrollment.ts';
import type { Face } from '../face.ts';
import type { Instant } from '../instant.ts';
import type { Held } from './conditions.ts';
import type { WritingChange } from '../plan.ts';
import type { MissingCount } from '../summary.ts';
import type { Place } from '../place.ts';

/**
 * How an enrollment stands, in the order in which somebody wants to know.
 *
 * - `attention`: failed or expired. `missing`: an entry asks for a face, and there is none.
 * - `expiring`: of use, and not for long. `waiting`: the user or the vendor must act.
 * - `disabled`: disabled, or of no use and not wanted either. `unknown`: the user could not be read.
 */
export const enrollmentStates = [
  'attention',
  'missing',
  'expiring',
  'waiting',
  'disabled',
  'enrolled',
  'unknown',
] as const;
export type EnrollmentState = (typeof enrollmentStates)[number];

/** A face; or an entry, or a user, of which no face is known. */
export interface StatusEntry {
  /** Of the entry; `<login>/<serialNumber>` for a face that no present entry claims. */
  readonly key: string;
  readonly state: EnrollmentState;
  /** The login; where that is not known, the name in the files. */
  readonly user: string;
  readonly uuid?: string | undefined;
  /** Missing where nothing tells it. */
  readonly flow?: Flow | undefined;
  readonly face?: Face | undefined;
  /** Since when it is in this state, as far as the tenant tells. */
  readonly since?: Instant | undefined;
  /** Missing where no entry speaks of it. */
  readonly place?: Place | undefined;
  /** How the expiry of the face compares with the tenant's policy, where that was asked for. */
  readonly policy?: PolicyComparison | undefined;
  /** What a plan would do so that the face is as its entry asks; missing where it is. */
  readonly change?: WritingChange | undefined;
  /** Why there is no face; may hold text from outside. */
  readonly reason?: string | undefined;
}

/** The tenant's policy for one user, and whether it may have set the expiry of a face. */
export interface PolicyComparison {
  readonly lifetimeDays: number;
  /** What the policy gives the face, counted from its creation. */
  readonly expiry: Instant;
  readonly verdict: 'by-policy' | 'not-by-policy';
}

/** How all enrollments stand. Entries are sorted by key; each is counted once. */
export interface Status {
  readonly users: number;
  /** False where any user, or the scope, could not be read to the end. */
  readonly complete: boolean;
  readonly entries: readonly StatusEntry[];
  readonly totals: Readonly<Record<EnrollmentState, number>>;
  /** Users whom the tenant does not have, where that is no error. */
  readonly missingUsers: MissingCount;
  /** All users of the files whom the tenant does not have. */
  readonly absentUsers: number;
}

/** What is told beside it. */
export interface StatusContext {
  readonly toolVersion: string;
  readonly tenant: TenantId;
  readonly now: Instant;
  /** Seconds in which a face that expires counts as expiring. */
  readonly within: number;
  /** Conditions of `--fail-on` that hold; undefined where none were asked for. */
  readonly held?: readonly Held[] | undefined;
}
