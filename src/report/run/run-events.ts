import { sortedByKey } from '../../model/values/order.ts';
import { sortedDiagnostics, type Diagnostic } from '../../model/diagnostic.ts';
import { formatInstant, type Instant } from '../../model/instant.ts';
import type { ApplyReport, Outcome, OutcomeTotals, Task } from '../../model/outcome.ts';
import {
  writingChanges,
  type Action,
  type Plan,
  type Reason,
  type Summary,
  type WritingChange,
} from '../../model/plan.ts';
import type { ChangeJson } from '../generated/plan-file.generated.ts';
import type { Held } from '../../model/shown/conditions.ts';
import { outcomeJson, type OutcomeJson } from './apply-json.ts';
import { diagnosticJson, type DiagnosticJson } from '../diagnostics/diagnostic-json.ts';
import type { PlanFile } from '../generated/plan-file.generated.ts';
import { heldJson, missingJson } from '../plan-json/plan-json.ts';
import { plain } from '../text/escape.ts';
import { shownAction } from '../plan/change-sign.ts';
import { addressOf, shortensJson } from '../plan-json/change-to-json.ts';

/**
 * What happens during an apply, in the shape of `terraform apply -json`, so that what reads those lines reads ours;
 * members and types of our own begin with `x_`.
 *
 * @see https://developer.hashicorp.com/terraform/internals/machine-readable-ui
 */
export type RunEvent = EventHead & EventBody;

interface EventHead {
  readonly '@level': 'info' | 'warn' | 'error';
  readonly '@message': string;
  readonly '@module': 'faceform';
  /** `YYYY-MM-DDThh:mm:ssZ` */
  readonly '@timestamp': string;
}

type EventBody =
  | { readonly type: 'version'; readonly faceform: string; readonly ui: string }
  | { readonly type: 'diagnostic'; readonly diagnostic: DiagnosticJson | FailureJson }
  | { readonly type: 'planned_change'; readonly change: PlannedJson }
  /** A user waiting to be provisioned. Terraform has no such type. */
  | { readonly type: 'x_missing_user'; readonly x_missing: MissingJson }
  | {
      readonly type: 'change_summary';
      readonly changes: CountsJson;
      readonly x_summary?: TotalsJson;
      /** Conditions of `--fail-on` that hold after the run. */
      readonly x_conditions?: ReturnType<typeof heldJson>;
    }
  | { readonly type: 'apply_start'; readonly hook: Subject }
  | { readonly type: 'apply_complete'; readonly hook: Hook & IdJson; readonly x_outcome: OutcomeJson }
  /** `x_apply_left_out`: the change was never sent. Terraform has no such type. */
  | { readonly type: 'apply_errored' | 'x_apply_left_out'; readonly hook: Hook; readonly x_outcome: OutcomeJson };

/** What ends a run early without a place in a file. */
interface FailureJson {
  readonly severity: 'error';
  readonly summary: string;
  readonly detail: string;
}

interface Subject {
  readonly resource: {
    readonly addr: string;
    readonly module: '';
    readonly resource: string;
    readonly implied_provider: 'idaas';
    readonly resource_type: 'idaas_face';
    readonly resource_name: 'enrollment';
    readonly resource_key: string;
  };
  /** As Terraform knows it. */
  readonly action: string;
  readonly x_action: Task['action'];
}

type PlannedJson = Subject & { readonly reason: Reason } & Pick<ChangeJson, 'x_shortens'>;
type MissingJson = NonNullable<PlanFile['x_missing']>[number];

type Hook = Subject & { readonly elapsed_seconds: number };

interface IdJson {
  readonly id_key?: 'id';
  readonly id_value?: string;
}

/** As Terraform counts: a replace is an addition and a removal. */
interface CountsJson {
  readonly add: number;
  readonly change: number;
  readonly import: 0;
  readonly remove: number;
  readonly operation: 'plan' | 'apply';
}

type TotalsJson = OutcomeTotals & { readonly emails: number };

/** An event before it is told: without its time. */
export interface Happening {
  readonly level: EventHead['@level'];
  readonly message: string;
  readonly body: EventBody;
}

/** The version of Terraform's format that the events follow. */
const uiVersion = '1.2';

export function eventAt({ level, message, body }: Happening, now: Instant): RunEvent {
  return {
    '@level': level,
    '@message': plain(message),
    '@module': 'faceform',
    '@timestamp': formatInstant(now),
    ...body,
  };
}

export function versionEvent(toolVersion: string): Happening {
  return info(`faceform ${toolVersion}`, { type: 'version', faceform: toolVersion, ui: uiVersion });
}

