import { hasErrors } from '../../model/diagnostic.ts';
import { writingChanges, type Plan } from '../../model/plan.ts';
import { exitCode, worstOf, type ExitCode } from '../process/exit-code.ts';
import type { PlanOptions } from '../process/options.ts';

export function planExitCode(plan: Plan, options: Pick<PlanOptions, 'detailedExitcode'>): ExitCode {
  const changes = writingChanges(plan).length > 0;
  return worstOf([
    hasErrors(plan.diagnostics) ? exitCode.error : exitCode.done,
    plan.complete ? exitCode.done : exitCode.incomplete,
    changes && options.detailedExitcode === true ? exitCode.changes : exitCode.done,
  ]);
}
