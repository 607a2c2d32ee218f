import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../../src/engine/run/apply.ts';
import type { Outcome, Refusal } from '../../../src/model/outcome.ts';
import type { WritingChange } from '../../../src/model/plan.ts';
import { desire, found, liveOf, mobile, plan, present, web } from '../../support/engine/world.ts';

describe('a plan', () => {
  const people = ['amy', 'bob', 'cyd', 'dan'];
  const made = plan(
    desire([...people.map((login) => present(login, mobile())), present('amy', web())]),
    liveOf(Object.fromEntries(people.map((login) => [login, found(login, [])]))),
  );
  const request = {
    plan: made,
    concurrency: 1,
    maxFailures: 10,
    stop: () => undefined,
    onOutcomes: () => undefined,
    applyUser: (_: string, changes: readonly WritingChange[]) =>
      Promise.resolve(changes.map((change): Outcome => ({ state: 'applied', change, email: 'sent' }))),
  };
  const failing = (refusal: Refusal) => (_: string, changes: readonly WritingChange[]) =>
    Promise.resolve(changes.map((change): Outcome => ({ state: 'failed', change, refusal })));

  it('is carried out user by user, each change with one outcome', async () => {
    const seen: number[] = [];
    const users: number[] = [];
    const report = await applyPlan({
      ...request,
      applyUser: (uuid, changes) => {
        users.push(changes.length);
        return request.applyUser(uuid, changes);
      },
      onOutcomes: (done) => seen.push(done),
    });
    expect(report.totals).toEqual({ planned: 5, applied: 5, already: 0, failed: 0, stale: 0, skipped: 0, unknown: 0 });
    expect(report.emails).toBe(5);
    expect(users).toEqual([2, 1, 1, 1]);
    expect(seen.at(-1)).toBe(5);
  });
  it.each([1, 2, 4_294_967_295])('is carried out in an order that the seed alone shuffles: %i', async (seed) => {
    const orders = [seed, seed, seed + 1].map(async (each) => {
      const users: string[] = [];
      const applyUser: typeof request.applyUser = (uuid, changes) => {
        users.push(uuid);
        return request.applyUser(uuid, changes);
      };
      const { outcomes } = await applyPlan({ ...request, applyUser, seed: each });
      expect(outcomes.map(({ change }) => change.key)).toEqual(made.changes.map(({ key }) => key));
      return users;
    });
    const [first, again, other] = await Promise.all(orders);
    expect(first?.toSorted()).toEqual(people.map((login) => `uuid-${login}`));
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });
  it('lets other users go on while one of them waits', async () => {
    const ended: string[] = [];
    let wake = (): void => undefined;
    const others = new Promise<void>((resolve) => {
      wake = resolve;
    });
    await applyPlan({
      ...request,
      applyUser: async (uuid, changes, aside) => {
        if (uuid === 'uuid-amy') await aside(() => others);
        ended.push(uuid);
        if (ended.length === people.length - 1) wake();
        return request.applyUser(uuid, changes);
      },
    });
    expect(ended).toEqual(['uuid-bob', 'uuid-cyd', 'uuid-dan', 'uuid-amy']);
  });
  it('goes on after a failure, and stops after so many identical ones in a row', async () => {
    const conflict = failing({ status: 409, errorCode: 'limit', message: 'no' });
    expect((await applyPlan({ ...request, applyUser: conflict })).totals).toMatchObject({ failed: 5, skipped: 0 });
    const stopped = await applyPlan({ ...request, applyUser: conflict, maxFailures: 3 });
    expect(stopped.totals).toMatchObject({ planned: 5, failed: 3, skipped: 2 });
    let n = 0;
    const various = await applyPlan({
      ...request,
      applyUser: (uuid, changes) => failing({ message: `${n++}` })(uuid, changes),
      maxFailures: 3,
    });
    expect(various.totals).toMatchObject({ failed: 5 });
  });
  it.each([
    [new RangeError('odd'), 'odd'],
    ['odd', 'odd'],
  ])('ends in a report whatever bug is met: %s', async (thrown, message) => {
    const applyUser: typeof request.applyUser = (uuid, changes) => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- what a library throws need not be an error
      if (uuid === 'uuid-bob') throw thrown;
      return request.applyUser(uuid, changes);
    };
    const report = await applyPlan({ ...request, applyUser });
    expect(report.totals).toMatchObject({ planned: 5, applied: 2, unknown: 1, skipped: 2 });
    expect(report.bug).toMatchObject({ message });
  });
  it('skips what has not begun when told to stop', async () => {
    let started = 0;
    const report = await applyPlan({
      ...request,
      stop: () => (started++ < 2 ? undefined : 'interrupted'),
    });
    expect(report.totals).toMatchObject({ planned: 5, applied: 3, skipped: 2 });
  });
  it('still adds up where an outcome got lost', async () => {
    const report = await applyPlan({ ...request, applyUser: () => Promise.resolve([]) });
    expect(report.totals).toMatchObject({ planned: 5, unknown: 5 });
  });
});
