import type { TenantId } from '../../model/tenant-id.ts';
import { sortedDiagnostics } from '../../model/diagnostic.ts';
import type { Budgets, DesiredState, UserRef } from '../../model/enrollment.ts';
import type { Face, User } from '../../model/face.ts';
import { later } from '../../model/instant.ts';
import type { LiveState } from '../../model/live.ts';
import type { Change, Plan, UnknownUser } from '../../model/plan.ts';
import type { PastChange, PastRun } from '../../model/shown/past-run.ts';
import { marked, summarize } from '../../model/summary.ts';
import { sortedByKey } from '../../model/values/order.ts';
import type { BudgetUse } from '../../model/values/budget.ts';
import { ownerTeller, usesByOwner, type OwnedFiles } from '../owners/uses-by-owner.ts';
import { budgetUses, protectedChanges } from '../plan/guard.ts';
import { compareChanges, protection } from '../plan/plan.ts';
import { missingProtected } from '../plan/missing-users.ts';
import { unreadBy } from '../plan/unread.ts';
import { userRef } from '../plan/user-ref.ts';
import { userGone } from './revert-diagnostics.ts';
import { revertUser, type RevertRules } from './revert-user.ts';

export interface RevertRequest {
  readonly past: PastRun;
  /** The file that tells of it. */
  readonly record: string;
  /** Of the users of `usersToRevert`. */
  readonly live: LiveState;
  readonly tenant: TenantId;
  readonly now: RevertRules['now'];
  readonly activated: RevertRules['activated'];
  /** What holds for the plan that undoes; the past run's own files do not. */
  readonly desired: OwnedFiles & Pick<DesiredState, 'shortenHorizonSeconds' | 'protect' | 'inputs' | 'filesSkipped'>;
}

/** Users to read: those of the past run by UUID, which no rename changes, and those under protection. */
export function usersToRevert({ changes }: PastRun, { protect }: Pick<DesiredState, 'protect'>): readonly UserRef[] {
  const keys = new Set([...changes.map(({ user }) => uuidKey(user)), ...protect.keys()]);
  return [...keys].map(userRef);
}

function uuidKey({ uuid }: User): string {
  return `uuid:${uuid}`;
}

/** Says what to do so that the tenant is as it was before the past run, as far as that can be had. Pure. */
export function createRevert({ past, record, live, tenant, now, activated, desired }: RevertRequest): Plan {
  const { found, unknown, gone } = joinPast(past, live);
  const rules = { now, activated, facesAllowed: live.maxFacesPerUser };
  const ownerOf = ownerTeller(desired);
  const reverts = found.map(({ changes, ...user }) => {
    const owner = ownerOf({ ...user.user, keys: changes.map(({ key }) => key) });
    const { changes: back, ...others } = revertUser(user, changes, rules);
    return { ...others, changes: owner === undefined ? back : back.map((change) => ({ ...change, owner })) };
  });
  const horizon = later(now, desired.shortenHorizonSeconds);
  const changes = reverts
    .flatMap((revert) => revert.changes)
    .map((change) => (change.action === 'update' ? marked(change, horizon) : change))
    .toSorted(compareChanges);
  const summary = summarize(changes, unknown.length, 0);
  const usesOf = (part: readonly Change[], budgets: Budgets): readonly BudgetUse[] => {
    const users = new Set(part.map(({ user }) => user.uuid));
    const concerned = found.filter(({ user }) => part === changes || users.has(user.uuid));
    const faces = concerned.reduce((sum, user) => sum + user.faces.length, 0);
    return budgetUses(budgets, { summary: summarize(part, 0, 0), changes: part }, faces);
  };
  return {
    tenant,
    complete: unknown.length === 0,
    inputs: desired.inputs,
    filesSkipped: desired.filesSkipped,
    reverts: record,
    users: found.length + unknown.length,
    changes,
    kept: [],
    unknown: sortedByKey(unknown),
    missing: [],
    ...usesByOwner(changes, desired, usesOf),
    protected: protectedChanges(changes, protection(desired, live, found)),
    summary,
    diagnostics: sortedDiagnostics([
      ...missingProtected(desired.protect, live, 'error'),
      ...gone.map(userGone),
      ...reverts.flatMap(({ diagnostics }) => diagnostics),
    ]),
  };
}

interface FoundUser {
  readonly user: User;
  readonly faces: readonly Face[];
  readonly changes: PastChange[];
}

interface JoinedPast {
  readonly found: readonly FoundUser[];
  readonly unknown: readonly UnknownUser[];
  readonly gone: readonly User[];
}

/** Joins what was changed and who is there, by the UUID that the tenant tells. */
function joinPast({ changes }: PastRun, live: LiveState): JoinedPast {
  const found = new Map<string, FoundUser>();
  const others = new Map<string, User>();
  for (const change of changes) {
    const key = uuidKey(change.user);
    const user = live.listed.get(key);
    if (user?.presence !== 'present') {
      others.set(key, change.user);
      continue;
    }
    const { uuid } = user.user;
    const known = found.get(uuid) ?? { user: user.user, faces: user.faces, changes: [] };
    known.changes.push(change);
    found.set(uuid, known);
  }
  const unread = (key: string): readonly UnknownUser[] => unreadBy(key, live.listed.get(key));
  return {
    found: [...found.values()],
    unknown: [...others.keys()].flatMap(unread),
    gone: [...others].flatMap(([key, user]) => (unread(key).length === 0 ? [user] : [])),
  };
}
