import { tenantText } from '../../model/tenant-id.ts';
import type { Plan, PlanContext, PlanInContext } from '../../model/plan.ts';
import { connectWriter } from '../../provider/index.ts';
import { demandPermittedTokens } from '../files/plan-tokens.ts';
import { checkAge } from '../files/saved-plan.ts';
import { acknowledgedBy } from '../planning/plan-context.ts';
import { CommandError } from '../process/command-error.ts';
import type { Closed } from '../process/closing.ts';
import type { SavedPlanOptions } from '../process/options.ts';
import type { World } from '../process/watch.ts';
import { tenantIdOf, type Target } from '../tenant/connect.ts';
import { reviewPlan, type Applied, type Audience } from './audience.ts';
import { execute } from './execute.ts';
import { withJournaledSession } from './with-journaled-session.ts';

/**
 * Carries out a saved plan, and that alone.
 *
 * @throws CommandError where the plan is too old, or for another tenant; InputError where it asks for what is no token.
 */
export async function applySaved(
  { plan, context }: PlanInContext,
  audience: Audience,
  options: SavedPlanOptions,
  world: World,
): Promise<Closed<Applied>> {
  checkAge(context, options.planMaxAge, world);
  await demandPermittedTokens(plan, world);
  const target = await targetOfSaved(plan, context, options, world);
  return withJournaledSession({ target, options, connect: connectWriter }, world, async (session) => {
    const acknowledged = { ...context.acknowledged, ...acknowledgedBy(options) };
    await reviewPlan({ plan, context }, { audience, acknowledged }, options);
    const work = { ...session, plan, tokenBounds: 'working directory', events: audience.events } as const;
    return execute(work, options, world);
  });
}

/** @throws CommandError where the tenant that would be called is not the plan's. */
async function targetOfSaved(
  plan: Plan,
  context: PlanContext,
  options: SavedPlanOptions,
  world: World,
): Promise<Target> {
  const url = plan.tenant.kind === 'origin' ? { url: plan.tenant.origin } : {};
  const settings = { ...context.pace, ...url, createApi: context.createApi };
  const target = { settings, seed: () => ({}), shard: plan.shard };
  const name = tenantText(await tenantIdOf(target, options, world));
  if (name === tenantText(plan.tenant)) return target;
  const advice =
    plan.tenant.kind === 'embedded'
      ? `Pass --sandbox ${plan.tenant.file}.`
      : 'Name that tenant, or none: the plan says which.';
  throw new CommandError(`the plan is for the tenant ${tenantText(plan.tenant)}, not for ${name}`, advice);
}
