import type { UpdatableName } from './attributes.ts';
import type { BudgetUse, OwnerUse, ProtectedChange } from './values/budget.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { ExpiryRule, InputFile, MissingUsers, NewFace } from './enrollment.ts';
import type { Environment } from './values/environment.ts';
import type { Face, User } from './face.ts';
import type { Instant } from './instant.ts';
import type { Unknown } from './live.ts';
import type { Place } from './place.ts';
import type { PlanReading } from './shown/plan-reading.ts';
import type { Shard } from './shard.ts';
import type { TenantId } from './tenant-id.ts';

export const actions = ['create', 'update', 'disable', 'replace', 'delete', 'no-op'] as const;
export type Action = (typeof actions)[number];

/** Why an action was planned; spelled so in JSON as `action_reason`. */
export type Reason =
  | 'create_because_missing'
  | 'update_because_expiry_differs'
  | 'update_because_disabled'
  | 'update_because_expired'
  | 'update_because_reverted'
  | 'disable_because_not_enabled'
  | 'disable_because_unmatched'
  | 'disable_because_not_in_configuration'
  | 'disable_because_reverted'
  | 'replace_because_cannot_update'
  | 'replace_because_failed'
  | 'replace_because_expired'
  | 'replace_by_request'
  | 'delete_because_absent'
  | 'delete_because_unmatched'
  | 'delete_because_not_in_configuration'
  | 'delete_because_reverted'
  | 'no_op_because_converged'
  | 'no_op_because_waiting'
  | 'no_op_because_failed'
  | 'no_op_because_expired'
  | 'no_op_because_duplicate'
  | 'no_op_because_not_enabled'
  | 'no_op_because_already_absent';

/** Reasons for one action: their spelling begins with it. */
export type ReasonFor<A extends Action> = Extract<Reason, `${Spelling<A>}_${string}`>;
type Spelling<A extends Action> = A extends 'no-op' ? 'no_op' : A;

interface ChangeBase {
  /** `<user key>/<flow>[/<label>]`, or `<login>/<serialNumber>` for a face that no present entry claims. */
  readonly key: string;
  readonly user: User;
  /** The entry's place; missing where no entry asked, as for a user that left the scope. */
  readonly place?: Place | undefined;
  /** Whose part of the files the change belongs to; missing where that has no owner. */
  readonly owner?: string | undefined;
  readonly annotations: Readonly<Record<string, string>>;
  /** SHA-256 over the user's live faces, as they were when the change was planned. */
  readonly precondition: string;
  /** How many faces the user has, and may have. */
  readonly facesInUse: number;
  readonly facesAllowed: number;
}

interface ChangeOf<A extends Action> extends ChangeBase {
  readonly action: A;
  readonly reason: ReasonFor<A>;
}

/** The tenant's policy for a new face, where the tenant was asked. It decides nothing; it is shown. */
interface NewFacePolicy {
  readonly policy?: { readonly lifetimeDays: number } | undefined;
}

export interface CreateChange extends ChangeOf<'create'>, NewFacePolicy {
  readonly create: NewFace;
}
/** Values that an update may change, as the attribute table says. */
export type Updated = Pick<Face, UpdatableName>;

export interface UpdateChange extends ChangeOf<'update'> {
  readonly face: Face;
  /** All that is sent beside the id; a value that stays is the live one. */
  readonly to: Updated & { readonly status: 'ACTIVE' };
  /**
   * Set where the update ends access earlier than the face says. `near`: within the horizon, so that it counts as a
   * removal: a budget limits it, and `protect` forbids it.
   */
  readonly shortens?: 'near' | 'far' | undefined;
}
export interface DisableChange extends ChangeOf<'disable'> {
  readonly face: Face;
  /** As in an update. Only a revert changes another value than the status. */
  readonly to: Updated & { readonly status: 'DISABLED' };
}
export interface ReplaceChange extends ChangeOf<'replace'>, NewFacePolicy {
  readonly face: Face;
  readonly create: NewFace;
  readonly order: 'delete-first' | 'create-first';
}
export interface DeleteChange extends ChangeOf<'delete'> {
  readonly face: Face;
}
/** Waiting: the user or the vendor must act. Attention: somebody must look. `since` where the tenant tells. */
export interface Standing {
  readonly state: 'waiting' | 'attention';
  readonly since?: Instant | undefined;
}
export interface NoOpChange extends ChangeOf<'no-op'> {
  /** Missing where there is no face, and none is wanted. */
  readonly face?: Face | undefined;
  readonly standing?: Standing | undefined;
  /** The expiry the entry asks for, which waits until the face is active. */
  readonly pendingExpiry?: ExpiryRule | undefined;
  /** Set where the face answers an entry a second time: the entry's key, and the face that it has. */
  readonly duplicateOf?: { readonly key: string; readonly face: Face } | undefined;
}
export type Change = CreateChange | UpdateChange | DisableChange | ReplaceChange | DeleteChange | NoOpChange;
/** What makes a change the one it is, beside what all changes of a user and an entry have in common. */
export type Decision = Own<Change>;
type Own<C extends ChangeBase> = C extends ChangeBase ? Omit<C, keyof ChangeBase> : never;
/** A change that writes. */
export type WritingChange = Exclude<Change, NoOpChange>;
/** A change that makes a face. */
export type CreatingChange = CreateChange | ReplaceChange;

