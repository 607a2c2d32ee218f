import { demandDistinct, readFilesOf } from './files/distinct-files.ts';
import { loadValid } from './files/load.ts';
import { reservePlanFiles } from './files/plan-files.ts';
import { signerOf } from './files/plan-signature.ts';
import { judged } from './planning/judged.ts';
import { makePlan } from './planning/make-plan.ts';
import { planExitCode } from './planning/plan-exit-code.ts';
import { printPlan } from './planning/render-plan.ts';
import { worldOf } from './process/console-watch.ts';
import { showDiagnostics } from './process/console.ts';
import { worstOf, type ExitCode } from './process/exit-code.ts';
import { codeOfHeld, tellHeld } from './process/fail-on.ts';
import type { Io } from './process/io.ts';
import type { PlanOptions } from './process/options.ts';

/** Shows what `apply` would do, and saves it with `--out`. */
export async function runPlan(paths: readonly string[], options: PlanOptions, io: Io): Promise<ExitCode> {
  if (options.env === 'all') return (await import('./plan-environments.ts')).planEnvironments(paths, options, io);
  const world = worldOf(io, options);
  const loaded = await loadValid(paths, options, world);
  await demandDistinct(options, readFilesOf(loaded.desired, options), world);
  const finish = await signerOf(options, world);
  const files = await reservePlanFiles(options, world, finish);
  const tokens = options.out === undefined ? 'needed by apply' : 'needed by apply of the saved plan';
  const made = judged(await makePlan({ ...loaded, tokens }, options, world), options);
  showDiagnostics(made.plan.diagnostics, io, options);
  io.stdout.write(await printPlan(made, { ...options, finish }, io));
  await files.save(made);
  const { held = [] } = made.context;
  tellHeld(held, io);
  return worstOf([planExitCode(made.plan, options), codeOfHeld(held)]);
}