/** What was found about the input, each change that is to come, and how many of what. */
export function planEvents(plan: Plan): readonly Happening[] {
  const changes = sortedByKey(writingChanges(plan)).map((change) =>
    info(`${addressOf(change.key)}: plan to ${shownAction(change)}`, {
      type: 'planned_change',
      change: { ...subject(change), reason: change.reason, ...shortened(change) },
    }),
  );
  const missing = missingJson(plan.missing.filter(({ handling }) => handling === 'wait')).map((entry) =>
    info(`${addressOf(entry.index)}: the user is waiting to be provisioned`, {
      type: 'x_missing_user',
      x_missing: entry,
    }),
  );
  const { diagnostics, summary } = plan;
  const counted = countsOf('plan', summary);
  const { add, change, remove } = counted;
  const message = `plan: ${add} to add, ${change} to change, ${remove} to remove`;
  const sum = info(message, { type: 'change_summary', changes: counted });
  return [...sortedDiagnostics(diagnostics).map(diagnosticEvent), ...missing, ...changes, sum];
}

export function startEvent(change: Task): Happening {
  return info(`${addressOf(change.key)}: ${change.action} begins`, { type: 'apply_start', hook: subject(change) });
}

/** How one change ended. */
export function outcomeEvent(outcome: Outcome, elapsedSeconds: number): Happening {
  const { change, state } = outcome;
  const own = outcomeJson(outcome);
  const reason = own.error?.message ?? own.note;
  const message = `${addressOf(change.key)}: ${change.action} ${state}${reason === undefined ? '' : `: ${reason}`}`;
  const hook = { ...subject(change), elapsed_seconds: elapsedSeconds };
  switch (state) {
    case 'applied':
    case 'already': {
      const id: IdJson = own.face_id === undefined ? {} : { id_key: 'id', id_value: own.face_id };
      return info(message, { type: 'apply_complete', hook: { ...hook, ...id }, x_outcome: own });
    }
    case 'failed':
    case 'unknown':
      return { level: 'error', message, body: { type: 'apply_errored', hook, x_outcome: own } };
    case 'stale':
    case 'skipped':
      return { level: 'warn', message, body: { type: 'x_apply_left_out', hook, x_outcome: own } };
  }
}

/** The last event: what was done, and totals that add up. */
export function endEvent({ totals, outcomes, emails }: ApplyReport, held?: readonly Held[]): Happening {
  const done = (action: Task['action']): number =>
    outcomes.filter(({ state, change }) => state === 'applied' && change.action === action).length;
  const counted = countsOf('apply', {
    create: done('create'),
    update: done('update'),
    disable: done('disable'),
    replace: done('replace'),
    delete: done('delete'),
  });
  const { add, change, remove } = counted;
  const message = `apply: ${add} added, ${change} changed, ${remove} removed`;
  const conditions = held === undefined ? {} : { x_conditions: heldJson(held) };
  return info(message, { type: 'change_summary', changes: counted, x_summary: { ...totals, emails }, ...conditions });
}

/** Why a run ended before its end, or never began. */
export function failureEvent(summary: string, detail: string): Happening {
  const diagnostic: FailureJson = { severity: 'error', summary: plain(summary), detail: plain(detail) };
  return { level: 'error', message: summary, body: { type: 'diagnostic', diagnostic } };
}

export function diagnosticEvent(diagnostic: Diagnostic): Happening {
  const level = diagnostic.severity === 'error' ? 'error' : 'warn';
  return { level, message: diagnostic.summary, body: { type: 'diagnostic', diagnostic: diagnosticJson(diagnostic) } };
}

function info(message: string, body: EventBody): Happening {
  return { level: 'info', message, body };
}

function subject({ key, action }: Task): Subject {
  const addr = addressOf(key);
  const resource = {
    addr,
    module: '',
    resource: addr,
    implied_provider: 'idaas',
    resource_type: 'idaas_face',
    resource_name: 'enrollment',
    resource_key: key,
  } as const;
  return { resource, action: action === 'disable' ? 'update' : action, x_action: action };
}

function shortened(change: WritingChange): Pick<ChangeJson, 'x_shortens'> {
  const shortens = change.action === 'update' ? shortensJson(change) : undefined;
  return shortens === undefined ? {} : { x_shortens: shortens };
}

function countsOf(operation: CountsJson['operation'], counts: Pick<Summary, Exclude<Action, 'no-op'>>): CountsJson {
  return {
    add: counts.create + counts.replace,
    change: counts.update + counts.disable,
    import: 0,
    remove: counts.delete + counts.replace,
    operation,
  };
}
