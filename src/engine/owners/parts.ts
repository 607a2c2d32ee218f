import type { DesiredState, MissingUsers, Owner, Scope, UserRef } from '../../model/enrollment.ts';
import { sortedByKey } from '../../model/values/order.ts';
import { usersToRead } from '../plan/plan.ts';
import { userRef } from '../plan/user-ref.ts';

/** What one owner's files ask for, or those without an owner. */
export interface Part {
  /** Empty for files without an owner. */
  readonly name: string;
  readonly owner?: Owner | undefined;
  readonly desired: DesiredState;
}

/** All parts, in the order of their names; that without an owner is missing where it asks for nothing. */
export function partsOf(desired: DesiredState): readonly Part[] {
  const { owners = [], ...state } = desired;
  const ofNobody = desired.enrollments.filter(({ owner }) => owner === undefined);
  const hasRest = ofNobody.length > 0 || desired.scope.users !== 'listed' || owners.length === 0;
  const rest: Part = { name: '', desired: { ...state, enrollments: ofNobody } };
  const parts = owners.map((owner): Part => {
    const { scope, unmatched, missingUsers, budgets } = owner;
    const enrollments = desired.enrollments.filter((entry) => entry.owner === owner.name);
    return { name: owner.name, owner, desired: { ...state, scope, unmatched, missingUsers, budgets, enrollments } };
  });
  return hasRest ? [rest, ...parts] : parts;
}

/** Of all parts, whichever is planned: a name under `protect` protects in each. */
export function strictestOf(parts: readonly Part[]): MissingUsers {
  return parts.some(({ desired }) => desired.missingUsers === 'error') ? 'error' : 'wait';
}

/** One reading of the tenant. */
export interface OwnerReading {
  readonly users: readonly UserRef[];
  readonly scope: Scope;
  readonly faces: 'read' | 'unread';
  /** The part whose scope it is; missing where it is no part's alone. */
  readonly part?: string | undefined;
}

/**
 * What to read for a plan: the users of all parts that have no scope beyond them at once, each scope by itself, and of
 * the owners that are not planned the names alone, which say whose a user is.
 */
export function readingsOf(desired: DesiredState, only: string | undefined): readonly OwnerReading[] {
  const parts = partsOf(desired);
  const isPlanned = ({ name }: Part): boolean => only === undefined || name === only;
  const refsOf = (some: readonly Part[]): readonly UserRef[] => {
    const refs = new Map(some.flatMap((part) => part.desired.enrollments.map(({ user }) => [user.key, user] as const)));
    return sortedByKey([...refs.values()]);
  };
  const planned = parts.filter(isPlanned);
  const others = parts.filter((part) => !isPlanned(part));
  const listed = planned.filter((part) => part.desired.scope.users === 'listed');
  const scoped = (some: readonly Part[]): readonly Part[] =>
    some.filter((part) => part.desired.scope.users !== 'listed');
  const entered = new Set(desired.enrollments.map(({ user }) => user.key));
  const protectedOnes = [...desired.protect.keys()].filter((key) => !entered.has(key)).map(userRef);
  const readings: readonly OwnerReading[] = [
    { users: refsOf(listed), scope: nobody, faces: 'read' } as const,
    ...scoped(planned).map(({ name, desired: { scope, enrollments, ...rest } }) => {
      const users = usersToRead({ ...rest, scope, enrollments, protect: new Map() });
      return { users, scope, faces: 'read', part: name } as const;
    }),
    { users: [...refsOf(others), ...protectedOnes], scope: nobody, faces: 'unread' } as const,
    ...scoped(others).map(({ name, desired: { scope } }) => {
      return { users: [], scope, faces: 'unread', part: name } as const;
    }),
  ];
  return readings.filter(({ users, part }) => users.length > 0 || part !== undefined);
}

const nobody: Scope = { users: 'listed' };
