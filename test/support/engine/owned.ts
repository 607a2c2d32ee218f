import {
  usualBudgets,
  type DesiredState,
  type Enrollment,
  type Owner,
  type Scope,
} from '../../../src/model/enrollment.ts';
import type { LiveState, LiveUser } from '../../../src/model/live.ts';
import { desire, liveOf, range } from './world.ts';

export const group = (line: number): Scope => ({ users: 'group', group: 'G', onRemove: 'delete', range: range(line) });
export const owner = (name: string, more: Partial<Owner> = {}): Owner => ({
  name,
  range: range(1),
  scope: { users: 'listed' },
  unmatched: 'keep',
  missingUsers: 'error',
  budgets: usualBudgets,
  ...more,
});
export const of = (name: string, entry: Enrollment): Enrollment => ({ ...entry, owner: name });
export const files = (
  owners: readonly Owner[],
  enrollments: readonly Enrollment[],
  more: Partial<DesiredState> = {},
): DesiredState => desire(enrollments, { owners, totals: 'summed', ...more });
export const live = (
  listed: Readonly<Record<string, LiveUser>>,
  scopes: Readonly<Record<string, readonly LiveUser[]>> = {},
): LiveState => {
  const byOwner = new Map(Object.entries(scopes).map(([name, users]) => [name, { users }]));
  return liveOf(listed, { byOwner });
};
