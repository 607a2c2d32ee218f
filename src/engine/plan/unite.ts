import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Plan, Summary } from '../../model/plan.ts';
import { sortedByKey } from '../../model/values/order.ts';

type United = Pick<
  Plan,
  'complete' | 'users' | 'changes' | 'kept' | 'unknown' | 'missing' | 'protected' | 'summary' | 'diagnostics'
>;

/**
 * Puts plans together that have no user in common. A name that could not be resolved is told by each, since nobody knows
 * whose it is, and so is a user who is not there; here each counts once.
 */
export function unite(plans: readonly Plan[]): United {
  const unknown = sortedByKey(
    onceEach(
      plans.flatMap((plan) => plan.unknown),
      ({ key }) => key,
    ),
  );
  return {
    complete: plans.every(({ complete }) => complete),
    users: unknown.length + total(plans, (each) => each.users - each.unknown.length),
    changes: plans.flatMap(({ changes }) => changes),
    kept: sortedByKey(plans.flatMap(({ kept }) => kept)),
    unknown,
    missing: onceEach(
      plans.flatMap(({ missing }) => missing),
      ({ key, place }) => JSON.stringify([key, place]),
    ),
    protected: sortedByKey(plans.flatMap((each) => each.protected)),
    summary: sumOf(plans, unknown.length),
    diagnostics: onceEach(
      plans.flatMap(({ diagnostics }) => diagnostics),
      sameMessage,
    ),
  };
}

/** Of messages that are told alike, one is enough. */
export function sameMessage({ code, summary, range }: Diagnostic): string {
  return JSON.stringify([code, summary, range]);
}

export function onceEach<T>(items: readonly T[], nameOf: (item: T) => string): readonly T[] {
  return [...new Map(items.map((item) => [nameOf(item), item])).values()];
}

function total(plans: readonly Plan[], of: (plan: Plan) => number): number {
  return plans.reduce((sum, plan) => sum + of(plan), 0);
}

function sumOf(plans: readonly Plan[], unknown: number): Summary {
  const sum = (name: keyof Summary): number => total(plans, ({ summary }) => summary[name]);
  return {
    create: sum('create'),
    update: sum('update'),
    shorten: sum('shorten'),
    disable: sum('disable'),
    replace: sum('replace'),
    delete: sum('delete'),
    noop: sum('noop'),
    waiting: sum('waiting'),
    attention: sum('attention'),
    duplicate: sum('duplicate'),
    unknown,
    unmatched: sum('unmatched'),
    emails: sum('emails'),
  };
}
