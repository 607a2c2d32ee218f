import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyUser } from '../../../src/engine/run/apply-user.ts';
import type { Face } from '../../../src/model/face.ts';
import type { Outcome } from '../../../src/model/outcome.ts';
import { writingChanges, type Plan } from '../../../src/model/plan.ts';
import { Secret } from '../../../src/model/values/secret.ts';
import { lawRuns, lawTimeout } from '../../property-runs.ts';
import { keeping } from '../../support/engine/apply-run.ts';
import { FailingTenant, Killed } from '../../support/engine/failing-tenant.ts';
import { worldOf, type World } from '../../support/engine/random-worlds.ts';
import { savedAndRead } from '../../support/engine/saved-plan.ts';
import { shownWorld } from '../../support/engine/shown-world.ts';
import { now, plan } from '../../support/engine/world.ts';

/** @returns the outcomes, or that the run was killed. */
async function run(tenant: FailingTenant, made: Plan): Promise<readonly Outcome[] | 'killed'> {
  const changes = writingChanges(made);
  if (changes.length === 0) return [];
  try {
    return await applyUser('uuid-amy', changes, {
      tenant,
      readToken: () => Promise.resolve(new Secret('t0ken')),
      activations: keeping(() => Promise.resolve()),
      settleMs: 0,
      sleep: () => Promise.resolve(),
      verify: 'read-back',
      claimed: new Map(),
      now: () => now * 1000,
    });
  } catch (error) {
    if (error instanceof Killed) return 'killed';
    throw error;
  }
}

/** A tenant whose run is killed before the given write. */
function tenantOf({ live, reading }: World, at: number): FailingTenant {
  const [amy] = [...live.listed.values(), ...live.discovered];
  return new FailingTenant(amy?.presence === 'present' ? amy.faces : [], reading, { at, kind: 'killed' });
}

const byId = (faces: readonly Face[]): readonly Face[] => faces.toSorted((a, b) => (a.id < b.id ? -1 : 1));
const statesOf = (outcomes: readonly Outcome[] | 'killed'): readonly string[] =>
  outcomes === 'killed' ? ['killed'] : outcomes.map(({ state }) => state);

describe('a plan that is taken up again where a run was killed', () => {
  it.each([
    ['in memory', (made: Plan) => made],
    ['from a file', savedAndRead],
  ])(
    'ends as if one run had done it all, and a third finds nothing left to do: %s',
    { timeout: lawTimeout },
    (_, keep) =>
      fc.assert(
        fc.asyncProperty(worldOf(['amy']), fc.nat({ max: 7 }), async (world, at) => {
          const made = keep(plan(world.desired, world.live));
          const whole = tenantOf(world, Infinity);
          const wholly = statesOf(await run(whole, made));
          const cut = tenantOf(world, at);
          await run(cut, made);
          cut.mend();
          const again = statesOf(await run(cut, made));
          const told = `${shownWorld(world)}\nkilled before write ${at}`;
          expect(byId(cut.faces), told).toEqual(byId(whole.faces));
          expect(
            wholly.every((state) => state === 'applied'),
            told,
          ).toBe(true);
          expect(
            again.every((state) => state === 'applied' || state === 'already'),
            told,
          ).toBe(true);
          expect(cut.created.toSorted(), told).toEqual(whole.created.toSorted());
          expect(
            statesOf(await run(cut, made)).every((state) => state === 'already'),
            told,
          ).toBe(true);
        }),
        { numRuns: lawRuns },
      ),
  );
});
