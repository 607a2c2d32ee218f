import { hasErrors } from '../../model/diagnostic.ts';
import type { Held } from '../../model/shown/conditions.ts';
import type { Plan } from '../../model/plan.ts';
import type { Acknowledged } from '../../model/values/budget.ts';
import type { PlanContext, PlanInContext } from '../../model/shown/plan-context.ts';
import { InputError } from '../process/command-error.ts';
import type { ExecutionOptions } from '../process/options.ts';
import { unkeptQrCodes } from '../planning/qr-codes.ts';
import { refuse } from './refuse.ts';
import type { RunEvents } from './run-events.ts';
import type { Ended } from './run-tasks.ts';

/** Who takes part in an apply beside the tenant. */
export interface Audience {
  readonly events: RunEvents;
  /** Told of the plan before anything forbids it. */
  readonly show: (made: PlanInContext) => Promise<void>;
  /** Asked where there is something to write. @throws CommandError where nothing may be written. */
  readonly approve: (plan: Plan, acknowledged: Acknowledged) => Promise<void>;
}

/** What became of a plan. */
export interface Applied extends Ended {
  readonly plan: Plan;
  /** Conditions of `--fail-on` that hold after it; undefined where none were asked for. */
  readonly held: readonly Held[] | undefined;
}

/** Shows the plan and judges it. @throws CommandError or InputError where it may not be carried out. */
export async function reviewPlan(
  made: PlanInContext,
  { audience, acknowledged }: { readonly audience: Audience; readonly acknowledged: PlanContext['acknowledged'] },
  { allowIncomplete, activationsOut }: ExecutionOptions,
): Promise<void> {
  const { plan } = made;
  await audience.show(made);
  audience.events.planned(plan);
  const unkept = hasErrors(plan.diagnostics) ? [] : unkeptQrCodes(plan, activationsOut);
  if (unkept.length > 0) throw new InputError(unkept);
  refuse(plan, { acknowledged, allowIncomplete, nothing: 'nothing was applied' });
}
