import type { ApplyReport } from '../../model/outcome.ts';
import type { Plan } from '../../model/plan.ts';
import type { Closed } from '../process/closing.ts';
import { exitCode, worstOf, type ExitCode } from '../process/exit-code.ts';
import { stopOnSignal } from '../process/interrupt.ts';
import type { World } from '../process/watch.ts';
import type { Begun, Journal } from './journal.ts';

/** What is to be done, and who keeps a record of it. */
export interface Run extends Begun {
  readonly plan: Pick<Plan, 'tenant' | 'complete'>;
  readonly journal: Journal;
  /** Why nothing more can be sent; undefined while it can. */
  readonly stopped: () => string | undefined;
  /** Starts nothing more once `stop` gives a reason. */
  readonly work: (stop: () => string | undefined) => Promise<Ended>;
}

export interface Ended {
  readonly report: ApplyReport;
  readonly code: ExitCode;
}

/** Does the work until it ends or a signal comes, and ends the journal. Signals are caught until then. */
export async function runTasks({ plan, planned, seed, journal, stopped, work }: Run, world: World): Promise<Ended> {
  await journal.start(plan, { planned, seed });
  const interrupt = stopOnSignal(world);
  try {
    const { report, code } = await work(() => interrupt.reason() ?? notStarted(stopped()));
    journal.end(report);
    const whole = plan.complete ? exitCode.done : exitCode.incomplete;
    return { report, code: worstOf([code, whole, interrupt.code()]) };
  } finally {
    interrupt.release();
  }
}

function notStarted(reason: string | undefined): string | undefined {
  return reason === undefined ? undefined : `not started: ${reason}`;
}

/** What went wrong in a run beside its changes: a bug, or something that could not be closed. */
export function wrongIn({ result, problem }: Closed<Ended>): Error | undefined {
  return result.report.bug ?? problem;
}

export function codeOf({ totals }: ApplyReport): ExitCode {
  if (totals.failed + totals.skipped + totals.unknown > 0) return exitCode.partial;
  return totals.stale > 0 ? exitCode.stale : exitCode.done;
}
