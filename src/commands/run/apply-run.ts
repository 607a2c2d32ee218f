import { judge } from '../../engine/index.ts';
import { hasErrors } from '../../model/diagnostic.ts';
import type { Plan, PlanContext, PlanInContext } from '../../model/plan.ts';
import { CommandError, InputError } from '../process/command-error.ts';
import { exitCode } from '../process/exit-code.ts';
import type { ExecutionOptions } from '../process/options.ts';
import { unkeptQrCodes } from './activations.ts';
import { refusal } from './refusal.ts';
import type { RunEvents } from './run-events.ts';
import type { ApplyReport } from '../../model/outcome.ts';

/** Who takes part in a run beside the tenant. */
export interface Audience {
  readonly events: RunEvents;
  /** Told of the plan before anything forbids it. */
  readonly show: (made: PlanInContext) => Promise<void>;
  /** Asked where there is something to write. @throws CommandError where nothing may be written. */
  readonly approve: () => Promise<void>;
  /** Told what came of it as soon as it is known: closing a file or the tenant may fail after that. */
  readonly ended: (applied: Applied) => void;
}

/** What became of a plan. */
export interface Applied {
  readonly plan: Plan;
  readonly report: ApplyReport;
}

/** All that forbids writing, judged over the whole plan before the first write. */
export function refuse(plan: Plan, acknowledged: PlanContext['acknowledged'], options: ExecutionOptions): void {
  if (hasErrors(plan.diagnostics)) {
    throw new CommandError('nothing was applied', 'Correct the errors above and run again.');
  }
  const unkept = unkeptQrCodes(plan, options.activationsOut);
  if (unkept.length > 0) throw new InputError(unkept);
  const refused = refusal(judge(plan, acknowledged));
  if (refused !== undefined) throw new CommandError(refused.summary, refused.detail, exitCode.refused);
  if (!plan.complete && options.allowIncomplete !== true) {
    throw new CommandError(
      'the live state could not be read completely, nothing was applied',
      'Run again, or pass --allow-incomplete to leave out the users that could not be read.',
      exitCode.incomplete,
    );
  }
}
