import type { TenantId } from '../../model/tenant-id.ts';
import { sortedDiagnostics, type Diagnostic } from '../../model/diagnostic.ts';
import type { DesiredState, MissingUsers, UserRef } from '../../model/enrollment.ts';
import type { User } from '../../model/face.ts';
import { later, type Instant } from '../../model/instant.ts';
import type { LiveState } from '../../model/live.ts';
import { faceOf, type Change, type Plan, type UnknownUser, type UnmatchedFace } from '../../model/plan.ts';
import type { Shard } from '../../model/shard.ts';
import { joinUsers, type JoinedUsers } from './join-users.ts';
import { compareText, sortedByKey } from '../../model/values/order.ts';
import type { SettingsByUser } from '../match/face-settings.ts';
import { deletedEntriesUnknown, otherFlowActive } from './leftover-diagnostics.ts';
import { budgetUses, protectedChanges } from './guard.ts';
import { endDiagnostics } from './end-diagnostics.ts';
import { missingEntries, missingProtected, missingUsers } from './missing-users.ts';
import { matchDiagnostics, scopeNotRead, settingsNotRead, unknownNames, userDiagnostics } from './plan-diagnostics.ts';
import { planUser, type PlanRules, type UserPlan } from './plan-user.ts';
import { summarize } from '../../model/summary.ts';
import { userRef } from './user-ref.ts';

/** All that a plan depends on. The same request gives the same plan, whatever the order of files, entries or pages. */
export interface PlanRequest {
  readonly desired: DesiredState;
  readonly live: LiveState;
  readonly tenant: TenantId;
  readonly now: Instant;
  /** For entries that have none of their own; that of their files where it is missing. */
  readonly missingUsers?: MissingUsers | undefined;
  /** For names in `protect`; as for entries where it is missing. */
  readonly missingProtected?: MissingUsers | undefined;
  /** Keys of enrollments to renew on purpose. */
  readonly renew: ReadonlySet<string>;
  /** Of the users whose entries ask for the tenant's policy, by UUID. */
  readonly settings?: SettingsByUser;
  /** `some`: entries were left out, whose names may be second ones of any user; so no face counts as unmatched. */
  readonly entries: 'all' | 'some';
  /** The part of the users that were read. */
  readonly shard?: Shard | undefined;
  /** How many users each part of the files names, and all; shares are of the faces in scope where it is missing. */
  readonly usersNamed?: UsersNamed | undefined;
  /** Name of the only owner whose part is planned; missing for everything. */
  readonly owner?: string | undefined;
}

/** Distinct users that files name, of all shards. */
export interface UsersNamed {
  readonly total: number;
  /** By the owner's name; the empty name is that of files without an owner. */
  readonly byPart: ReadonlyMap<string, number>;
}

/** The plan of one part of the files, and how many faces its users have. */
export interface PartPlan {
  readonly plan: Plan;
  readonly faces: number;
}

/** Plans what one part of the files asks for: all of them where they have no owners. */
export function planPart(request: PlanRequest): PartPlan {
  const { desired, live, now, shard, renew, settings } = request;
  const { scope, unmatched } = desired;
  const joined = joinUsers(desired, live);
  const names = request.entries === 'all' ? joined.names : 'unsettled';
  const draft = new Draft();
  const horizon = later(now, desired.shortenHorizonSeconds);
  const common = { now, horizon, facesAllowed: live.maxFacesPerUser, renew, names, settings };
  planListed(draft, joined, { ...common, leftover: unmatched, leftoverReason: 'unmatched' });
  if (scope.users !== 'listed') {
    planUnlisted(draft, joined, { ...common, leftover: scope.onRemove, leftoverReason: 'not_in_configuration' });
  }
  const changes = draft.changes.sort(compareChanges);
  const unknown = sortedByKey(joined.unknown);
  const summary = summarize(changes, unknown.length, draft.leftOver);
  const rule = request.missingUsers ?? desired.missingUsers;
  const faces = [...joined.listed, ...joined.unlisted].reduce((sum, user) => sum + user.faces.length, 0);
  const plan: Plan = {
    tenant: request.tenant,
    environment: desired.environment,
    complete: isComplete(live, unknown),
    inputs: desired.inputs,
    filesSkipped: desired.filesSkipped,
    shard,
    users: joined.listed.length + joined.unlisted.length + unknown.length,
    changes,
    kept: sortedByKey(draft.kept),
    unknown,
    missing: missingEntries(joined.absent, rule),
    budgets: budgetUses(desired.budgets, { summary, changes }, request.usersNamed?.total ?? faces, shard),
    protected: protectedChanges(changes, protection(desired, live, [...joined.listed, ...joined.unlisted])),
    summary,
    diagnostics: sortedDiagnostics([...planDiagnostics(request, joined, draft.kept), ...draft.diagnostics]),
  };
  return { plan, faces };
}

