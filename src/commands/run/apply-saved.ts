import type { PlanInContext } from '../../model/shown/plan-context.ts';
import { connectWriter } from '../../provider/index.ts';
import { demandPermittedTokens } from '../files/plan-tokens.ts';
import { checkAge } from '../files/saved-plan.ts';
import { withoutQrCodeWarning } from '../planning/qr-codes.ts';
import { acknowledgedBy } from '../planning/plan-context.ts';
import type { Closed } from '../process/closing.ts';
import type { SavedPlanOptions } from '../process/options.ts';
import type { World } from '../process/watch.ts';
import { demandEnvironment } from '../tenant/environment.ts';
import { recordedTarget } from '../tenant/recorded-target.ts';
import { reviewPlan, type Applied, type Audience } from './audience.ts';
import { execute } from './execute.ts';
import { withJournaledSession } from './with-journaled-session.ts';

/**
 * Carries out a saved plan, and that alone.
 *
 * @throws CommandError where the plan is too old, or for another tenant; InputError where it asks for what is no token.
 */
export async function applySaved(
  { plan: saved, context }: PlanInContext,
  audience: Audience,
  options: SavedPlanOptions,
  world: World,
): Promise<Closed<Applied>> {
  const plan = withoutQrCodeWarning(saved);
  checkAge(context, options.planMaxAge, world);
  demandEnvironment(plan, options, world);
  await demandPermittedTokens(plan, world);
  const { tenant, shard, environment } = plan;
  const settings = { ...context.pace, createApi: context.createApi };
  const target = await recordedTarget(
    { tenant, settings, environment, shard, record: 'the saved plan' },
    options,
    world,
  );
  return withJournaledSession({ target, options, connect: connectWriter }, world, async (session) => {
    const acknowledged = { ...context.acknowledged, ...acknowledgedBy(options) };
    await reviewPlan({ plan, context: { ...context, acknowledged } }, { audience, acknowledged }, options);
    const work = { ...session, plan, tokenBounds: 'working directory', events: audience.events } as const;
    return execute(work, options, world);
  });
}
