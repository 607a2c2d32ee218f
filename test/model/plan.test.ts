import { expect, it } from 'vitest';
import { actions, isReasonFor, type UpdateChange } from '../../src/model/plan.ts';

it('a reason belongs to the one action that its spelling begins with', () => {
  const actionsOf = (reason: Parameters<typeof isReasonFor>[1]) => actions.filter((one) => isReasonFor(one, reason));
  expect(actionsOf('delete_because_absent')).toEqual(['delete']);
  expect(actionsOf('replace_by_request')).toEqual(['replace']);
  expect(actionsOf('no_op_because_waiting')).toEqual(['no-op']);
  // @ts-expect-error: an update for a reason to delete
  const wrong: UpdateChange['reason'] = 'delete_because_absent';
  expect(isReasonFor('update', wrong)).toBe(false);
});
