import { writingChanges } from '../../model/plan.ts';
import { connectWriter } from '../../provider/index.ts';
import type { ValidFiles } from '../files/load.ts';
import { planContext } from '../planning/plan-context.ts';
import { readAndPlan } from '../planning/read-and-plan.ts';
import { shardOf } from '../planning/shard-choice.ts';
import type { Closed } from '../process/closing.ts';
import type { ExecutionOptions, PlanningOptions } from '../process/options.ts';
import type { World } from '../process/watch.ts';
import { targetOf } from '../tenant/connect.ts';
import { reviewPlan, type Applied, type Audience } from './audience.ts';
import { execute } from './execute.ts';
import { withJournaledSession } from './with-journaled-session.ts';

/** Plans from files, has the plan reviewed, and carries it out. */
export function applyFiles(
  loaded: ValidFiles,
  audience: Audience,
  options: PlanningOptions & ExecutionOptions,
  world: World,
): Promise<Closed<Applied>> {
  const { desired } = loaded;
  const target = targetOf(desired, { ...options, shard: shardOf(options, world) });
  return withJournaledSession({ target, options, connect: connectWriter }, world, async (session) => {
    const { tenant, id } = session;
    const input = { ...loaded, tenant, tenantId: id, tokens: 'needed now' } as const;
    const { plan, now } = await readAndPlan(input, options, world);
    const context = await planContext(desired, options, { now, world });
    await reviewPlan({ plan, context }, { audience, acknowledged: context.acknowledged }, options);
    if (writingChanges(plan).length > 0) await audience.approve(plan, context.acknowledged);
    const work = { ...session, plan, tokenBounds: 'enrollment file', events: audience.events } as const;
    return execute(work, options, world);
  });
}
