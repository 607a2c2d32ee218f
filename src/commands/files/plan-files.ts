import { hasErrors } from '../../model/diagnostic.ts';
import type { Plan, PlanContext } from '../../model/plan.ts';
import { gitlabJson, planJson, toJsonText } from '../../report/index.ts';
import { CommandError } from '../process/command-error.ts';
import type { Io } from '../process/io.ts';
import type { ReportOptions } from '../process/options.ts';
import { reserveFile, type OutFile } from './out-file.ts';

/** The files that a plan goes to beside stdout, all known to be writable before the tenant is asked. */
export interface PlanFiles {
  /** @throws CommandError where the plan has errors and was to be saved for apply, or a file cannot be written. */
  readonly save: (plan: Plan, context: PlanContext) => Promise<void>;
}

interface Options extends ReportOptions {
  readonly out?: string;
  readonly includeNoop?: boolean;
}

interface Reserved {
  readonly file: OutFile;
  readonly textOf: (plan: Plan, context: PlanContext) => string;
}

export async function reservePlanFiles(options: Options, io: Io): Promise<PlanFiles> {
  const noops = options.includeNoop === true ? 'list' : 'omit';
  const json: Reserved['textOf'] = (plan, context) => toJsonText(planJson(plan, context, noops));
  const wishes = [
    ...(options.report ?? []).map((name) => ({ name, what: 'the report', textOf: gitlabText })),
    ...(options.out === undefined ? [] : [{ name: options.out, what: 'the plan', textOf: unlessErrors(json) }]),
  ];
  const reserved: Reserved[] = [];
  for (const { name, what, textOf } of wishes) reserved.push({ file: await reserveFile(name, what, io), textOf });
  return {
    save: async (plan, context) => {
      for (const { file, textOf } of reserved) await file.save(textOf(plan, context));
    },
  };
}

function gitlabText(plan: Plan): string {
  return toJsonText(gitlabJson(plan));
}

function unlessErrors(textOf: Reserved['textOf']): Reserved['textOf'] {
  return (plan, context) => {
    if (!hasErrors(plan.diagnostics)) return textOf(plan, context);
    throw new CommandError('the plan was not saved', 'Correct the errors above and run again.');
  };
}
