import { tenantText } from '../../model/tenant-id.ts';
import { sortedDiagnostics } from '../../model/diagnostic.ts';
import type { CreateApi, InputFile } from '../../model/enrollment.ts';
import type { User } from '../../model/face.ts';
import { formatInstant } from '../../model/instant.ts';
import type { Unknown } from '../../model/live.ts';
import type { Place } from '../../model/place.ts';
import type { Acknowledged, BudgetUse, Change, Plan, PlanContext, ProtectedChange, Summary } from '../../model/plan.ts';
import { shardText } from '../../model/shard.ts';
import { planDigest } from '../text/canonical-json.ts';
import { diagnosticJson, type DiagnosticJson } from '../diagnostics/diagnostic-json.ts';
import { faceJson, userJson, type MembersJson } from './face-json.ts';
import { sortedByKey, compareText } from '../../model/order.ts';
import { addressOf, placeJson, resourceChange, type ResourceChange } from './change-to-json.ts';

/** A plan as JSON, a cousin of `terraform show -json`; it holds all that a saved plan needs. */
export interface PlanJson {
  readonly format_version: '1.0';
  readonly tool: 'faceform';
  readonly tool_version: string;
  readonly timestamp: string;
  readonly x_tenant: string;
  readonly x_complete: boolean;
  readonly x_inputs: readonly InputFile[];
  readonly x_files_skipped?: number;
  readonly x_commit?: string;
  readonly x_shard?: string;
  readonly x_users: number;
  readonly summary: Summary;
  readonly resource_changes: readonly ResourceChange[];
  /** Faces that wait or need attention, where they are not among the changes. */
  readonly x_standing: readonly ResourceChange[];
  readonly x_unknown: readonly UnknownJson[];
  readonly x_unmatched: readonly UnmatchedJson[];
  readonly x_budgets: readonly BudgetUse[];
  readonly x_protected: readonly ProtectedChange[];
  readonly x_acknowledged: Acknowledged;
  readonly x_pace: PlanContext['pace'];
  readonly x_create_api: CreateApi;
  readonly diagnostics: readonly DiagnosticJson[];
  readonly x_digest: string;
}

interface UnknownJson {
  readonly user: string;
  readonly reason: Unknown;
  readonly places: readonly Place[];
}

interface UnmatchedJson {
  readonly address: string;
  readonly index: string;
  readonly x_user: User;
  readonly face: MembersJson;
}

/** The same plan gives the same bytes, and the same digest at any time of day. */
export function planJson(plan: Plan, context: PlanContext, noops: 'list' | 'omit'): PlanJson {
  const isListed = (change: Change): boolean => noops === 'list' || change.action !== 'no-op';
  const listed = plan.changes.filter((change) => isListed(change));
  const standing = plan.changes.filter(
    (change) => !isListed(change) && change.action === 'no-op' && change.standing !== undefined,
  );
  const body = {
    format_version: '1.0',
    tool: 'faceform',
    tool_version: context.toolVersion,
    timestamp: formatInstant(context.now),
    x_tenant: tenantText(plan.tenant),
    x_complete: plan.complete,
    x_inputs: inputsJson(plan.inputs),
    ...(plan.filesSkipped === 0 ? {} : { x_files_skipped: plan.filesSkipped }),
    ...(context.commit === undefined ? {} : { x_commit: context.commit }),
    ...(plan.shard === undefined ? {} : { x_shard: shardText(plan.shard) }),
    x_users: plan.users,
    summary: summaryJson(plan.summary),
    resource_changes: sortedByKey(listed).map(resourceChange),
    x_standing: sortedByKey(standing).map(resourceChange),
    x_unknown: unknownJson(plan),
    x_unmatched: unmatchedJson(plan),
    x_budgets: budgetsJson(plan.budgets),
    x_protected: sortedByKey(plan.protected).map(({ key, action }) => ({ key, action })),
    x_acknowledged: context.acknowledged,
    x_pace: context.pace,
    x_create_api: context.createApi,
    diagnostics: sortedDiagnostics(plan.diagnostics).map(diagnosticJson),
  } as const;
  return { ...body, x_digest: planDigest(body) };
}

function inputsJson(inputs: readonly InputFile[]): readonly InputFile[] {
  return inputs
    .map(({ file, sha256 }) => ({ file, sha256 }))
    .toSorted((left, right) => compareText(left.file, right.file));
}

function summaryJson(summary: Summary): Summary {
  return {
    create: summary.create,
    update: summary.update,
    disable: summary.disable,
    replace: summary.replace,
    delete: summary.delete,
    noop: summary.noop,
    waiting: summary.waiting,
    attention: summary.attention,
    unknown: summary.unknown,
    unmatched: summary.unmatched,
    emails: summary.emails,
  };
}

function unknownJson({ unknown }: Plan): readonly UnknownJson[] {
  return sortedByKey(unknown).map(({ key, reason, places }) => ({
    user: key,
    reason: { code: reason.code, message: reason.message },
    places: places.map(placeJson),
  }));
}

function unmatchedJson({ kept }: Plan): readonly UnmatchedJson[] {
  return sortedByKey(kept).map(({ key, user, face }) => ({
    address: addressOf(key),
    index: key,
    x_user: userJson(user),
    face: faceJson(face),
  }));
}

function budgetsJson(budgets: readonly BudgetUse[]): readonly BudgetUse[] {
  return budgets
    .map(({ budget, used, allowed, limit }) => ({ budget, used, allowed, limit }))
    .toSorted((left, right) => compareText(left.budget, right.budget));
}
