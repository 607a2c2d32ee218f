import { given } from '../../model/values/given.ts';
import { formatInstant } from '../../model/instant.ts';
import { sortedDiagnostics } from '../../model/diagnostic.ts';
import { compareText, sortedByKey } from '../../model/values/order.ts';
import { tenantText } from '../../model/tenant-id.ts';
import type { Change, Plan } from '../../model/plan.ts';
import type { PlanContext } from '../../model/shown/plan-context.ts';
import { countMissing } from '../../model/summary.ts';
import type { Held } from '../../model/shown/conditions.ts';
import { shardText } from '../../model/shard.ts';
import { diagnosticJson } from '../diagnostics/diagnostic-json.ts';
import type { CredentialNamesJson, PlanFile } from '../generated/plan-file.generated.ts';
import { digestOf, planDigest } from '../text/canonical-json.ts';
import { addressOf, placeJson, resourceChange } from './change-to-json.ts';
import { faceJson, userJson } from './face-json.ts';

/** Raised with each change of what a plan means. */
const formatVersion = '1.1';

/**
 * A plan as JSON, a cousin of `terraform show -json`; it holds all that a saved plan needs. The same plan gives the same
 * bytes, and the same digest at any time of day.
 */
export function planJson(plan: Plan, context: PlanContext, noops: 'list' | 'omit'): PlanFile {
  const isListed = (change: Change): boolean => noops === 'list' || change.action !== 'no-op';
  const listed = plan.changes.filter((change) => isListed(change));
  const standing = plan.changes.filter(
    (change) => !isListed(change) && change.action === 'no-op' && change.standing !== undefined,
  );
  const resource_changes = sortedByKey(listed).map(resourceChange);
  const body = given<Omit<PlanFile, 'x_digest' | 'x_signature'>>({
    format_version: formatVersion,
    tool: 'faceform',
    tool_version: context.toolVersion,
    timestamp: formatInstant(context.now),
    x_tenant: tenantText(plan.tenant),
    x_environment: environmentJson(plan),
    x_complete: plan.complete,
    x_inputs: inputsJson(plan),
    x_files_skipped: positive(plan.filesSkipped),
    x_commit: context.commit,
    x_shard: plan.shard && shardText(plan.shard),
    x_reverts: plan.reverts,
    x_read: readingJson(plan),
    x_users: plan.users,
    summary: summaryJson(plan),
    resource_changes,
    x_standing: sortedByKey(standing).map(resourceChange),
    x_unknown: unknownJson(plan),
    x_missing: plan.missing.length === 0 ? undefined : missingJson(plan.missing),
    x_unmatched: unmatchedJson(plan),
    x_budgets: budgetsJson(plan.budgets),
    x_owners: plan.owners?.map(({ name, place, budgets }) => {
      return { name, place: placeJson(place), budgets: budgetsJson(budgets) };
    }),
    x_protected: sortedByKey(plan.protected).map(({ key, action }) => ({ key, action })),
    x_acknowledged: context.acknowledged,
    x_conditions: context.held && heldJson(context.held),
    x_pace: context.pace,
    x_create_api: context.createApi,
    diagnostics: sortedDiagnostics(plan.diagnostics).map(diagnosticJson),
    x_changes_digest: digestOf(resource_changes),
  });
  return { ...body, x_digest: planDigest(body) };
}

function positive(count: number): number | undefined {
  return count === 0 ? undefined : count;
}

function environmentJson({ environment }: Plan): PlanFile['x_environment'] {
  if (environment === undefined) return undefined;
  const { name, credentials } = environment;
  if (credentials === undefined) return { name };
  const { applicationId, sharedSecret, file } = credentials;
  return { name, credentials: given<CredentialNamesJson>({ applicationId, sharedSecret, file }) };
}

function readingJson({ read }: Plan): PlanFile['x_read'] {
  if (read === undefined) return undefined;
  return given<NonNullable<PlanFile['x_read']>>({
    mode: read.mode,
    ref: read.ref,
    merge_base: read.mergeBase,
    users_read: read.usersRead,
    users_in_files: read.usersInFiles,
    users_left_out: read.usersLeftOut,
    reason: read.reason,
  });
}

function inputsJson({ inputs }: Plan): PlanFile['x_inputs'] {
  return inputs
    .map(({ file, sha256 }) => ({ file, sha256 }))
    .toSorted((left, right) => compareText(left.file, right.file));
}

function summaryJson({ summary, missing }: Plan): PlanFile['summary'] {
  const { wait, ignore } = countMissing(missing);
  return given<PlanFile['summary']>({
    create: summary.create,
    update: summary.update,
    shorten: summary.shorten,
    disable: summary.disable,
    replace: summary.replace,
    delete: summary.delete,
    noop: summary.noop,
    waiting: summary.waiting,
    attention: summary.attention,
    duplicate: summary.duplicate,
    unknown: summary.unknown,
    unmatched: summary.unmatched,
    emails: summary.emails,
    missing_users: positive(wait),
    ignored_users: positive(ignore),
  });
}

function unknownJson({ unknown }: Plan): PlanFile['x_unknown'] {
  return sortedByKey(unknown).map(({ key, reason, places }) => ({
    user: key,
    reason: { code: reason.code, message: reason.message },
    places: places.map(placeJson),
  }));
}

/** Entries whose users the tenant does not have. */
export function missingJson(missing: Plan['missing']): NonNullable<PlanFile['x_missing']> {
  return sortedByKey(missing).map(({ user, key, handling, place }) => ({
    user,
    index: key,
    missing_users: handling,
    place: placeJson(place),
  }));
}

/** Duplicates as well, which need attention: no entry claims them either. */
function unmatchedJson({ kept, changes }: Plan): PlanFile['x_unmatched'] {
  const duplicates = changes.flatMap((change) =>
    change.action === 'no-op' && change.duplicateOf !== undefined && change.face !== undefined
      ? [{ key: change.key, user: change.user, face: change.face }]
      : [],
  );
  return sortedByKey([...kept, ...duplicates]).map(({ key, user, face }) => ({
    address: addressOf(key),
    index: key,
    x_user: userJson(user),
    face: faceJson(face),
  }));
}

/** Conditions of `--fail-on`. */
export function heldJson(held: readonly Held[]): NonNullable<PlanFile['x_conditions']> {
  return held.map(({ condition, count }) => ({ condition, count }));
}

function budgetsJson(budgets: Plan['budgets']): PlanFile['x_budgets'] {
  return budgets
    .map(({ budget, used, allowed, limit }) => ({ budget, used, allowed, limit }))
    .toSorted((left, right) => compareText(left.budget, right.budget));
}
