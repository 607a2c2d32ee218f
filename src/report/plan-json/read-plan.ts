import { parseTenantId } from '../../model/tenant-id.ts';
import { usualCreateApi } from '../../model/enrollment.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Change, Plan } from '../../model/plan.ts';
import type { PlanContext } from '../../model/shown/plan-context.ts';
import { parseShard, type Shard } from '../../model/shard.ts';
import { digestOf, planDigest } from '../text/canonical-json.ts';
import { checkPlan } from '../generated/check-plan.generated.ts';
import type { DiagnosticJson, PlanFile } from '../generated/plan-file.generated.ts';
import { contradictionIn, isShortening } from './contradiction.ts';
import { PlanMisfit, readChange, readFace, readInstant } from './change-from-json.ts';

/** A plan that was read back: all that the one that was written held. */
export interface SavedPlan {
  readonly plan: Plan;
  readonly context: PlanContext;
}

/** What a text was read as; where it is no plan to go by, `expected` says what would be. */
export type PlanReading =
  | { readonly state: 'read'; readonly saved: SavedPlan }
  | { readonly state: 'unfit'; readonly found: string; readonly expected: string };

interface Check {
  (value: unknown): boolean;
  errors?: readonly { readonly instancePath: string; readonly message?: string }[] | null;
}

const check: Check = checkPlan;
const versions: readonly unknown[] = ['1.0', '1.1'] satisfies readonly PlanFile['format_version'][];
const anotherPlan = "a plan as 'faceform plan --out FILE' saves it";

/** Reads what `planJson` has written. What was cut short, changed or made by others is told, never guessed. */
export function readPlan(text: string): PlanReading {
  const json = parse(text);
  if (json === undefined) return unfit('it is not JSON, or was cut short', anotherPlan);
  if (json['tool'] !== 'faceform') return unfit('faceform did not write it', anotherPlan);
  if (!versions.includes(json['format_version'])) {
    const version = JSON.stringify(json['format_version']);
    return unfit(`its format_version is ${version}`, 'format_version "1.1" or "1.0"');
  }
  if (!isPlanFile(json)) return unfit(misfit(), anotherPlan);
  const damage = damageOf(json);
  if (damage !== undefined) return unfit(damage, 'an untouched file');
  try {
    const saved = { plan: planOf(json), context: contextOf(json) };
    const uncounted = json.format_version === '1.0' ? saved.plan.changes.find(isShortening) : undefined;
    if (uncounted !== undefined) return unfit(endsUncounted(uncounted), 'a plan of this version');
    const contradiction = contradictionIn(saved.plan);
    return contradiction === undefined ? { state: 'read', saved } : unfit(contradiction, anotherPlan);
  } catch (error) {
    if (error instanceof PlanMisfit) return unfit(error.message, anotherPlan);
    throw error;
  }
}

function damageOf(json: PlanFile): string | undefined {
  if (planDigest(json) !== json.x_digest) return 'its content does not fit its x_digest: it was changed or damaged';
  const isOther = json.x_changes_digest !== undefined && digestOf(json.resource_changes) !== json.x_changes_digest;
  return isOther ? 'its changes do not fit its x_changes_digest' : undefined;
}

/** Plans of 1.0 have no budget and no protection for these. */
function endsUncounted({ key }: Change): string {
  return `an older version saved it, whose budgets do not count that the access of ${JSON.stringify(key)} ends earlier`;
}

function unfit(found: string, expected: string): PlanReading {
  return { state: 'unfit', found, expected };
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the value has a plan's shape; its digest is `readPlan`'s to check. */
export function isPlanFile(json: unknown): json is PlanFile {
  return check(json);
}

function misfit(): string {
  const [first] = check.errors ?? [];
  return `${first?.instancePath ?? ''} ${first?.message ?? 'it has another shape'}`.trim();
}

function planOf(json: PlanFile): Plan {
  const listed = [...json.resource_changes, ...json.x_standing];
  const duplicates = new Set(
    listed.flatMap(({ change, x_duplicate_of: other }) => (other === undefined ? [] : (change.before?.id ?? []))),
  );
  const { missing_users: _, ignored_users: __, ...summary } = json.summary;
  return {
    tenant: parseTenantId(json.x_tenant),
    environment: json.x_environment,
    complete: json.x_complete,
    inputs: json.x_inputs,
    filesSkipped: json.x_files_skipped ?? 0,
    shard: json.x_shard === undefined ? undefined : readShard(json.x_shard),
    reverts: json.x_reverts,
    read: json.x_read && readReading(json.x_read),
    users: json.x_users,
    changes: listed.map(readChange),
    kept: json.x_unmatched
      .filter(({ face }) => !duplicates.has(face.id))
      .map(({ index, x_user, face }) => ({ key: index, user: x_user, face: readFace(face) })),
    unknown: json.x_unknown.map(({ user, reason, places }) => ({ key: user, reason, places })),
    missing: (json.x_missing ?? []).map(({ user, index, missing_users: handling, place }) => {
      return { user, key: index, handling, place };
    }),
    budgets: json.x_budgets,
    ...(json.x_owners === undefined ? {} : { owners: json.x_owners }),
    protected: json.x_protected,
    summary: { ...summary, shorten: summary.shorten ?? 0, duplicate: summary.duplicate ?? 0 },
    diagnostics: json.diagnostics.map(readDiagnostic),
  };
}

function readReading(json: NonNullable<PlanFile['x_read']>): NonNullable<Plan['read']> {
  return {
    mode: json.mode,
    ref: json.ref,
    mergeBase: json.merge_base,
    usersRead: json.users_read,
    usersInFiles: json.users_in_files,
    usersLeftOut: json.users_left_out,
    reason: json.reason,
  };
}

function readShard(text: string): Shard {
  const shard = parseShard(text);
  if (shard === undefined) throw new PlanMisfit(`its x_shard is ${JSON.stringify(text)}`);
  return shard;
}

function contextOf(json: PlanFile): PlanContext {
  return {
    toolVersion: json.tool_version,
    now: readInstant(json.timestamp),
    commit: json.x_commit,
    acknowledged: json.x_acknowledged,
    pace: json.x_pace,
    createApi: json.x_create_api ?? usualCreateApi,
    held: json.x_conditions,
  };
}

function readDiagnostic({ severity, code, summary, detail, range, snippet }: DiagnosticJson): Diagnostic {
  return {
    severity,
    code,
    summary,
    detail,
    range,
    snippet: snippet && {
      context: snippet.context,
      code: snippet.code,
      startLine: snippet.start_line,
      highlightStart: snippet.highlight_start_offset,
      highlightEnd: snippet.highlight_end_offset,
    },
  };
}
