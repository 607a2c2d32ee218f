import type { Diagnostic } from '../../model/diagnostic.ts';
import type { ApplyReport } from '../../model/outcome.ts';
import { applyJson, applyText, toJsonText } from '../../report/index.ts';
import { exitCode, worstOf, type ExitCode } from '../process/exit-code.ts';
import { stopOnSignal } from '../process/interrupt.ts';
import type { Io } from '../process/io.ts';
import type { Journal } from './journal.ts';
import type { OutputOptions } from '../process/options.ts';
import { paletteFor } from '../process/console.ts';
import { toolVersion } from '../version.ts';

/** A run, and what its report says beside the outcomes. */
export interface Run {
  readonly verb: 'apply' | 'resend';
  readonly plan: { readonly tenant: string; readonly complete: boolean; readonly diagnostics: readonly Diagnostic[] };
  /** How many outcomes there will be. */
  readonly planned: number;
  readonly journal: Journal;
  /** Why nothing more can be sent; undefined while it can. */
  readonly stopped: () => string | undefined;
  /** Starts nothing more once `stop` gives a reason. */
  readonly work: (stop: () => string | undefined) => Promise<Ended>;
  /** Told of the report before it is printed. */
  readonly onReport?: (report: ApplyReport) => void;
}

export interface Ended {
  readonly report: ApplyReport;
  readonly code: ExitCode;
}

type Options = OutputOptions & { readonly format: 'text' | 'json' | 'ndjson' };

/**
 * Does the work until it ends or a signal comes, reports on stdout what came of it, and ends the journal. Signals are
 * caught until then: what was written must be told.
 */
export async function runAndReport(run: Run, options: Options, io: Io): Promise<ExitCode> {
  const { plan, planned, journal, stopped, work } = run;
  await journal.start(plan, planned);
  const interrupt = stopOnSignal(io);
  try {
    const stop = (): string | undefined => interrupt.reason() ?? notStarted(stopped());
    const { report, code } = await work(stop);
    tell(report, run, options, io);
    return worstOf([code, plan.complete ? exitCode.done : exitCode.incomplete, interrupt.code()]);
  } finally {
    interrupt.release();
  }
}

function tell(report: ApplyReport, { verb, plan, journal, onReport }: Run, options: Options, io: Io): void {
  const context = { toolVersion: toolVersion(), tenant: plan.tenant, diagnostics: plan.diagnostics };
  onReport?.(report);
  switch (options.format) {
    case 'text':
      io.stdout.write(applyText(report, paletteFor(io.stdout, io, options), verb));
      break;
    case 'json':
      io.stdout.write(toJsonText(applyJson(report, context)));
      break;
    case 'ndjson':
      // All of it is on stdout by now.
      break;
  }
  journal.end(report);
}

function notStarted(reason: string | undefined): string | undefined {
  return reason === undefined ? undefined : `not started: ${reason}`;
}

export function codeOf({ totals }: ApplyReport): ExitCode {
  if (totals.failed + totals.skipped + totals.unknown > 0) return exitCode.partial;
  return totals.stale > 0 ? exitCode.stale : exitCode.done;
}