/** The live face that the change is about; a create has none, and a no-op may have none. */
export function faceOf(change: Change): Face | undefined {
  return change.action === 'create' ? undefined : change.face;
}

export function isWriting(change: Change): change is WritingChange {
  return change.action !== 'no-op';
}

/** The changes of a plan that write, in its order. */
export function writingChanges({ changes }: Pick<Plan, 'changes'>): readonly WritingChange[] {
  return changes.filter(isWriting);
}

export function isReasonFor<A extends Action>(action: A, reason: Reason): reason is ReasonFor<A> {
  return reason.startsWith(`${action.replace('-', '_')}_`);
}

export function isCreating<C extends { readonly action: string }>(change: C): change is Extract<C, CreatingChange> {
  return change.action === 'create' || change.action === 'replace';
}

/** A face that no entry claims and that the rules keep. */
export interface UnmatchedFace {
  readonly key: string;
  readonly user: User;
  readonly face: Face;
}

/** A user that could not be read, with the entries that therefore get no action. */
export interface UnknownUser {
  /** The user key; the login for a user found by listing the scope. */
  readonly key: string;
  readonly reason: Unknown;
  readonly places: readonly Place[];
}

/** An entry whose user the tenant does not have, and which is no error. */
export interface MissingEntry {
  /** Key of the user. */
  readonly user: string;
  readonly key: string;
  /** `wait`: the user is waiting to be provisioned. `ignore`: the user is only counted. */
  readonly handling: Exclude<MissingUsers, 'error'>;
  readonly place: Place;
}

/** Spelled as in JSON. `noop` includes those waiting and those that need attention. */
export interface Summary {
  readonly create: number;
  /** Includes those that shorten. */
  readonly update: number;
  /** Updates that end access earlier, near or far. */
  readonly shorten: number;
  readonly disable: number;
  readonly replace: number;
  readonly delete: number;
  readonly noop: number;
  readonly waiting: number;
  readonly attention: number;
  /** Faces among those that need attention that answer an entry a second time. */
  readonly duplicate: number;
  /** Users that could not be read. */
  readonly unknown: number;
  /** Faces that no entry claims, whatever happens to them. */
  readonly unmatched: number;
  /** Activation e-mails that the creates and replaces will send. */
  readonly emails: number;
}

/** The whole of what a run would do, and all that `apply` is given. Plain data; changes are sorted by key. */
export interface Plan {
  readonly tenant: TenantId;
  /** Missing where the files have none. */
  readonly environment?: Environment | undefined;
  /** False where any user, or the scope, could not be read to the end. */
  readonly complete: boolean;
  readonly inputs: readonly InputFile[];
  /** As in `DesiredState`. */
  readonly filesSkipped: number;
  /** The part of the users that the plan is about, and to which its budgets are cut down; missing for all of them. */
  readonly shard?: Shard | undefined;
  /** Journal, report or plan of the run that the plan undoes; missing where it is made from files. */
  readonly reverts?: string | undefined;
  /** Missing where the plan is made from past runs. */
  readonly read?: PlanReading | undefined;
  /** How many users were looked at, those that could not be read included. */
  readonly users: number;
  readonly changes: readonly Change[];
  readonly kept: readonly UnmatchedFace[];
  readonly unknown: readonly UnknownUser[];
  readonly missing: readonly MissingEntry[];
  /** Of the whole plan. */
  readonly budgets: readonly BudgetUse[];
  /** Those that the plan is about; missing where the files have none. */
  readonly owners?: readonly OwnerUse[] | undefined;
  readonly protected: readonly ProtectedChange[];
  readonly summary: Summary;
  readonly diagnostics: readonly Diagnostic[];
}
