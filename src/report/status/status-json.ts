import { given } from '../../model/values/given.ts';
import { tenantText } from '../../model/tenant-id.ts';
import { sortedDiagnostics, type Diagnostic } from '../../model/diagnostic.ts';
import type { Flow } from '../../model/enrollment.ts';
import { formatInstant } from '../../model/instant.ts';
import type { Place } from '../../model/place.ts';
import type { Reason, WritingChange } from '../../model/plan.ts';
import type {
  EnrollmentState,
  PolicyComparison,
  Status,
  StatusContext,
  StatusEntry,
} from '../../model/shown/status.ts';
import { diagnosticJson, type DiagnosticJson } from '../diagnostics/diagnostic-json.ts';
import type { Leaf } from '../plan/attribute-rows.ts';
import { placeJson } from '../plan-json/change-to-json.ts';
import { heldJson } from '../plan-json/plan-json.ts';
import { differingRows } from './differences.ts';

/** What `status --format json` prints. `total` is the sum of the other counts, and the number of entries. */
export interface StatusJson {
  readonly format_version: '1.0';
  readonly tool: 'faceform';
  readonly tool_version: string;
  readonly timestamp: string;
  readonly x_tenant: string;
  readonly x_complete: boolean;
  readonly x_users: number;
  /** Seconds in which a face that expires counts as expiring. */
  readonly x_within: number;
  /** Users waiting to be provisioned, and users ignored; missing where there are none. */
  readonly x_missing_users?: number;
  readonly x_ignored_users?: number;
  readonly summary: Readonly<Record<EnrollmentState | 'total', number>>;
  readonly entries: readonly StatusEntryJson[];
  /** Conditions of `--fail-on` that hold; missing without that flag. */
  readonly x_conditions?: ReturnType<typeof heldJson>;
  readonly diagnostics: readonly DiagnosticJson[];
}

export interface StatusEntryJson {
  readonly index: string;
  readonly state: EnrollmentState;
  readonly user: string;
  readonly uuid?: string;
  readonly flow?: Flow;
  readonly status?: string;
  readonly since?: string;
  readonly expiry?: string;
  readonly serial_number?: string;
  readonly face_id?: string;
  readonly x_source?: Place;
  readonly reason?: string;
  /** What a plan would do so that the face is as its entry asks; missing where it is. */
  readonly x_differs?: DifferenceJson;
  /** With `--settings all`: the tenant's policy, and whether it may have set the expiry. */
  readonly x_policy?: { readonly lifetime_days: number; readonly expiry: string; readonly matches: boolean };
}

interface DifferenceJson {
  readonly x_action: WritingChange['action'];
  readonly action_reason: Reason;
  /** Attributes that are not as asked, as in a plan; none where the face is to go, or to be replaced for its age. */
  readonly before: Readonly<Record<string, string | null>>;
  readonly after: Readonly<Record<string, string | null>>;
}

export function statusJson(status: Status, context: StatusContext, diagnostics: readonly Diagnostic[]): StatusJson {
  const { wait, ignore } = status.missingUsers;
  return {
    format_version: '1.0',
    tool: 'faceform',
    tool_version: context.toolVersion,
    timestamp: formatInstant(context.now),
    x_tenant: tenantText(context.tenant),
    x_complete: status.complete,
    x_users: status.users,
    x_within: context.within,
    ...(wait === 0 ? {} : { x_missing_users: wait }),
    ...(ignore === 0 ? {} : { x_ignored_users: ignore }),
    summary: { total: status.entries.length, ...status.totals },
    entries: status.entries.map(statusEntryJson),
    ...(context.held === undefined ? {} : { x_conditions: heldJson(context.held) }),
    diagnostics: sortedDiagnostics(diagnostics).map(diagnosticJson),
  };
}

export function statusEntryJson({ face, ...entry }: StatusEntry): StatusEntryJson {
  const { since, place, policy, change } = entry;
  return given<StatusEntryJson>({
    index: entry.key,
    state: entry.state,
    user: entry.user,
    uuid: entry.uuid,
    flow: entry.flow,
    status: face?.status,
    since: since === undefined ? undefined : formatInstant(since),
    expiry: face?.expiry === undefined ? undefined : formatInstant(face.expiry),
    serial_number: face?.serialNumber,
    face_id: face?.id,
    x_source: place && placeJson(place),
    reason: entry.reason,
    x_differs: change && differenceJson(change),
    x_policy: policy && policyJson(policy),
  });
}

function differenceJson(change: WritingChange): DifferenceJson {
  const rows = differingRows(change);
  const side = (of: 'before' | 'after'): DifferenceJson['before'] =>
    Object.fromEntries(rows.map((row) => [row.name, valueJson(row[of])]));
  return { x_action: change.action, action_reason: change.reason, before: side('before'), after: side('after') };
}

/** What may differ is text or an instant. */
function valueJson(leaf: Leaf): string | null {
  if (leaf.state !== 'known') return null;
  const { value } = leaf;
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? formatInstant(value) : JSON.stringify(value);
}

function policyJson({ lifetimeDays, expiry, verdict }: PolicyComparison): NonNullable<StatusEntryJson['x_policy']> {
  return { lifetime_days: lifetimeDays, expiry: formatInstant(expiry), matches: verdict === 'by-policy' };
}
