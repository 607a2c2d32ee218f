import { isCreating, type BudgetUse, type Change, type Summary } from './plan.ts';

/** Whether carrying out the change makes the tenant send an activation e-mail. */
export function sendsEmail(change: Change): boolean {
  return isCreating(change) && change.create.flow === 'mobile' && change.create.activation.email;
}

/** Counts; `unknown` users and `unmatched` faces are counted by the caller. */
export function summarize(changes: readonly Change[], unknown: number, unmatched: number): Summary {
  const count = (test: (change: Change) => boolean): number => changes.filter(test).length;
  const inState = (state: 'waiting' | 'attention'): number =>
    count((change) => change.action === 'no-op' && change.standing?.state === state);
  return {
    create: count((change) => change.action === 'create'),
    update: count((change) => change.action === 'update'),
    disable: count((change) => change.action === 'disable'),
    replace: count((change) => change.action === 'replace'),
    delete: count((change) => change.action === 'delete'),
    noop: count((change) => change.action === 'no-op'),
    waiting: inState('waiting'),
    attention: inState('attention'),
    unknown,
    unmatched,
    emails: count(sendsEmail),
  };
}

/** What a plan spends of each budget. A replace spends from `delete`. */
export function spent({
  delete: deletes,
  replace,
  disable,
  emails,
}: Summary): Readonly<Record<BudgetUse['budget'], number>> {
  return { delete: deletes + replace, disable, email: emails };
}
