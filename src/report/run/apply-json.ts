import { given, type Spelled } from '../../model/values/given.ts';
import { tenantText, type TenantId } from '../../model/tenant-id.ts';
import { sortedDiagnostics, type Diagnostic } from '../../model/diagnostic.ts';
import type { User } from '../../model/face.ts';
import type { ApplyReport, Outcome, OutcomeState, OutcomeTotals, Refusal, Task } from '../../model/outcome.ts';
import type { Plan } from '../../model/plan.ts';
import type { Held } from '../../model/shown/conditions.ts';
import type { Place } from '../../model/place.ts';
import type { WritingChange } from '../../model/plan.ts';
import { diagnosticJson, type DiagnosticJson } from '../diagnostics/diagnostic-json.ts';
import { userJson } from '../plan-json/face-json.ts';
import { heldJson, missingJson } from '../plan-json/plan-json.ts';
import { compareText } from '../../model/values/order.ts';
import { addressOf, placeJson, valuesJson, type ValuesJson } from '../plan-json/change-to-json.ts';

export interface ApplyContext {
  readonly toolVersion: string;
  readonly tenant: TenantId;
  readonly diagnostics: readonly Diagnostic[];
  readonly missing?: Plan['missing'];
  /** Conditions of `--fail-on`; undefined without that flag. */
  readonly held?: readonly Held[] | undefined;
}

export interface ApplyJson {
  readonly format_version: '1.0';
  readonly tool: 'faceform';
  readonly tool_version: string;
  readonly x_tenant: string;
  readonly summary: OutcomeTotals & { readonly emails: number };
  readonly outcomes: readonly OutcomeJson[];
  /** Entries whose users the tenant does not have, as in the plan; missing where there are none. */
  readonly x_missing?: ReturnType<typeof missingJson>;
  /** Conditions of `--fail-on` that hold after the run; missing without that flag. */
  readonly x_conditions?: ReturnType<typeof heldJson>;
  readonly diagnostics: readonly DiagnosticJson[];
}

interface ErrorJson {
  readonly status?: number;
  readonly code?: string;
  readonly message: string;
}

export interface OutcomeJson {
  readonly address: string;
  readonly index: string;
  readonly x_action: Task['action'];
  readonly outcome: OutcomeState;
  readonly x_user: User;
  readonly x_source?: Place;
  /** Of the face that was written: for a create or replace, the new one. */
  readonly face_id?: string;
  /** The face as it was planned to be changed; null where there was none. A resend changes nothing, and has neither. */
  readonly before?: ValuesJson['before'];
  /** The face as the plan wants it; null where it goes. */
  readonly after?: ValuesJson['after'];
  readonly error?: ErrorJson;
  readonly note?: string;
  /** Whether the tenant accepted a call that sends an activation e-mail, whatever the outcome; left out where it did not. */
  readonly email?: 'sent';
}

interface StartedJson extends ValuesJson, Pick<OutcomeJson, 'address' | 'index' | 'x_action' | 'x_user'> {
  readonly x_precondition: string;
}

export function applyJson(report: ApplyReport, context: ApplyContext): ApplyJson {
  const { missing = [], held } = context;
  const { planned, applied, already, failed, stale, skipped, unknown } = report.totals;
  return {
    format_version: '1.0',
    tool: 'faceform',
    tool_version: context.toolVersion,
    x_tenant: tenantText(context.tenant),
    summary: { planned, applied, already, failed, stale, skipped, unknown, emails: report.emails },
    outcomes: report.outcomes
      .toSorted((left, right) => compareText(left.change.key, right.change.key))
      .map(outcomeJson),
    ...(missing.length === 0 ? {} : { x_missing: missingJson(missing) }),
    ...(held === undefined ? {} : { x_conditions: heldJson(held) }),
    diagnostics: sortedDiagnostics(context.diagnostics).map(diagnosticJson),
  };
}

/** A change that a run begins. `x_precondition`: as in the plan, it tells the new face of a create from those before. */
export function startedJson(change: WritingChange): StartedJson {
  return {
    address: addressOf(change.key),
    index: change.key,
    x_action: change.action,
    x_user: userJson(change.user),
    x_precondition: change.precondition,
    ...valuesJson(change),
  };
}

/** One change with how it ended. */
export function outcomeJson(outcome: Outcome): OutcomeJson {
  const { change, state } = outcome;
  return given<OutcomeJson>({
    address: addressOf(change.key),
    index: change.key,
    x_action: change.action,
    outcome: state,
    x_user: userJson(change.user),
    x_source: change.place && placeJson(change.place),
    ...toldOf(outcome),
    ...valuesOf(change),
    email: outcome.email,
  });
}

function valuesOf(change: Task): Spelled<Pick<OutcomeJson, 'before' | 'after'>> {
  return change.action === 'resend' ? { before: undefined, after: undefined } : valuesJson(change);
}

function toldOf(outcome: Outcome): Spelled<Pick<OutcomeJson, 'face_id' | 'error' | 'note'>> {
  switch (outcome.state) {
    case 'applied':
    case 'already':
      return { face_id: outcome.faceId, error: undefined, note: outcome.note };
    case 'failed':
    case 'unknown':
      return { face_id: undefined, error: errorJson(outcome.refusal), note: undefined };
    case 'stale':
    case 'skipped':
      return { face_id: undefined, error: undefined, note: outcome.note };
  }
}

function errorJson({ status, errorCode, problem, message }: Refusal): ErrorJson {
  return given<ErrorJson>({ status, code: problem ?? errorCode, message });
}
