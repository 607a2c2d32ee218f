import { hasErrors } from '../../model/diagnostic.ts';
import type { PlanInContext } from '../../model/shown/plan-context.ts';
import { gitlabJson, planJson, toJsonText } from '../../report/index.ts';
import { CommandError } from '../process/command-error.ts';
import type { Surroundings } from '../process/io.ts';
import type { ReportOptions } from '../process/options.ts';
import { reserveFile, type OutFile } from './out-file.ts';
import type { Finish } from './plan-signature.ts';

/** The files that a plan goes to beside stdout, all known to be writable before the tenant is asked. */
export interface PlanFiles {
  /** @throws CommandError where the plan has errors and was to be saved for apply, or a file cannot be written. */
  readonly save: (made: PlanInContext) => Promise<void>;
}

interface Options extends ReportOptions {
  readonly out?: string | undefined;
  readonly includeNoop?: boolean | undefined;
}

interface Reserved {
  readonly file: OutFile;
  readonly textOf: (made: PlanInContext) => string;
}

/** @param finish as in `planJsonText`. */
export async function reservePlanFiles(options: Options, io: Surroundings, finish?: Finish): Promise<PlanFiles> {
  const noops = options.includeNoop === true ? 'list' : 'omit';
  const json: Reserved['textOf'] = (made) => planJsonText(made, noops, finish);
  const wishes = [
    ...(options.report ?? []).map((name) => ({ name, what: 'the report', textOf: gitlabText })),
    ...(options.out === undefined ? [] : [{ name: options.out, what: 'the plan', textOf: unlessErrors(json) }]),
  ];
  const reserved: Reserved[] = [];
  for (const { name, what, textOf } of wishes) reserved.push({ file: await reserveFile(name, what, io), textOf });
  return {
    save: async (made) => {
      for (const { file, textOf } of reserved) await file.save(textOf(made));
    },
  };
}

/** @param finish what is done to a plan before it is saved or printed. */
export function planJsonText({ plan, context }: PlanInContext, noops: 'list' | 'omit', finish?: Finish): string {
  const json = planJson(plan, context, noops);
  return toJsonText(finish === undefined ? json : finish(json));
}

function gitlabText({ plan }: PlanInContext): string {
  return toJsonText(gitlabJson(plan));
}

function unlessErrors(textOf: Reserved['textOf']): Reserved['textOf'] {
  return (made) => {
    if (!hasErrors(made.plan.diagnostics)) return textOf(made);
    throw new CommandError('the plan was not saved', 'Correct the errors above and run again.');
  };
}
