import type { Diagnostic } from '../model/diagnostic.ts';
import type { DesiredState, Enrollment, PresentEnrollment, UserRef } from '../model/enrollment.ts';
import type { BudgetShare, Explanation, NamingEntry, Ownership, Verdict, Wish } from '../model/shown/explanation.ts';
import type { Face, User } from '../model/face.ts';
import type { Instant } from '../model/instant.ts';
import type { LiveState, LiveUser, Unknown } from '../model/live.ts';
import { placeOf, type Place, type SourceRange } from '../model/place.ts';
import { faceOf, type Change, type Plan, type Reason } from '../model/plan.ts';
import type { BudgetUse } from '../model/values/budget.ts';
import type { Profile, ShownFace } from '../model/shown/profile.ts';
import {
  usersWithPolicy,
  withLifetime,
  withoutUnread,
  withPolicies,
  type SettingsByUser,
} from './match/face-settings.ts';
import { healthFor } from './match/decide.ts';
import type { Claim } from './match/claim.ts';
import { matchUser } from './match/match.ts';
import { createPlan } from './owners/create-plan.ts';
import { namingOf, type Naming } from './plan/user-names.ts';
import { userRef } from './plan/user-ref.ts';

export interface ExplainRequest {
  readonly asked: UserRef;
  readonly desired: DesiredState;
  readonly profile: Profile;
  /** Found while the files were loaded. */
  readonly warnings: readonly Diagnostic[];
  readonly now: Instant;
}

/**
 * Explains what a plan of all files says of one user. The changes are that plan's own: the same engine plans the user
 * alone, which gives the same since no user's changes depend on another's. Pure.
 */
export function explain(request: ExplainRequest): Explanation {
  const { asked, desired, profile, now } = request;
  const naming = namingOf(asked, profile);
  const entries = desired.enrollments.flatMap((entry): readonly NamingEntry[] => {
    const by = naming(entry.user);
    return by === undefined ? [] : [{ entry, by }];
  });
  const narrow = narrowed(desired, entries, naming);
  const settings = settingsOf(profile);
  const plan = planOf(narrow, profile, settings, now);
  const warnings = request.warnings.filter(({ range }) => entries.some(({ entry }) => isWithin(range, entry.range)));
  return {
    asked,
    profile,
    ownership: ownershipOf(profile, narrow),
    undecided: undecided(profile, plan),
    missing: plan.missing,
    entries,
    verdicts: verdictsOf(plan, narrow.enrollments, profile, now),
    guards: {
      protect: [...narrow.protect].map(([name, range]) => ({ name, place: placeOf(range) })),
      protected: plan.protected,
      budgets: plan.budgets.map(budgetShare),
      unmatched: desired.unmatched,
      scope: desired.scope,
    },
    diagnostics: [...warnings, ...plan.diagnostics],
  };
}

/** Plans as `plan` does, settings included. */
function planOf(desired: DesiredState, profile: Profile, settings: SettingsByUser, now: Instant): Plan {
  const live = liveState(profile, desired);
  const needed = usersWithPolicy(desired, live).length > 0 ? settings : none;
  const draft = createPlan({
    desired,
    live: withoutUnread(live, needed),
    settings: needed,
    tenant: { kind: 'origin', origin: '' },
    now,
    missingUsers: desired.missingUsers,
    renew: new Set(),
    entries: 'all',
  });
  return withPolicies(draft, settings);
}

const none: SettingsByUser = new Map();

function settingsOf(profile: Profile): SettingsByUser {
  return profile.presence === 'present' ? new Map([[profile.user.uuid, profile.settings]]) : none;
}

function undecided({ presence }: Profile, { unknown: [unread] }: Plan): Unknown | undefined {
  return presence === 'present' ? unread?.reason : undefined;
}

/** The files, as far as they speak of the user. */
function narrowed(desired: DesiredState, entries: readonly NamingEntry[], naming: Naming): DesiredState {
  const protect = [...desired.protect].filter(([key]) => naming(userRef(key)) !== undefined);
  return { ...desired, enrollments: entries.map(({ entry }) => entry), protect: new Map(protect) };
}

/** The tenant as a reading of the narrowed files would find it. */
function liveState(profile: Profile, { enrollments, protect, scope }: DesiredState): LiveState {
  const { maxFacesPerUser, settingsFailure } = profile;
  const user = liveUser(profile);
  const keys = [...enrollments.map((entry) => entry.user.key), ...protect.keys()];
  const isInScope = profile.presence === 'present' && profile.inScope && scope.users !== 'listed';
  return {
    listed: new Map(keys.map((key) => [key, user])),
    discovered: isInScope ? [user] : [],
    maxFacesPerUser,
    settingsFailure,
  };
}

