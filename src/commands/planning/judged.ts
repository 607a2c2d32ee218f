import { countRefusals } from '../../engine/index.ts';
import { heldConditions } from '../../model/shown/conditions.ts';
import type { PlanInContext } from '../../model/shown/plan-context.ts';
import type { FailOnOptions } from '../process/options.ts';

/** With the conditions of `--fail-on` that hold, where any were asked for. */
export function judged(made: PlanInContext, { failOn }: FailOnOptions): PlanInContext {
  if (failOn === undefined) return made;
  const { plan, context } = made;
  const held = heldConditions(failOn, { plan, refusals: countRefusals(plan, context.acknowledged), done: new Set() });
  return { plan, context: { ...context, held } };
}
