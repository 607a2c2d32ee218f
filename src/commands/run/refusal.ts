import type { Judgement } from '../../engine/index.ts';
import { budgetVerdict } from '../../report/index.ts';

/** What to say when a budget or a protection refuses the plan; undefined where neither does. */
export function refusal(
  { overspent, protected: touched }: Judgement,
  nothing = 'nothing was applied',
): { readonly summary: string; readonly detail: string } | undefined {
  if (overspent.length === 0 && touched.length === 0) return undefined;
  const budgets = overspent.map((use) => budgetVerdict(use, {}));
  const keys = touched.map(({ key, action }) => `${key} is protected from ${action}`);
  const acknowledge = budgets.map(({ flag }) => flag).join(' ');
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
