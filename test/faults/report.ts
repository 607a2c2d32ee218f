import { listOf, memberOf } from '../support/commands/expectations.ts';
import type { Ran } from '../support/commands/workspace.ts';

/** What a plan in JSON says, as far as faults could spoil it. */
export interface PlanRead {
  readonly complete: boolean;
  /** Each change, whole, as one text. */
  readonly changes: readonly string[];
  readonly hasErrors: boolean;
}

/** Undefined where no plan was printed. */
export function planOf({ stdout }: Ran): PlanRead | undefined {
  const plan: unknown = JSON.parse(stdout);
  if (memberOf(plan, 'resource_changes') === undefined) return undefined;
  return {
    complete: memberOf(plan, 'x_complete') === true,
    changes: listOf(plan, 'resource_changes').map(decided),
    hasErrors: listOf(plan, 'diagnostics').some((each) => memberOf(each, 'severity') === 'error'),
  };
}

/** A change as one text, less the policy that the tenant was asked for only to show it. */
function decided(change: unknown): string {
  return JSON.stringify(change, (name, value: unknown) => (name === 'x_policy' ? undefined : value));
}

export interface OutcomeRead {
  readonly key: string;
  readonly outcome: string;
  /** What the tenant said, where it refused. */
  readonly message: string;
}

/** The outcomes of a report in JSON; empty where none was printed. */
export function outcomesOf({ stdout }: Ran): readonly OutcomeRead[] {
  return listOf(JSON.parse(stdout), 'outcomes').map((each) => ({
    key: String(memberOf(each, 'index')),
    outcome: String(memberOf(each, 'outcome')),
    message: textOf(memberOf(memberOf(each, 'error'), 'message')),
  }));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Whether the run came so far as to have a report of its own, rather than the document of a failure. */
export function hasReport({ stdout }: Ran): boolean {
  return memberOf(JSON.parse(stdout), 'summary') !== undefined;
}
