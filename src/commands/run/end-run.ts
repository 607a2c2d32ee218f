import type { ApplyReport } from '../../model/outcome.ts';
import type { Held } from '../../model/shown/conditions.ts';
import { applyEndText, applyJson, applyText, toJsonText, type ApplyContext, type Palette } from '../../report/index.ts';
import type { Closed } from '../process/closing.ts';
import { paletteFor } from '../process/console.ts';
import { tellHeld } from '../process/fail-on.ts';
import type { Io } from '../process/io.ts';
import type { OutputOptions } from '../process/options.ts';
import type { ExitCode } from '../process/exit-code.ts';
import { toolVersion } from '../process/version.ts';
import { wrongIn, type Ended } from './run-tasks.ts';

/** A run that has ended, and what is said of it beside the report. */
export interface EndedRun extends Ended {
  readonly plan: Pick<ApplyContext, 'tenant' | 'diagnostics' | 'missing'>;
  readonly held?: readonly Held[] | undefined;
}

interface Options extends OutputOptions {
  readonly verb: 'apply' | 'resend';
  readonly format: 'text' | 'json' | 'ndjson';
}

/** Prints what came of each task. @throws after that what went wrong in the run beside its tasks. */
export function endRun(run: Closed<EndedRun>, options: Options, io: Io): ExitCode {
  printReport(run.result, options, io);
  tellHeld(run.result.held ?? [], io);
  const wrong = wrongIn(run);
  if (wrong !== undefined) throw wrong;
  return run.result.code;
}

/** The outcomes of an apply were printed as they happened. */
const printed = {
  apply: applyEndText,
  resend: (report, palette, width) => applyText(report, palette, 'resend', width),
} satisfies Record<Options['verb'], (report: ApplyReport, palette: Palette, width?: number) => string>;

/** As NDJSON all of it is on stdout by then. */
function printReport({ plan, report, held }: EndedRun, options: Options, io: Io): void {
  switch (options.format) {
    case 'text':
      io.stdout.write(printed[options.verb](report, paletteFor(io.stdout, io, options), io.stdout.columns));
      break;
    case 'json':
      io.stdout.write(toJsonText(applyJson(report, { ...plan, held, toolVersion: toolVersion() })));
      break;
    case 'ndjson':
      break;
  }
}
