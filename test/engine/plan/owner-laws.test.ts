import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DesiredState, Owner } from '../../../src/model/enrollment.ts';
import type { LiveState } from '../../../src/model/live.ts';
import type { Change } from '../../../src/model/plan.ts';
import { lawRuns, lawTimeout } from '../../property-runs.ts';
import { worldArb, worldOf, type World } from '../../support/engine/random-worlds.ts';
import { plan, range } from '../../support/engine/world.ts';

const numRuns = Math.min(lawRuns, 300);

/** The same files, all of one owner. */
function owned({ desired, live }: World, name: string): { readonly desired: DesiredState; readonly live: LiveState } {
  const { scope, unmatched, missingUsers, budgets } = desired;
  const owner: Owner = { name, range: range(1), scope, unmatched, missingUsers, budgets };
  const enrollments = desired.enrollments.map((entry) => ({ ...entry, owner: name }));
  const byOwner = new Map([[name, { users: live.discovered }]]);
  const state = { ...desired, scope: { users: 'listed' }, enrollments, owners: [owner], totals: 'summed' } as const;
  return { desired: state, live: { ...live, byOwner } };
}

/** The files of two teams with nobody in common, in one tree. */
function together(left: World, right: World): { readonly desired: DesiredState; readonly live: LiveState } {
  const [a, b] = [owned(left, 'a'), owned(right, 'b')];
  return {
    desired: {
      ...a.desired,
      enrollments: [...a.desired.enrollments, ...b.desired.enrollments],
      owners: [...(a.desired.owners ?? []), ...(b.desired.owners ?? [])],
    },
    live: {
      ...a.live,
      listed: new Map([...a.live.listed, ...b.live.listed]),
      byOwner: new Map([...(a.live.byOwner ?? []), ...(b.live.byOwner ?? [])]),
    },
  };
}

const twoArb = fc.tuple(worldOf(['amy', 'ben']), worldOf(['cyd', 'dot']));
const nameOf = ({ action, key, owner }: Change): string => `${String(owner)} ${action} ${key}`;

describe('the laws of owners', { timeout: lawTimeout }, () => {
  it('plan with one owner what they plan without', () => {
    fc.assert(
      fc.property(worldArb, (world) => {
        const { owners, ...one } = plan(owned(world, 'a').desired, owned(world, 'a').live);
        const without = plan(world.desired, world.live);
        const changes = one.changes.map(({ owner: _, ...change }) => change);
        expect({ ...one, changes }).toEqual(without);
        expect(owners?.[0]?.budgets).toEqual(without.budgets);
      }),
      { numRuns },
    );
  });

  it('plan for all owners what the runs for each plan together, but for the totals', () => {
    fc.assert(
      fc.property(twoArb, ([left, right]) => {
        const { desired, live } = together(left, right);
        const all = plan(desired, live);
        const runs = ['a', 'b'].map((owner) => plan(desired, live, { owner }));
        expect(all.changes.map(nameOf).toSorted()).toEqual(
          runs.flatMap(({ changes }) => changes.map(nameOf)).toSorted(),
        );
        expect(all.owners).toEqual(runs.flatMap(({ owners }) => owners ?? []));
        expect(all.kept.map(({ key }) => key)).toEqual(
          runs.flatMap(({ kept }) => kept.map(({ key }) => key)).toSorted(),
        );
        expect(all.users).toBe(runs.reduce((sum, { users }) => sum + users, 0));
      }),
      { numRuns },
    );
  });

  it('plan for each owner what its files alone would, whatever the others ask for', () => {
    fc.assert(
      fc.property(twoArb, ([left, right]) => {
        const { desired, live } = together(left, right);
        const own = plan(desired, live, { owner: 'a' }).changes.map(nameOf);
        const alone = plan(left.desired, left.live).changes.map((change) => nameOf({ ...change, owner: 'a' }));
        expect(own).toEqual(alone);
      }),
      { numRuns },
    );
  });
});
