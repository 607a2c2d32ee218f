import { createRevert, usersToRevert } from '../../engine/index.ts';
import { usualBudgets, usualShortenHorizonSeconds, type DesiredState } from '../../model/enrollment.ts';
import type { PlanInContext } from '../../model/shown/plan-context.ts';
import { connectReader } from '../../provider/index.ts';
import { loadValid, type ValidFiles } from '../files/load.ts';
import type { LoadedPast } from '../files/past-run.ts';
import { whole } from '../process/closing.ts';
import { currentInstant } from '../process/current-instant.ts';
import type { AllowOptions, EnvironmentOptions, RevertOptions, TenantOptions } from '../process/options.ts';
import { watched, type World } from '../process/watch.ts';
import { recordedTarget } from '../tenant/recorded-target.ts';
import { withSession } from '../tenant/with-session.ts';
import { planContext } from './plan-context.ts';

/** What holds for a reverse plan: of the files that follow the record, or the defaults. */
interface Rules {
  readonly desired: Pick<
    DesiredState,
    | 'environment'
    | 'tenant'
    | 'owners'
    | 'totals'
    | 'budgets'
    | 'enrollments'
    | 'shortenHorizonSeconds'
    | 'protect'
    | 'inputs'
    | 'filesSkipped'
  >;
  readonly warnings: ValidFiles['warnings'];
}

const noFiles: Rules = {
  desired: {
    tenant: {},
    budgets: usualBudgets,
    enrollments: [],
    shortenHorizonSeconds: usualShortenHorizonSeconds,
    protect: new Map(),
    inputs: [],
    filesSkipped: 0,
  },
  warnings: [],
};

export async function loadRules(paths: readonly string[], options: EnvironmentOptions, world: World): Promise<Rules> {
  return paths.length === 0 ? noFiles : loadValid(paths, options, world);
}

/** Reads the tenant and plans how to undo a run; its client cannot write. */
export async function makeRevert(
  { past, input }: LoadedPast,
  { desired, warnings }: Rules,
  options: TenantOptions & AllowOptions & Pick<RevertOptions, 'keepActivated'>,
  world: World,
): Promise<PlanInContext> {
  const { tenant: settings, environment } = desired;
  const recorded = { tenant: past.tenant, settings, environment, record: 'the record of the run' };
  const target = await recordedTarget(recorded, options, world);
  const made = await withSession({ target, options, connect: connectReader }, world, async ({ tenant, id }) => {
    const users = usersToRevert(past, desired);
    const live = await watched(world, 'read-users', (onProgress) =>
      tenant.readLive({ users, scope: { users: 'listed' }, reach: 'users', onProgress }),
    );
    const now = currentInstant(world);
    const plan = createRevert({
      past,
      record: input.file,
      live,
      tenant: id,
      now,
      activated: options.keepActivated === true ? 'keep' : 'delete',
      desired: { ...desired, inputs: [input, ...desired.inputs] },
    });
    const context = await planContext(desired, options, { now, world });
    return { plan: { ...plan, diagnostics: [...warnings, ...plan.diagnostics] }, context };
  });
  return whole(made);
}
