import { createRevert, usersToRevert } from '../engine/index.ts';
import { usualBudgets, usualShortenHorizonSeconds, type DesiredState } from '../model/enrollment.ts';
import type { PlanInContext } from '../model/shown/plan-context.ts';
import { connectReader } from '../provider/index.ts';
import { demandDistinct, readFilesOf } from './files/distinct-files.ts';
import { loadValid, type ValidFiles } from './files/load.ts';
import { loadPast, type LoadedPast } from './files/past-run.ts';
import { reservePlanFiles } from './files/plan-files.ts';
import { planExitCode } from './plan.ts';
import { planContext } from './planning/plan-context.ts';
import { printPlan } from './planning/render-plan.ts';
import { whole } from './process/closing.ts';
import { showDiagnostics } from './process/console.ts';
import { worldOf } from './process/console-watch.ts';
import { currentInstant } from './process/current-instant.ts';
import type { ExitCode } from './process/exit-code.ts';
import type { Io } from './process/io.ts';
import type { RevertOptions } from './process/options.ts';
import { watched, type World } from './process/watch.ts';
import { recordedTarget } from './tenant/recorded-target.ts';
import { withSession } from './tenant/with-session.ts';

/** What is undone, and the files whose budgets and protections hold for it. */
interface Arguments {
  readonly file: string;
  readonly paths: readonly string[];
}

/** Shows how to undo what an apply has done, and saves that plan with `--out`; its client cannot write. */
export async function runRevert({ file, paths }: Arguments, options: RevertOptions, io: Io): Promise<ExitCode> {
  const world = worldOf(io, options);
  const loaded = await loadPast(file, world);
  const files = paths.length === 0 ? noFiles : await loadValid(paths, {}, world);
  await demandDistinct(options, [file, ...readFilesOf(files.desired, options)], world);
  const outputs = await reservePlanFiles(options, world);
  const made = await makeRevert(loaded, files, options, world);
  showDiagnostics(made.plan.diagnostics, io, options);
  io.stdout.write(await printPlan(made, options, io));
  await outputs.save(made);
  return planExitCode(made.plan, options);
}

interface Rules {
  readonly desired: Pick<
    DesiredState,
    'tenant' | 'budgets' | 'shortenHorizonSeconds' | 'protect' | 'inputs' | 'filesSkipped'
  >;
  readonly warnings: ValidFiles['warnings'];
}

const noFiles: Rules = {
  desired: {
    tenant: {},
    budgets: usualBudgets,
    shortenHorizonSeconds: usualShortenHorizonSeconds,
    protect: new Map(),
    inputs: [],
    filesSkipped: 0,
  },
  warnings: [],
};

async function makeRevert(
  { past, input }: LoadedPast,
  { desired, warnings }: Rules,
  options: RevertOptions,
  world: World,
): Promise<PlanInContext> {
  const recorded = { tenant: past.tenant, settings: desired.tenant, record: 'the record of the run' };
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
