import type { Removal } from '../../model/enrollment.ts';
import { placeOf } from '../../model/place.ts';
import { nameOf, type Face, type User } from '../../model/face.ts';
import type { Change, UnmatchedFace } from '../../model/plan.ts';
import { disabled, decide, type PlanClock } from '../match/decide.ts';
import { withLifetime, type SettingsByUser } from '../match/face-settings.ts';
import { duplicatesIn, type Duplicate } from '../match/duplicates.ts';
import { fingerprint } from './fingerprint.ts';
import { isInUse } from '../match/health.ts';
import { isPinLost, type Claim } from '../match/claim.ts';
import { matchUser, type Match } from '../match/match.ts';
import type { KnownUser } from './join-users.ts';

/** What is the same for every user of a plan that entries name, and for every other. */
export interface PlanRules extends PlanClock {
  readonly facesAllowed: number;
  /** What happens to faces that no entry speaks of. */
  readonly leftover: Removal;
  readonly leftoverReason: 'unmatched' | 'not_in_configuration';
  /** By UUID, of the users whose entries need them. */
  readonly settings: SettingsByUser | undefined;
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

type Base = Pick<Change, 'user' | 'precondition' | 'facesInUse' | 'facesAllowed'>;

/** Plans one user: his entries against his faces, then the faces that are left. */
export function planUser({ user, faces, entries }: Omit<KnownUser, 'inScope'>, rules: PlanRules): UserPlan {
  const isSettled = rules.names === 'settled';
  const found = matchUser(withLifetime(entries, rules.settings?.get(user.uuid), rules.now), faces, rules.now);
  const isGuess = rules.leftover === 'delete' && found.claims.some(isPinLost);
  const leftover = isGuess ? 'keep' : rules.leftover;
  const match = leaveAlike(found, leftover, rules.names);
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
  const seconds = new Map(duplicatesIn(match, rules.now).map((one) => [one.face, duplicateChange(one, base)]));
  for (const face of match.left) {
    const removal = isSettled ? leftoverChange(face, { leftover, because: rules.leftoverReason }, base) : undefined;
    const change = removal ?? seconds.get(face);
    if (change === undefined) kept.push({ key: faceKey(user, face), user, face });
    else decided.push(change);
  }
  const withheld = isSettled ? [] : decided.filter(({ reason }) => reason === 'replace_because_cannot_update');
  const changes = withheld.length === 0 ? decided : decided.filter((change) => !withheld.includes(change));
  return { changes: makeRoom(changes), kept, match, withheld };
}

/** Leaves faces that would merely be disabled with their like to what happens to those that no entry speaks of. */
function leaveAlike(match: Match, leftover: Removal, names: PlanRules['names']): Match {
  // A name that could not be resolved may speak of any face, so that none is disabled merely for being like another.
  if (names === 'settled' && leftover === 'keep') return match;
  const claims = match.claims.map((claim) => ({ ...claim, alike: [] }));
  return { ...match, claims, left: [...match.left, ...match.claims.flatMap((claim) => claim.alike)] };
}

/** The key of a face that no present entry claims. */
export function faceKey(user: User, face: Face): string {
  return `${user.login.toLowerCase()}/${nameOf(face)}`;
}

function claimChange(claim: Claim, base: Base, rules: PlanRules): Change {
  const { key, annotations, range } = claim.entry;
  // Spelled out: V8 takes a hundred times as long where a spread comes first, and there may be a million of these.
  const { user, precondition, facesInUse, facesAllowed } = base;
  const place = placeOf(range);
  const decision = decide(claim, rules, rules.renew.has(key) ? 'renew' : 'keep');
  return { key, user, place, annotations, precondition, facesInUse, facesAllowed, ...decision };
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
    to: disabled(face),
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

interface Leftover {
  readonly leftover: Removal;
  readonly because: PlanRules['leftoverReason'];
}

/** Undefined where the face is left alone. */
function leftoverChange(face: Face, { leftover, because }: Leftover, base: Base): Change | undefined {
  if (leftover === 'keep') return undefined;
  const common = { ...base, key: faceKey(base.user, face), annotations: {}, face };
  if (leftover === 'delete') return { ...common, action: 'delete', reason: `delete_because_${because}` };
  if (!isInUse(face)) return undefined;
  return { ...common, action: 'disable', reason: `disable_because_${because}`, to: disabled(face) };
}

/** Of two faces for one entry somebody must choose; until then nothing is written to either. */
function duplicateChange({ face, entry, other }: Duplicate, base: Base): Change {
  return {
    ...base,
    key: faceKey(base.user, face),
    place: placeOf(entry.range),
    annotations: entry.annotations,
    action: 'no-op',
    reason: 'no_op_because_duplicate',
    face,
    standing: { state: 'attention', since: face.created },
    duplicateOf: { key: entry.key, face: other },
  };
}

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
