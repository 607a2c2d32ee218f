import type { ApplyReport, Outcome, OutcomeState, OutcomeTotals, Task } from '../../model/outcome.ts';
import { writingChanges, type Plan, type WritingChange } from '../../model/plan.ts';
import { forEachLimited, type Aside } from '../../limit/for-each-limited.ts';
import { shuffled } from './user-order.ts';

/** Says that no new user may be started, and why; undefined while all is well. */
export type Stop = () => string | undefined;

export interface ApplyRequest extends RunRequest<WritingChange> {
  readonly plan: Plan;
}

export interface RunRequest<T extends Task> {
  /** @param aside lets other users take this one's place while it waits. */
  readonly applyUser: (uuid: string, changes: readonly T[], aside: Aside) => Promise<readonly Outcome[]>;
  /** Users at work at once. */
  readonly concurrency: number;
  /** How many identical failures in a row stop the run from starting more. */
  readonly maxFailures: number;
  readonly stop: Stop;
  readonly onOutcomes: (done: number, total: number) => void;
  /** Shuffles the users, so that two runs of one plan seldom meet at one of them. They go in order where it is missing. */
  readonly seed?: number | undefined;
}

/** Carries out a plan. Every writing change ends as exactly one outcome. */
export function applyPlan(request: ApplyRequest): Promise<ApplyReport> {
  return applyAll(writingChanges(request.plan), request);
}

/** One task per user, users in parallel. Everything ends as exactly one outcome, a bug in the work on one user too. */
export async function applyAll<T extends Task>(changes: readonly T[], request: RunRequest<T>): Promise<ApplyReport> {
  const breaker = failureBreaker(request.maxFailures);
  const ended = new Map<Task, Outcome>();
  const bugs: Error[] = [];
  const attempt = async (uuid: string, userChanges: readonly T[], aside: Aside): Promise<readonly Outcome[]> => {
    try {
      return await request.applyUser(uuid, userChanges, aside);
    } catch (error) {
      const bug = error instanceof Error ? error : new Error(String(error));
      bugs.push(bug);
      return userChanges.map((change) => ({ state: 'unknown', change, refusal: { message: `a bug: ${bug.message}` } }));
    }
  };
  const users = byUser(changes);
  const ordered = request.seed === undefined ? users : shuffled(users, request.seed);
  await forEachLimited(request.concurrency, ordered, async ([uuid, userChanges], aside) => {
    const reason = request.stop() ?? breaker.reason() ?? (bugs.length > 0 ? 'not started: a bug was met' : undefined);
    const outcomes = reason === undefined ? await attempt(uuid, userChanges, aside) : skip(userChanges, reason);
    breaker.note(outcomes);
    for (const outcome of outcomes) ended.set(outcome.change, outcome);
    request.onOutcomes(ended.size, changes.length);
  });
  return { ...report(changes.map((change) => ended.get(change) ?? lost(change))), bug: bugs[0] };
}

/** Sums up; the outcomes of a plan in the plan's order. */
export function report(outcomes: readonly Outcome[]): ApplyReport {
  const count = (state: OutcomeState): number => outcomes.filter((outcome) => outcome.state === state).length;
  const totals: OutcomeTotals = {
    planned: outcomes.length,
    applied: count('applied'),
    already: count('already'),
    failed: count('failed'),
    stale: count('stale'),
    skipped: count('skipped'),
    unknown: count('unknown'),
  };
  const emails = outcomes.filter(({ email }) => email === 'sent').length;
  return { totals, outcomes, emails };
}

function skip(changes: readonly Task[], note: string): readonly Outcome[] {
  return changes.map((change) => ({ state: 'skipped', change, note }));
}

/** An executor that returns no outcome for a change has a bug; the sum still has to add up. */
function lost(change: Task): Outcome {
  return { state: 'unknown', change, refusal: { message: 'no outcome was recorded for this change' } };
}

/** The changes of each user, in the order of the plan. */
export function byUser<T extends Task>(changes: readonly T[]): readonly (readonly [string, readonly T[]])[] {
  const users = new Map<string, T[]>();
  for (const change of changes) {
    const others = users.get(change.user.uuid);
    if (others === undefined) users.set(change.user.uuid, [change]);
    else others.push(change);
  }
  return [...users];
}

/** Opens after so many identical failures in a row: the next thousand would fare no better. */
function failureBreaker(maxFailures: number): {
  readonly note: (outcomes: readonly Outcome[]) => void;
  readonly reason: () => string | undefined;
} {
  let last = '';
  let inARow = 0;
  let opened: string | undefined;
  const signature = (outcome: Outcome): string =>
    outcome.state === 'failed' || outcome.state === 'unknown'
      ? `${outcome.refusal.status ?? ''} ${outcome.refusal.errorCode ?? outcome.refusal.message}`
      : '';
  return {
    note: (outcomes) => {
      for (const outcome of outcomes) {
        const now = signature(outcome);
        inARow = now !== '' && now === last ? inARow + 1 : 1;
        last = now;
        if (now !== '' && inARow >= maxFailures) opened = `not started: ${maxFailures} identical failures in a row`;
      }
    },
    reason: () => opened,
  };
}
