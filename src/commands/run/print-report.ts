import type { TenantId } from '../../model/tenant-id.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { ApplyReport } from '../../model/outcome.ts';
import { applyJson, applyText, toJsonText } from '../../report/index.ts';
import { paletteFor } from '../process/console.ts';
import type { Io } from '../process/io.ts';
import type { OutputOptions } from '../process/options.ts';
import type { ExitCode } from '../process/exit-code.ts';
import { toolVersion } from '../process/version.ts';
import type { Ended } from './run-tasks.ts';

/** A report, and what is said beside it. */
export interface ReportOfRun {
  readonly verb: 'apply' | 'resend';
  readonly plan: { readonly tenant: TenantId; readonly diagnostics: readonly Diagnostic[] };
  readonly report: ApplyReport;
}

type Options = OutputOptions & { readonly format: 'text' | 'json' | 'ndjson' };

/** Prints what came of each task; as NDJSON all of it is on stdout by then. */
export function printReport({ verb, plan, report }: ReportOfRun, options: Options, io: Io): void {
  switch (options.format) {
    case 'text':
      io.stdout.write(applyText(report, paletteFor(io.stdout, io, options), verb));
      break;
    case 'json':
      io.stdout.write(toJsonText(applyJson(report, { ...plan, toolVersion: toolVersion() })));
      break;
    case 'ndjson':
      break;
  }
}

/** Ends a run whose report is printed. @throws what went wrong beside the changes: a bug, or a file that is not whole. */
export function codeOrThrow({ report: { bug }, code }: Ended, problem: Error | undefined): ExitCode {
  const wrong = bug ?? problem;
  if (wrong !== undefined) throw wrong;
  return code;
}
