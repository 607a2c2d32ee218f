import type { TenantId } from '../../model/tenant-id.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { usualBudgets, type Budgets, type DesiredState, type UserRef } from '../../model/enrollment.ts';
import { unreadBy } from '../plan/unread.ts';
import type { Face } from '../../model/face.ts';
import type { Instant } from '../../model/instant.ts';
import type { LiveState } from '../../model/live.ts';
import { compareText } from '../../model/values/order.ts';
import type { NoOpChange, Plan, UnknownUser } from '../../model/plan.ts';
import type { Resend, ResendPlan } from '../../model/shown/resend.ts';
import type { BudgetUse } from '../../model/values/budget.ts';
import { ownerTeller, usesByOwner, type OwnedFiles } from '../owners/uses-by-owner.ts';
import { budgetUse } from '../plan/guard.ts';
import { awaitsActivation } from '../match/health.ts';
import { faceKey } from '../plan/plan-user.ts';

/** The users to mail by name, each face of theirs that waits. */
export interface NamedRequest {
  readonly users: readonly UserRef[];
  readonly live: LiveState;
  readonly tenant: TenantId;
  /** The files, where any are given. */
  readonly desired?: OwnedFiles | undefined;
}

/** Says whom to mail of users given by name. Whoever has nothing to activate, or is nobody, is an error. Pure. */
export function resendsByName({ users, live, tenant, desired = noFiles }: NamedRequest): ResendPlan {
  const resends = new Map<string, Resend>();
  const faces = new Map<string, number>();
  const unknown: UnknownUser[] = [];
  const diagnostics: Diagnostic[] = [];
  const ownerOf = ownerTeller(desired);
  for (const { key } of users) {
    const found = live.listed.get(key);
    if (found?.presence === 'absent') diagnostics.push(nobody(key));
    unknown.push(...unreadBy(key, found));
    if (found?.presence !== 'present') continue;
    const waiting = found.faces.filter(awaitsActivation);
    if (waiting.length === 0) diagnostics.push(notWaiting(key, found.faces));
    faces.set(found.user.uuid, found.faces.length);
    for (const face of waiting) {
      const { user } = found;
      const owner = ownerOf({ ...user, keys: [], askedAs: key });
      resends.set(face.id, { action: 'resend', key: faceKey(user, face), user, face, owner, annotations: {} });
    }
  }
  const usesOf = (part: readonly Resend[], { email: limit }: Budgets): readonly BudgetUse[] => {
    const mailed = new Set(part.map(({ user }) => user.uuid));
    const concerned = [...faces].filter(([uuid]) => part.length === resends.size || mailed.has(uuid));
    const inScope = concerned.reduce((sum, [, count]) => sum + count, 0);
    return [budgetUse({ budget: 'email', used: part.length, limit }, inScope)];
  };
  return {
    tenant,
    resends: oldestFirst([...resends.values()]),
    complete: unknown.length === 0,
    unknown,
    missing: [],
    ...usesByOwner([...resends.values()], desired, usesOf),
    diagnostics,
  };
}

const noFiles: OwnedFiles = { budgets: usualBudgets, enrollments: [] };

export interface WaitingRequest {
  readonly plan: Plan;
  readonly desired: DesiredState;
  /** Seconds. */
  readonly longerThan: number;
  readonly now: Instant;
}

/**
 * Says whom to mail of those whom the files want to have a mobile face and to be mailed, and who have waited for it for
 * so long. What an entry wants gone, disabled or without e-mails is not mailed, nor is a face that no entry claims. Pure.
 */
export function resendsToWaiting({ plan, desired, longerThan, now }: WaitingRequest): ResendPlan {
  const mailed = new Set(
    desired.enrollments.flatMap((entry) =>
      entry.state === 'present' && entry.face.flow === 'mobile' && entry.face.activation.email ? [entry.key] : [],
    ),
  );
  const waiting = plan.changes.flatMap((change) =>
    change.action === 'no-op' && isWaitingFace(change) && mailed.has(change.key) ? [change] : [],
  );
  const undated = waiting.filter(({ face }) => face.created === undefined);
  const resends = waiting
    .filter(({ face }) => face.created !== undefined && now - face.created >= longerThan)
    .map(({ key, user, face, place, owner, annotations }): Resend => {
      return { action: 'resend', key, user, face, owner, annotations, place };
    });
  const emails = (budgets: readonly BudgetUse[], used: number): readonly BudgetUse[] =>
    budgets.filter(({ budget }) => budget === 'email').map((budget) => ({ ...budget, used }));
  return {
    tenant: plan.tenant,
    resends: oldestFirst(resends),
    complete: plan.complete,
    unknown: plan.unknown,
    missing: plan.missing,
    budgets: emails(plan.budgets, resends.length),
    owners: plan.owners?.map(({ name, place, budgets }) => {
      const own = resends.filter(({ owner }) => owner === name);
      return { name, place, budgets: emails(budgets, own.length) };
    }),
    diagnostics: [...plan.diagnostics, ...undated.map(({ key, user }) => sinceUnknown(key, user.login))],
  };
}

function isWaitingFace(change: NoOpChange): change is NoOpChange & { readonly face: Face } {
  return change.reason === 'no_op_because_waiting' && change.face !== undefined && awaitsActivation(change.face);
}

function oldestFirst(resends: readonly Resend[]): readonly Resend[] {
  return resends.toSorted(
    (a, b) => (a.face.created ?? Infinity) - (b.face.created ?? Infinity) || compareText(a.key, b.key),
  );
}

function nobody(key: string): Diagnostic {
  return {
    severity: 'error',
    code: 'USER_NOT_FOUND',
    summary: `--user names "${key}", whom the tenant does not have`,
    detail: 'Correct the name, or widen the role of the API application if it sees only some groups.',
  };
}

function notWaiting(key: string, faces: readonly Face[]): Diagnostic {
  const has =
    faces.length === 0 ? 'the user has no face' : `the faces are ${faces.map(({ status }) => status).join(', ')}`;
  return {
    severity: 'error',
    code: 'NOTHING_TO_ACTIVATE',
    summary: `--user names "${key}", who has no mobile face that waits for its activation: ${has}`,
    detail: 'Leave the user out, or create a face with apply.',
  };
}

function sinceUnknown(key: string, login: string): Diagnostic {
  return {
    severity: 'warning',
    code: 'WAITING_SINCE_UNKNOWN',
    summary: `the tenant does not say since when "${key}" waits`,
    detail: `To mail him all the same: --user ${login}.`,
  };
}
