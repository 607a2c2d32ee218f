import { demandDistinct, readFilesOf } from './files/distinct-files.ts';
import { loadPast } from './files/past-run.ts';
import { reservePlanFiles } from './files/plan-files.ts';
import { signerOf } from './files/plan-signature.ts';
import { loadRules, makeRevert } from './planning/make-revert.ts';
import { planExitCode } from './planning/plan-exit-code.ts';
import { printPlan } from './planning/render-plan.ts';
import { showDiagnostics } from './process/console.ts';
import { worldOf } from './process/console-watch.ts';
import type { ExitCode } from './process/exit-code.ts';
import type { Io } from './process/io.ts';
import type { RevertOptions } from './process/options.ts';

/** What is undone, and the files whose budgets and protections hold for it. */
interface Arguments {
  readonly file: string;
  readonly paths: readonly string[];
}

/** Shows how to undo what an apply has done, and saves that plan with `--out`; its client cannot write. */
export async function runRevert({ file, paths }: Arguments, options: RevertOptions, io: Io): Promise<ExitCode> {
  const world = worldOf(io, options);
  const loaded = await loadPast(file, world);
  const rules = await loadRules(paths, options, world);
  await demandDistinct(options, [file, ...readFilesOf(rules.desired, options)], world);
  const finish = await signerOf(options, world);
  const outputs = await reservePlanFiles(options, world, finish);
  const made = await makeRevert(loaded, rules, options, world);
  showDiagnostics(made.plan.diagnostics, io, options);
  io.stdout.write(await printPlan(made, { ...options, finish }, io));
  await outputs.save(made);
  return planExitCode(made.plan, options);
}
