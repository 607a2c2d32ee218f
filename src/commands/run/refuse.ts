import { judge, type Judgement } from '../../engine/index.ts';
import { hasErrors } from '../../model/diagnostic.ts';
import type { Plan } from '../../model/plan.ts';
import type { Acknowledged } from '../../model/values/budget.ts';
import { CommandError } from '../process/command-error.ts';
import { exitCode } from '../process/exit-code.ts';
import { budgetVerdict } from '../../report/index.ts';

/** As much of a plan as decides whether it may be carried out. */
type Judged = Pick<Plan, 'diagnostics' | 'budgets' | 'owners' | 'protected' | 'complete'>;

export interface Refusing {
  readonly acknowledged: Acknowledged;
  readonly allowIncomplete: boolean | undefined;
  /** Such as `nothing was applied`. */
  readonly nothing: string;
}

/** All that forbids writing, judged over the whole plan before the first write. @throws CommandError */
export function refuse(plan: Judged, { acknowledged, allowIncomplete, nothing }: Refusing): void {
  const { diagnostics } = plan;
  if (hasErrors(plan.diagnostics)) {
    throw new CommandError(nothing, 'Correct the errors above and run again.', exitCode.error, { diagnostics });
  }
  const refused = refusal(judge(plan, acknowledged), nothing);
  if (refused !== undefined) throw new CommandError(refused.summary, refused.detail, exitCode.refused, { diagnostics });
  if (!plan.complete && allowIncomplete !== true) {
    throw new CommandError(
      `the live state could not be read completely, ${nothing}`,
      'Run again, or pass --allow-incomplete to leave out the users that could not be read.',
      exitCode.incomplete,
      { diagnostics },
    );
  }
}

/** What to say when a budget or a protection refuses the plan; undefined where neither does. */
function refusal(
  { overspent, protected: touched }: Judgement,
  nothing: string,
): { readonly summary: string; readonly detail: string } | undefined {
  if (overspent.length === 0 && touched.length === 0) return undefined;
  const budgets = overspent.map((use) => budgetVerdict(use, {}));
  const keys = touched.map(({ key, action }) => `${key} is protected from ${action}`);
  const acknowledge = [...new Set(budgets.map(({ flag }) => flag))].join(' ');
  const advice = [
    ...(overspent.length === 0 ? [] : [`If this is meant, run again with: ${acknowledge}`]),
    ...(touched.length === 0
      ? []
      : ["A protection has no such flag: take the user from 'protect', or the change from the file."]),
  ];
  return {
    summary: `${nothing}: ${[...budgets.map(({ use }) => use), ...keys].join('; ')}`,
    detail: advice.join('. '),
  };
}
