import type { TenantId } from '../tenant-id.ts';

/**
 * How one check ended.
 *
 * - `unknown`: it was tried, and nobody can say.
 * - `not tried`: it would write, so it is named alone.
 * - `not checked`: an earlier check makes it impossible.
 */
export type CheckState = 'ok' | 'warning' | 'failed' | 'unknown' | 'not tried' | 'not checked';

export interface Check {
  readonly name: string;
  readonly state: CheckState;
  /** What was found; may hold text from outside. Empty where it was not checked. */
  readonly found: string;
  /** What to do. */
  readonly advice?: string | undefined;
  /** Whether `plan` can do without it. */
  readonly needed: 'for plan' | 'for more';
  /** Set where the same check may end well later, though nothing is changed here. */
  readonly again?: 'helps' | undefined;
}

/** All checks, in the order in which they were made. */
export interface Checkup {
  /** As in `Plan.tenant`; missing where none is configured. */
  readonly tenant?: TenantId | undefined;
  readonly checks: readonly Check[];
}

/** Whether `plan` has all it needs. */
export function isWell({ checks }: Checkup): boolean {
  return !checks.some(isWrong);
}

/** Whether it is only a matter of time until `plan` has all it needs. */
export function isPassing({ checks }: Checkup): boolean {
  const wrong = checks.filter((check) => isWrong(check) && check.state !== 'not checked');
  return wrong.length > 0 && wrong.every(({ again }) => again === 'helps');
}

function isWrong({ needed, state }: Check): boolean {
  return needed === 'for plan' && state !== 'ok' && state !== 'warning';
}
