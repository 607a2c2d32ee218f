import type { Verdict } from '../engine/index.ts';
import type { BudgetUse } from '../model/plan.ts';

const flags: Readonly<Record<BudgetUse['budget'], string>> = {
  delete: '--allow-deletes',
  disable: '--allow-disables',
  email: '--allow-emails',
};
const named: Readonly<Record<BudgetUse['budget'], string>> = {
  delete: 'faces to delete',
  disable: 'faces to disable',
  email: 'activation e-mails to send',
};

/** What to say when a budget or a protection refuses the plan; undefined where neither does. */
export function refusal(
  { overspent, protected: touched }: Verdict,
  nothing = 'nothing was applied',
): { readonly summary: string; readonly detail: string } | undefined {
  if (overspent.length === 0 && touched.length === 0) return undefined;
  const budgets = overspent.map(({ budget, used, allowed }) => `${used} ${named[budget]}, budget ${allowed}`);
  const keys = touched.map(({ key, action }) => `${key} is protected from ${action}`);
  const acknowledge = overspent.map(({ budget, used }) => `${flags[budget]} ${used}`).join(' ');
  const advice = [
    ...(overspent.length === 0 ? [] : [`If this is meant, run again with: ${acknowledge}`]),
    ...(touched.length === 0
      ? []
      : ["A protection has no such flag: take the user from 'protect', or the change from the file."]),
  ];
  return { summary: `${nothing}: ${[...budgets, ...keys].join('; ')}`, detail: advice.join('. ') };
}
