import { whole } from '../process/closing.ts';
import type { PlanInContext } from '../../model/shown/plan-context.ts';
import { connectReader } from '../../provider/index.ts';
import type { ValidFiles } from '../files/load.ts';
import type { AllowOptions, PlanningOptions } from '../process/options.ts';
import type { World } from '../process/watch.ts';
import { targetOf } from '../tenant/connect.ts';
import { withSession } from '../tenant/with-session.ts';
import { withQrCodeWarning } from './qr-codes.ts';
import { planContext } from './plan-context.ts';
import { readAndPlan, type PlanInput } from './read-and-plan.ts';
import { shardOf } from './shard-choice.ts';

/** Reads the tenant and plans; its client cannot write. `tokens` says what becomes of the plan. */
export async function makePlan(
  { tokens, ...loaded }: ValidFiles & Pick<PlanInput, 'tokens'>,
  options: PlanningOptions & AllowOptions,
  world: World,
): Promise<PlanInContext> {
  const { desired } = loaded;
  const target = targetOf(desired, { ...options, shard: shardOf(options, world) });
  const made = await withSession({ target, options, connect: connectReader }, world, async ({ tenant, id }) => {
    const { plan, now } = await readAndPlan({ ...loaded, tenant, tenantId: id, tokens }, options, world);
    return { plan: withQrCodeWarning(plan), context: await planContext(desired, options, { now, world }) };
  });
  return whole(made);
}