/** As a plan's reading has them: no property more, so that the changes are the plan's to the last byte. */
function liveUser(profile: Profile): LiveUser {
  switch (profile.presence) {
    case 'absent':
      return { presence: 'absent' };
    case 'unknown': {
      const { reason, user } = profile;
      return { presence: 'unknown', reason, user: user && plainUser(user) };
    }
    case 'present': {
      const { user, inScope, faces } = profile;
      return { presence: 'present', user: plainUser(user), inScope, faces: faces.map(plainFace) };
    }
  }
}

function plainUser({ uuid, login }: User): User {
  return { uuid, login };
}

function plainFace({ lastUsed: _, ...face }: ShownFace): Face {
  return face;
}

function ownershipOf(profile: Profile, { enrollments, scope }: DesiredState): Ownership {
  if (profile.presence !== 'present') return 'unknown';
  if (enrollments.length > 0) return profile.inScope ? 'entries' : 'outside';
  return profile.inScope && scope.users !== 'listed' ? 'scope' : 'nobody';
}

function verdictsOf(plan: Plan, entries: readonly Enrollment[], profile: Profile, now: Instant): readonly Verdict[] {
  if (profile.presence !== 'present') return [];
  const faces = new Map(profile.faces.map((face) => [face.id, face]));
  const { claims } = matchUser(withLifetime(entries, profile.settings, now), profile.faces, now);
  const leftOver: Wish = entries.length === 0 ? 'not-in-configuration' : 'unmatched';
  return [
    ...plan.changes.map((change) => changeVerdict(change, faces, { entries, claims, now })),
    ...plan.kept.flatMap(({ key, face: { id, status } }) =>
      profile.faces.filter((face) => face.id === id).map((face) => ({ key, desired: leftOver, live: status, face })),
    ),
  ];
}

interface Situation {
  readonly entries: readonly Enrollment[];
  readonly claims: readonly Claim[];
  readonly now: Instant;
}

function changeVerdict(
  change: Change,
  faces: ReadonlyMap<string, ShownFace>,
  { entries, claims, now }: Situation,
): Verdict {
  const { key, reason, place } = change;
  const planned = faceOf(change);
  const face = planned && faces.get(planned.id);
  const entry = entries.find(({ range }) => isPlaceOf(range, place));
  const claim = claims.find((one) => one.entry.key === entry?.key && one.face?.id === face?.id);
  const desired = wishes[reason];
  return {
    key,
    desired,
    live: face === undefined ? 'none' : liveText(face, desired === 'enabled' ? claim?.entry : undefined, now),
    change,
    face,
    entry,
    step: claim?.step,
  };
}

/** What the rule goes by: the health of the face for an entry that wants it enabled, else its status. */
function liveText(face: ShownFace, entry: PresentEnrollment | undefined, now: Instant): string {
  const health = entry === undefined ? 'UNKNOWN' : healthFor(entry, face, now);
  return health === 'UNKNOWN' ? face.status : health;
}

const wishes: Readonly<Record<Reason, Wish>> = {
  create_because_missing: 'enabled',
  update_because_expiry_differs: 'enabled',
  update_because_disabled: 'enabled',
  update_because_expired: 'enabled',
  update_because_reverted: 'enabled',
  disable_because_not_enabled: 'not-enabled',
  disable_because_unmatched: 'unmatched',
  disable_because_not_in_configuration: 'not-in-configuration',
  disable_because_reverted: 'not-enabled',
  replace_because_cannot_update: 'enabled',
  replace_because_failed: 'enabled',
  replace_because_expired: 'enabled',
  replace_by_request: 'enabled',
  delete_because_absent: 'absent',
  delete_because_unmatched: 'unmatched',
  delete_because_not_in_configuration: 'not-in-configuration',
  delete_because_reverted: 'absent',
  no_op_because_converged: 'enabled',
  no_op_because_waiting: 'enabled',
  no_op_because_failed: 'enabled',
  no_op_because_expired: 'enabled',
  no_op_because_duplicate: 'unmatched',
  no_op_because_not_enabled: 'not-enabled',
  no_op_because_already_absent: 'absent',
};

function budgetShare({ budget, used, allowed, limit }: BudgetUse): BudgetShare {
  const unit = limit.endsWith('%') ? 'share' : 'count';
  if (unit === 'share') return { budget, used, limit, unit, verdict: used === 0 ? 'within' : 'depends' };
  return { budget, used, limit, unit, verdict: used > allowed ? 'over' : 'within' };
}

function isPlaceOf({ filename, start }: SourceRange, place: Place | undefined): boolean {
  return filename === place?.file && start.line === place.line && start.column === place.column;
}

function isWithin(inner: SourceRange | undefined, { filename, start, end }: SourceRange): boolean {
  if (inner?.filename !== filename) return false;
  return inner.start.byte >= start.byte && inner.end.byte <= end.byte;
}
