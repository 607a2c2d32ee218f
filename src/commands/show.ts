import { mergePlans } from '../engine/index.ts';
import type { PlanInContext } from '../model/shown/plan-context.ts';
import { CommandError } from './process/command-error.ts';
import { exitCode, type ExitCode } from './process/exit-code.ts';
import type { Io } from './process/io.ts';
import type { ShowOptions } from './process/options.ts';
import { reservePlanFiles } from './files/plan-files.ts';
import { printPlan } from './planning/render-plan.ts';
import { loadSavedPlan } from './files/saved-plan.ts';
import { showDiagnostics } from './process/console.ts';

/** Shows a saved plan, or those of all shards as one, offline; its ages are those of the day it was made. */
export async function runShow(files: readonly string[], options: ShowOptions, io: Io): Promise<ExitCode> {
  const [first, ...others] = await Promise.all(files.map((file) => loadSavedPlan(file, io)));
  if (first === undefined) throw new CommandError('no plan is named', 'Name the file of a saved plan.');
  const made = others.length === 0 ? first : merged(first, others);
  const reports = await reservePlanFiles({ report: options.report ?? [] }, io);
  showDiagnostics(made.plan.diagnostics, io, options);
  io.stdout.write(await printPlan(made, options, io));
  await reports.save(made);
  return exitCode.done;
}

/** Made when the oldest of them was. */
function merged(first: PlanInContext, others: readonly PlanInContext[]): PlanInContext {
  const partOf = ({ plan, context }: PlanInContext) => ({ plan, acknowledged: context.acknowledged });
  const result = mergePlans([partOf(first), ...others.map(partOf)]);
  if (result.state === 'not merged') throw new CommandError(result.summary, result.detail);
  const { plan, acknowledged } = result;
  const oldest = others.reduce((one, other) => (other.context.now < one.context.now ? other : one), first);
  return { plan, context: { ...first.context, now: oldest.context.now, acknowledged } };
}
