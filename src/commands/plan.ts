import { writingChanges } from '../model/plan.ts';
import { hasErrors } from '../model/diagnostic.ts';
import type { Plan } from '../model/plan.ts';
import { demandDistinct, readFilesOf } from './files/distinct-files.ts';
import { loadValid } from './files/load.ts';
import { reservePlanFiles } from './files/plan-files.ts';
import { judged } from './planning/judged.ts';
import { makePlan } from './planning/make-plan.ts';
import { printPlan } from './planning/render-plan.ts';
import { worldOf } from './process/console-watch.ts';
import { showDiagnostics } from './process/console.ts';
import { exitCode, worstOf, type ExitCode } from './process/exit-code.ts';
import { codeOfHeld, tellHeld } from './process/fail-on.ts';
import type { Io } from './process/io.ts';
import type { PlanOptions } from './process/options.ts';

/** Shows what `apply` would do, and saves it with `--out`. */
export async function runPlan(paths: readonly string[], options: PlanOptions, io: Io): Promise<ExitCode> {
  const world = worldOf(io, options);
  const loaded = await loadValid(paths, options, world);
  await demandDistinct(options, readFilesOf(loaded.desired, options), world);
  const files = await reservePlanFiles(options, world);
  const tokens = options.out === undefined ? 'needed by apply' : 'needed by apply of the saved plan';
  const made = judged(await makePlan({ ...loaded, tokens }, options, world), options);
  showDiagnostics(made.plan.diagnostics, io, options);
  io.stdout.write(await printPlan(made, options, io));
  await files.save(made);
  const { held = [] } = made.context;
  tellHeld(held, io);
  return worstOf([planExitCode(made.plan, options), codeOfHeld(held)]);
}

export function planExitCode(plan: Plan, options: Pick<PlanOptions, 'detailedExitcode'>): ExitCode {
  const changes = writingChanges(plan).length > 0;
  return worstOf([
    hasErrors(plan.diagnostics) ? exitCode.error : exitCode.done,
    plan.complete ? exitCode.done : exitCode.incomplete,
    changes && options.detailedExitcode === true ? exitCode.changes : exitCode.done,
  ]);
}
