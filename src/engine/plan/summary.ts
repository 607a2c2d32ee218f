import type { Change, Summary } from '../../model/plan.ts';

/** Whether carrying out the change makes the tenant send an activation e-mail. */
export function sendsEmail(change: Change): boolean {
  if (change.action !== 'create' && change.action !== 'replace') return false;
  return change.create.flow === 'mobile' && change.create.activation.email;
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
