import type { Enrollment, NewFace, Removal as RemovalRule } from '../../model/enrollment.ts';
import { placeOf } from '../../model/place.ts';
import type { Face, User } from '../../model/face.ts';
import type { Instant } from '../../model/instant.ts';
import type { FaceSettings } from '../../model/live.ts';
import type {
  Change,
  CreateChange,
  DisableChange,
  Reason,
  ReplaceChange,
  UnmatchedFace,
  UpdateChange,
} from '../../model/plan.ts';
import { decide, type Decision } from '../match/decide.ts';
import { withLifetime } from '../match/face-settings.ts';
import { fingerprint } from './fingerprint.ts';
import { canBeDisabled, healthOf, type Health } from '../match/health.ts';
import { isPinLost, type Claim } from '../match/claim.ts';
import { matchUser, type Match } from '../match/match.ts';

/** One user with all that the files and the tenant say of him. */
export interface UserSituation {
  readonly user: User;
  readonly faces: readonly Face[];
  /** Empty for a user that only the scope brings in. */
  readonly entries: readonly Enrollment[];
  /** What happens to faces that no entry speaks of. */
  readonly leftover: RemovalRule;
  readonly leftoverReason: 'unmatched' | 'not_in_configuration';
  /** The tenant's face settings of the user, where an entry needs them. */
  readonly settings?: FaceSettings | undefined;
}

/** What is the same for every user of a plan. */
export interface PlanRules {
  readonly now: Instant;
  readonly facesAllowed: number;
  /** Keys of the enrollments to renew on purpose. */
  readonly renew: ReadonlySet<string>;
  /**
   * `unsettled`: some name could not be resolved, and may be a second one of any user. Then no face counts as
   * unmatched, and none is replaced for being another's.
   */
  readonly names: 'settled' | 'unsettled';
}

export interface UserPlan {
  readonly changes: readonly Change[];
  readonly kept: readonly UnmatchedFace[];
  readonly match: Match;
  /** Replaces that are not planned while names are unsettled. */
  readonly withheld: readonly Change[];
}

/** What makes a change the one it is, beside what all have in common. */
type DecidedAction =
  | Pick<CreateChange, 'action' | 'create'>
  | Pick<UpdateChange, 'action' | 'face' | 'to'>
  | Pick<DisableChange, 'action' | 'face'>
  | Pick<ReplaceChange, 'action' | 'face' | 'create' | 'order'>
  | Extract<Decision, { readonly action: 'no-op' }>;

type Base = Pick<Change, 'user' | 'precondition' | 'facesInUse' | 'facesAllowed'>;

/** Plans one user: his entries against his faces, then the faces that are left. */
export function planUser(given: UserSituation, rules: PlanRules): UserPlan {
  const { user, faces } = given;
  const entries = withLifetime(given.entries, given.settings, rules.now);
  const isSettled = rules.names === 'settled';
  const found = matchUser(entries, faces, rules.now);
  const isGuess = given.leftover === 'delete' && found.claims.some(isPinLost);
  const situation: UserSituation = isGuess ? { ...given, leftover: 'keep' } : given;
  const match = leaveAlike(found, isSettled ? situation.leftover : 'disable');
  const base: Base = {
    user,
    precondition: fingerprint(faces),
    facesInUse: faces.length,
    facesAllowed: rules.facesAllowed,
  };
  // Loops, since each user passes here, and a tenant may have a million.
  const decided: Change[] = [];
  for (const claim of match.claims) decided.push(claimChange(claim, base, rules), ...alikeChanges(claim, base));
  for (const removal of match.removals) decided.push(...absentChanges(removal, base));
  const kept: UnmatchedFace[] = [];
  for (const face of match.left) {
    const change = isSettled ? leftoverChange(face, situation, base) : undefined;
    if (change === undefined) kept.push({ key: faceKey(user, face), user, face });
    else decided.push(change);
  }
  const withheld = isSettled ? [] : decided.filter(({ reason }) => reason === 'replace_because_cannot_update');
  const changes = withheld.length === 0 ? decided : decided.filter((change) => !withheld.includes(change));
  return { changes: makeRoom(changes), kept, match, withheld };
}

/** Where faces that no entry speaks of go anyhow, so do those that would merely be disabled with their like. */
function leaveAlike(match: Match, leftover: RemovalRule): Match {
  if (leftover === 'keep') return match;
  const claims = match.claims.map((claim) => ({ ...claim, alike: [] }));
  return { ...match, claims, left: [...match.left, ...match.claims.flatMap((claim) => claim.alike)] };
}

