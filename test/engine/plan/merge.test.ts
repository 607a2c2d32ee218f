import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergePlans, type Merged } from '../../../src/engine/plan/merge.ts';
import type { DesiredState, Limit } from '../../../src/model/enrollment.ts';
import type { LiveState, LiveUser } from '../../../src/model/live.ts';
import type { Plan } from '../../../src/model/plan.ts';
import type { Acknowledged } from '../../../src/model/values/budget.ts';
import { isInShard, type Shard } from '../../../src/model/shard.ts';
import { planDigest } from '../../../src/report/text/canonical-json.ts';
import { planJson } from '../../../src/report/plan-json/plan-json.ts';
import { lawRuns } from '../../property-runs.ts';
import { worldArb } from '../../support/engine/random-worlds.ts';
import { absent, desire, found, liveOf, mobile, mobileFace, now, plan, present } from '../../support/engine/world.ts';

const shardsOf = (count: number): readonly Shard[] =>
  Array.from({ length: count }, (_, at) => ({ index: at + 1, count }));

/** As the provider reads it for one shard. */
function cut(live: LiveState, shard: Shard): LiveState {
  const read = (user: LiveUser): LiveUser =>
    user.presence === 'absent' || user.user === undefined || isInShard(user.user.uuid, shard)
      ? user
      : { presence: 'elsewhere', user: user.user };
  const listed = new Map([...live.listed].map(([key, user]) => [key, read(user)]));
  return { ...live, listed, discovered: live.discovered.map(read) };
}

function planShards(desired: DesiredState, live: LiveState, count: number): readonly Plan[] {
  return shardsOf(count).map((shard) => plan(desired, cut(live, shard), { shard }));
}

function merge(plans: readonly Plan[], acknowledged: readonly Acknowledged[] = []): ReturnType<typeof mergePlans> {
  const [first, ...others] = plans.map((each, at) => ({ plan: each, acknowledged: acknowledged[at] ?? {} }));
  if (first === undefined) throw new Error('there is nothing to merge');
  return mergePlans([first, ...others]);
}

function merged(plans: readonly Plan[], acknowledged: readonly Acknowledged[] = []): Merged {
  const result = merge(plans, acknowledged);
  if (result.state === 'not merged') throw new Error(result.summary);
  return result;
}

const context = { toolVersion: '1.0.0', now, acknowledged: {}, pace: {}, createApi: 'v2' } as const;
const digest = (made: Plan): string => planDigest(planJson(made, context, 'list'));
const withoutShares = (made: Plan): Plan => ({
  ...made,
  diagnostics: made.diagnostics.filter(({ code }) => code !== 'SHARD_OVER_BUDGET'),
});

describe('the plans of all shards', () => {
  it('are together the plan of one run, to the last byte', () => {
    const arb = fc.record({ world: worldArb, count: fc.integer({ min: 1, max: 5 }) });
    fc.assert(
      fc.property(arb, ({ world: { desired, live }, count }) => {
        const plans = planShards(desired, live, count);
        expect(digest(withoutShares(merged(plans.toReversed()).plan))).toBe(digest(plan(desired, live)));
      }),
      { numRuns: Math.ceil(lawRuns / 4) },
    );
  });

  it('say of whom they speak together, and are not put together where they were compared with different commits', () => {
    const desired = desire([present('amy', mobile()), present('bob', mobile())]);
    const live = liveOf({ amy: found('amy', []), bob: found('bob', []) });
    const reading = { usersInFiles: 9, usersLeftOut: 7, ref: 'main', mergeBase: 'a'.repeat(40) };
    const [one, other] = planShards(desired, live, 2).map((made) => ({
      ...made,
      read: { ...reading, mode: 'changed-since', usersRead: made.users + 1 } as const,
    }));
    if (one === undefined || other === undefined) throw new Error('two plans');
    expect(merged([one, other]).plan.read).toEqual({ ...reading, mode: 'changed-since', usersRead: 4 });
    const full = [one, other].map((made) => ({ ...made, read: { ...made.read, mode: 'full' } as const }));
    expect(merged(full).plan.read?.usersRead).toBe(2);
    const elsewhere = { ...other, read: { ...other.read, mergeBase: 'b'.repeat(40) } };
    expect(merge([one, elsewhere])).toMatchObject({ state: 'not merged' });
  });

  it('never touch a user of another', () => {
    fc.assert(
      fc.property(worldArb, ({ desired, live }) => {
        for (const made of planShards(desired, live, 3)) {
          const { shard } = made;
          expect(made.changes.every(({ user }) => shard !== undefined && isInShard(user.uuid, shard))).toBe(true);
        }
      }),
      { numRuns: lawRuns },
    );
  });

  const unread: LiveUser = { presence: 'unknown', reason: { code: 'server-error', message: '500' } };

  it('all tell of a name that was not resolved, and it counts once', () => {
    const desired = desire([present('amy', mobile()), present('bob', mobile())]);
    const plans = planShards(desired, liveOf({ amy: unread, bob: found('bob', []) }), 3);
    expect(plans.map(({ complete }) => complete)).toEqual([false, false, false]);
    expect(merged(plans).plan).toMatchObject({ complete: false, users: 2, summary: { unknown: 1, create: 1 } });
  });

  it('all tell of a user who is not there, and he is told of once', () => {
    const plans = planShards(desire([present('amy', mobile())]), liveOf({ amy: { presence: 'absent' } }), 3);
    expect(plans.map(({ diagnostics }) => diagnostics.length)).toEqual([1, 1, 1]);
    expect(merged(plans).plan.diagnostics).toMatchObject([{ code: 'USER_NOT_FOUND' }]);
  });
});

