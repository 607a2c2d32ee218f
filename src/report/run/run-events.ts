import type { Diagnostic } from '../../model/diagnostic.ts';
import { formatInstant, type Instant } from '../../model/instant.ts';
import type { ApplyReport, Outcome, Task } from '../../model/outcome.ts';
import type { Action, Plan, Summary } from '../../model/plan.ts';
import { outcomeJson } from './apply-json.ts';
import { diagnosticJson } from '../diagnostics/diagnostic-json.ts';
import { plain, toJsonLine } from '../text/escape.ts';
import { sortedByKey, sortedDiagnostics } from '../text/order.ts';
import { isWriting } from '../plan/plan-text.ts';
import { addressOf } from '../plan-json/change-to-json.ts';

/**
 * What happens during an apply, in the shape of `terraform apply -json`, so that what reads those lines reads ours;
 * members and types of our own begin with `x_`.
 *
 * @see https://developer.hashicorp.com/terraform/internals/machine-readable-ui
 */
export interface RunEvent {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly type: string;
  readonly members: object;
}

/** The version of Terraform's format that the events follow. */
const uiVersion = '1.2';

export function eventLine({ level, message, type, members }: RunEvent, now: Instant): string {
  return toJsonLine({
    '@level': level,
    '@message': plain(message),
    '@module': 'faceform',
    '@timestamp': formatInstant(now),
    type,
    ...members,
  });
}

export function versionEvent(toolVersion: string): RunEvent {
  return info(`faceform ${toolVersion}`, 'version', { faceform: toolVersion, ui: uiVersion });
}

/** What was found about the input, each change that is to come, and how many of what. */
export function planEvents(plan: Plan): readonly RunEvent[] {
  const changes = sortedByKey(plan.changes.filter(isWriting)).map((change) =>
    info(`${addressOf(change.key)}: plan to ${change.action}`, 'planned_change', {
      change: { ...subject(change), reason: change.reason },
    }),
  );
  const { diagnostics, summary } = plan;
  return [...sortedDiagnostics(diagnostics).map(diagnosticEvent), ...changes, summaryEvent('plan', summary, {})];
}

export function startEvent(change: Task): RunEvent {
  return info(`${addressOf(change.key)}: ${change.action} begins`, 'apply_start', { hook: subject(change) });
}

/** How one change ended. That of a change which was never sent has a type that Terraform does not know. */
export function outcomeEvent(outcome: Outcome, elapsedSeconds: number): RunEvent {
  const { change, state } = outcome;
  const own = outcomeJson(outcome);
  const reason = own.error?.message ?? own.note;
  const message = `${addressOf(change.key)}: ${change.action} ${state}${reason === undefined ? '' : `: ${reason}`}`;
  const hook = { ...subject(change), elapsed_seconds: elapsedSeconds };
  switch (state) {
    case 'applied': {
      const id = own.face_id === undefined ? {} : { id_key: 'id', id_value: own.face_id };
      return info(message, 'apply_complete', { hook: { ...hook, ...id }, x_outcome: own });
    }
    case 'failed':
    case 'unknown':
      return { level: 'error', message, type: 'apply_errored', members: { hook, x_outcome: own } };
    case 'stale':
    case 'skipped':
      return { level: 'warn', message, type: 'x_apply_left_out', members: { hook, x_outcome: own } };
  }
}

/** The last event: what was done, and totals that add up. */
export function endEvent({ totals, outcomes, emails }: ApplyReport): RunEvent {
  const done = (action: Task['action']): number =>
    outcomes.filter(({ state, change }) => state === 'applied' && change.action === action).length;
  const applied = {
    create: done('create'),
    update: done('update'),
    disable: done('disable'),
    replace: done('replace'),
    delete: done('delete'),
  };
  return summaryEvent('apply', applied, { x_summary: { ...totals, emails } });
}

function info(message: string, type: string, members: object): RunEvent {
  return { level: 'info', message, type, members };
}

/** Why a run ended before its end, or never began. */
export function failureEvent(summary: string, detail: string): RunEvent {
  const diagnostic = { severity: 'error', summary: plain(summary), detail: plain(detail) };
  return { level: 'error', message: summary, type: 'diagnostic', members: { diagnostic } };
}

export function diagnosticEvent(diagnostic: Diagnostic): RunEvent {
  const level = diagnostic.severity === 'error' ? 'error' : 'warn';
  const members = { diagnostic: diagnosticJson(diagnostic) };
  return { level, message: diagnostic.summary, type: 'diagnostic', members };
}

function subject({ key, action }: Task): object {
  const addr = addressOf(key);
  const resource = {
    addr,
    module: '',
    resource: addr,
    implied_provider: 'idaas',
    resource_type: 'idaas_face',
    resource_name: 'enrollment',
    resource_key: key,
  };
  return { resource, action: action === 'disable' ? 'update' : action, x_action: action };
}

/** As Terraform counts: a replace is an addition and a removal. */
function summaryEvent(
  operation: 'plan' | 'apply',
  counts: Pick<Summary, Exclude<Action, 'no-op'>>,
  more: object,
): RunEvent {
  const add = counts.create + counts.replace;
  const change = counts.update + counts.disable;
  const remove = counts.delete + counts.replace;
  const message = `${operation}: ${add} to add, ${change} to change, ${remove} to remove`;
  const done = `${operation}: ${add} added, ${change} changed, ${remove} removed`;
  const changes = { add, change, import: 0, remove, operation };
  return info(operation === 'plan' ? message : done, 'change_summary', { changes, ...more });
}