/** The key of a face that no present entry claims. */
export function faceKey(user: User, face: Face): string {
  return `${user.login.toLowerCase()}/${face.serialNumber ?? face.id}`;
}

function claimChange(claim: Claim, base: Base, rules: PlanRules): Change {
  const { entry } = claim;
  const { key, annotations } = entry;
  const decision: Decision = decide(claim, rules.now, rules.renew.has(key) ? 'renew' : 'keep');
  const { reason } = decision;
  // Spelled out: V8 takes a hundred times as long where a spread comes first, and there may be a million of these.
  const { user, precondition, facesInUse, facesAllowed } = base;
  const place = placeOf(entry.range);
  return {
    key,
    user,
    reason,
    place,
    annotations,
    precondition,
    facesInUse,
    facesAllowed,
    ...actionOf(decision, claim, rules.now),
  };
}

function actionOf(decision: Decision, claim: Claim, now: Instant): DecidedAction {
  const { entry } = claim;
  switch (decision.action) {
    case 'create':
      return { action: 'create', create: asWritten(entry.face) };
    case 'update': {
      const expiry = decision.expiry === undefined ? {} : { expiry: decision.expiry };
      return { action: 'update', face: decision.face, to: { status: 'ACTIVE', ...expiry } };
    }
    case 'disable':
      return { action: 'disable', face: decision.face };
    case 'replace':
      return { action: 'replace', face: decision.face, create: asWritten(entry.face), order: orderOf(claim, now) };
    case 'no-op':
      return decision;
  }
}

/** Of a face that is created the tenant sets the policy's expiry itself. */
function asWritten(face: NewFace): NewFace {
  return face.expiry.rule === 'policy' ? { ...face, expiry: { rule: 'policy' } } : face;
}

function alikeChanges({ entry, alike }: Claim, base: Base): readonly Change[] {
  if (alike.length === 0) return [];
  const common = { ...base, place: placeOf(entry.range), annotations: entry.annotations };
  return alike.map((face) => ({
    ...common,
    key: faceKey(base.user, face),
    action: 'disable',
    reason: 'disable_because_not_enabled',
    face,
  }));
}

function absentChanges({ entry, faces }: Match['removals'][number], base: Base): readonly Change[] {
  const common = { ...base, place: placeOf(entry.range), annotations: entry.annotations };
  if (faces.length === 0) {
    return [{ ...common, key: entry.key, action: 'no-op', reason: 'no_op_because_already_absent' }];
  }
  return faces.map((face) => ({
    ...common,
    key: faceKey(base.user, face),
    action: 'delete',
    reason: 'delete_because_absent',
    face,
  }));
}

/** Undefined where the face is left alone. */
function leftoverChange(face: Face, situation: UserSituation, base: Base): Change | undefined {
  const { leftover, leftoverReason, user } = situation;
  if (leftover === 'keep') return undefined;
  const common = { ...base, key: faceKey(user, face), annotations: {}, face };
  const because = <A extends string>(action: A): `${A}_because_${typeof leftoverReason}` =>
    `${action}_because_${leftoverReason}`;
  switch (leftover) {
    case 'disable': {
      const reason: Reason = because('disable');
      return canBeDisabled(face) ? { ...common, action: 'disable', reason } : undefined;
    }
    case 'delete':
      return { ...common, action: 'delete', reason: because('delete') };
  }
}

/**
 * Creates first only where the old face is in use and not pinned, so that nobody is left without a face. A pinned one is
 * found by its serial number in the next run as well: if its delete alone had failed, a second new face would follow.
 */
function orderOf({ face, pin }: Claim, now: Instant): ReplaceChange['order'] {
  const isInUse = face !== undefined && inUse.has(healthOf(face, now));
  return isInUse && pin !== 'held' ? 'create-first' : 'delete-first';
}

const inUse: ReadonlySet<Health> = new Set(['ACTIVE', 'UNKNOWN']);

/** Where creating first would pass the tenant's maximum, each replace deletes first. */
function makeRoom(changes: readonly Change[]): readonly Change[] {
  if (!changes.some((change) => change.action === 'replace')) return changes;
  const creates = changes.filter((change) => change.action === 'create').length;
  return changes.map((change) =>
    change.action === 'replace' && change.facesInUse + creates >= change.facesAllowed
      ? { ...change, order: 'delete-first' }
      : change,
  );
}