describe('a budget', () => {
  const limit = (value: number): Limit => ({ unit: 'count', value });
  const budgets = { delete: limit(7), disable: limit(0), shorten: limit(9), email: limit(3) };
  const people = ['amy', 'bob', 'cyd', 'dan', 'eve', 'fay'];
  const leaving = desire(
    people.map((login) => absent(login)),
    { budgets },
  );
  const live = liveOf(Object.fromEntries(people.map((login) => [login, found(login, [mobileFace(login)])])));
  const shared = (count: number, budget: string): readonly number[] =>
    planShards(leaving, live, count).map((made) => made.budgets.find((use) => use.budget === budget)?.allowed ?? NaN);

  it.each([
    [1, [7]],
    [2, [4, 3]],
    [3, [3, 2, 2]],
    [8, [1, 1, 1, 1, 1, 1, 1, 0]],
  ])('of 7 is divided among %i shards, and all of it', (count, shares) => {
    expect(shared(count, 'delete')).toEqual(shares);
  });

  const tight = desire(leaving.enrollments, { budgets: { ...budgets, delete: limit(5) } });

  it('that a shard exceeds is told of, though all together may be within it', () => {
    const plans = planShards(tight, live, 2);
    const over = plans.filter((made) => made.budgets.some(({ used, allowed }) => used > allowed));
    expect(over).not.toEqual([]);
    const { plan: whole, acknowledged } = merged(plans);
    expect(whole.diagnostics.map(({ code }) => code)).toEqual(over.map(() => 'SHARD_OVER_BUDGET'));
    expect(acknowledged).toEqual({});
  });

  it('is not acknowledged where one of two that exceed it is', () => {
    const none = desire(leaving.enrollments, { budgets: { ...budgets, delete: limit(0) } });
    const plans = planShards(none, live, 2);
    const [first] = plans.map(({ summary }) => ({ delete: summary.delete }));
    expect(merged(plans, [first ?? {}])).toMatchObject({ acknowledged: {}, plan: { diagnostics: [{}] } });
  });

  it('is acknowledged where every shard that exceeds it is', () => {
    const plans = planShards(tight, live, 2);
    const own = plans.map(({ summary }) => ({ delete: summary.delete }));
    expect(merged(plans, own)).toMatchObject({ acknowledged: { delete: 6 }, plan: { diagnostics: [] } });
  });
});

describe('plans that do not belong together', () => {
  const desired = desire([present('amy', mobile())]);
  const live = liveOf({ amy: found('amy', []) });
  const [one, two] = planShards(desired, live, 2);
  if (one === undefined || two === undefined) throw new Error('there are two shards');
  const whole = plan(desired, live);
  const ofThree = planShards(desired, live, 3);
  const elsewhere = plan(desired, live, {
    shard: { index: 2, count: 2 },
    tenant: { kind: 'origin', origin: 'https://other.example' },
  });
  const others = plan(desire([], { inputs: [] }), live, { shard: { index: 2, count: 2 } });

  it.each([
    ['that of everybody', [whole], 'not that of a shard'],
    ['that of everybody beside a shard', [one, whole], 'not that of a shard'],
    ['one alone', [one], 'shards 1/2'],
    ['one twice', [one, two, two], 'shards 1/2, 2/2, 2/2'],
    ['of another count', [one, two, ...ofThree], 'shards 1/2, 2/2, 1/3, 2/3, 3/3'],
    ['of another tenant', [one, elsewhere], 'different files or tenants'],
    ['of other files', [one, others], 'different files or tenants'],
  ])('are refused: %s', (_, plans, words) => {
    expect(merge(plans)).toMatchObject({ summary: expect.stringContaining(words) });
  });
});