/** The plan so far. Of each user only this is held until the end, for there may be a million. */
class Draft {
  readonly changes: Change[] = [];
  readonly kept: UnmatchedFace[] = [];
  readonly diagnostics: Diagnostic[] = [];
  /** Faces that no entry claims, whatever happens to them. */
  leftOver = 0;

  add(user: UserPlan, rules: PlanRules): void {
    this.changes.push(...user.changes);
    this.kept.push(...user.kept);
    this.diagnostics.push(
      ...matchDiagnostics(user),
      ...endDiagnostics(user, rules),
      ...otherFlowActive(user, rules.now),
    );
    this.leftOver += user.match.left.length;
  }
}

/** What is not about one user. */
function planDiagnostics(
  { desired, live, renew, ...rules }: PlanRequest,
  joined: JoinedUsers,
  kept: readonly UnmatchedFace[],
): readonly Diagnostic[] {
  const rule = rules.missingUsers ?? desired.missingUsers;
  return [
    ...scopeNotRead(live.discoveryFailure, 'plan'),
    ...settingsNotRead(live),
    ...missingUsers(joined.absent, rule),
    ...missingProtected(desired.protect, live, rules.missingProtected ?? rule),
    ...deletedEntriesUnknown(desired, kept),
    ...(renew.size === 0 ? [] : unknownNames('--replace', renew, new Set(desired.enrollments.map(({ key }) => key)))),
  ];
}

function planListed(draft: Draft, { listed }: JoinedUsers, rules: PlanRules): void {
  for (const known of listed) {
    draft.diagnostics.push(...userDiagnostics(known, rules.facesAllowed));
    if (known.inScope) draft.add(planUser(known, rules), rules);
  }
}

function planUnlisted(draft: Draft, { unlisted }: JoinedUsers, rules: PlanRules): void {
  for (const { user, faces } of unlisted) draft.add(planUser({ user, faces, entries: [] }, rules), rules);
}

function isComplete(live: LiveState, unknown: readonly UnknownUser[]): boolean {
  return unknown.length === 0 && live.discoveryFailure === undefined;
}

/** By the names that `protect` uses, and by those under which entries name the same user. */
export function protection(
  desired: Pick<DesiredState, 'protect'>,
  live: LiveState,
  known: readonly { readonly user: User }[],
): (uuid: string) => boolean {
  if (desired.protect.size === 0) return () => false;
  const uuids = new Set<string>();
  const named = [...desired.protect.keys()].flatMap((key) => live.listed.get(key) ?? []);
  // Whom such a name means nobody knows now; it may be anybody.
  if (named.some((found) => found.presence === 'unknown' && found.user === undefined)) return () => true;
  for (const found of named) if (found.presence !== 'absent' && found.user !== undefined) uuids.add(found.user.uuid);
  for (const { user } of known) {
    if (desired.protect.has(user.login.toLowerCase()) || desired.protect.has(`uuid:${user.uuid}`)) uuids.add(user.uuid);
  }
  return (uuid) => uuids.has(uuid);
}

export function compareChanges(a: Change, b: Change): number {
  return compareText(a.key, b.key) || compareText(faceId(a), faceId(b));
}

/** A change without a face has a key that no other change has. */
function faceId(change: Change): string {
  return faceOf(change)?.id ?? '';
}

/** The users to read: those with entries and those under protection, each once. */
export function usersToRead(desired: DesiredState): readonly UserRef[] {
  const refs = new Map(desired.enrollments.map((entry) => [entry.user.key, entry.user]));
  for (const key of desired.protect.keys()) if (!refs.has(key)) refs.set(key, userRef(key));
  return sortedByKey([...refs.values()]);
}
