import { exitCode, type ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import type { ShowOptions } from './options.ts';
import { printPlan } from './render-plan.ts';
import { loadSavedPlan } from './saved-plan.ts';
import { showDiagnostics } from './show.ts';

/** Shows a saved plan, offline; its ages are those of the day it was made. */
export async function runShow(file: string, options: ShowOptions, io: Io): Promise<ExitCode> {
  const { plan, context } = await loadSavedPlan(file, io);
  showDiagnostics(plan.diagnostics, io, options);
  io.stdout.write(printPlan(plan, context, options, io));
  return exitCode.done;
}
