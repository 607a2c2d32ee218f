import { writingChanges } from '../../engine/index.ts';
import { connectWriter } from '../../provider/index.ts';
import type { ValidFiles } from '../files/load.ts';
import { planContext } from '../planning/plan-context.ts';
import { readAndPlan, type MadePlan } from '../planning/read-and-plan.ts';
import { shardOf } from '../planning/shard-choice.ts';
import type { Closed } from '../process/closing.ts';
import type { ExecutionOptions, PlanningOptions } from '../process/options.ts';
import type { World } from '../process/watch.ts';
import { targetOf } from '../tenant/connect.ts';
import { withSession } from '../tenant/with-session.ts';
import { reviewPlan, type Applied, type Audience } from './audience.ts';
import { execute, type Execution } from './execute.ts';
import { withJournal } from './journal.ts';

type Options = PlanningOptions & ExecutionOptions & { readonly autoApprove?: boolean | undefined };

/** Plans from files, has the plan reviewed, and carries it out. */
export function applyFiles(
  loaded: ValidFiles,
  audience: Audience,
  options: Options,
  world: World,
): Promise<Closed<Applied>> {
  const { desired } = loaded;
  const target = targetOf(desired, { ...options, shard: shardOf(options, world) });
  return withJournal(options.journal, world, (journal) => {
    const request = { target, options, connect: connectWriter, onWrite: journal.onWrite };
    return withSession(request, world, async ({ tenant, id, ...session }) => {
      const readAt = world.clock.now();
      const input = { ...loaded, tenant, tenantId: id, tokens: 'needed now' } as const;
      const { plan, live } = await readAndPlan(input, options, world);
      const context = await planContext(desired, options, world);
      await reviewPlan({ plan, context }, { audience, acknowledged: context.acknowledged }, options);
      if (writingChanges(plan).length > 0) await audience.approve();
      const isTrusted = options.autoApprove === true && options.onStale === undefined;
      const faceIds = isTrusted ? whileFresh(live, readAt, world) : () => undefined;
      const work = {
        plan,
        faceIds,
        tenant,
        tokenBounds: 'enrollment file',
        journal,
        events: audience.events,
        ...session,
      } as const;
      return execute(work, options, world);
    });
  });
}

/** In a run of hours somebody else may write meanwhile, such as another run that was started on the same files. */
const freshForMs = 5 * 60_000;

function whileFresh({ listed, discovered }: MadePlan['live'], readAt: number, { clock }: World): Execution['faceIds'] {
  const faceIds = new Map(
    [...listed.values(), ...discovered].flatMap((user) =>
      user.presence === 'present' ? [[user.user.uuid, user.faces.map(({ id }) => id)] as const] : [],
    ),
  );
  return (uuid) => (clock.now() - readAt <= freshForMs ? faceIds.get(uuid) : undefined);
}
