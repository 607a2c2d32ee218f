import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { report } from '../../../src/engine/run/apply.ts';
import { writingChanges } from '../../../src/model/plan.ts';
import { applyUser } from '../../../src/engine/run/apply-user.ts';
import { claimedFaces } from '../../../src/engine/run/claimed-faces.ts';
import type { DesiredState } from '../../../src/model/enrollment.ts';
import { Secret } from '../../../src/model/values/secret.ts';
import { lawRuns, lawTimeout } from '../../property-runs.ts';
import { keeping } from '../../support/engine/apply-run.ts';
import { FailingTenant, type Failure } from '../../support/engine/failing-tenant.ts';
import { worldOf, type World } from '../../support/engine/random-worlds.ts';
import { shownWorld } from '../../support/engine/shown-world.ts';
import { found, liveOf, now, plan } from '../../support/engine/world.ts';

const planFor = (tenant: FailingTenant, desired: DesiredState): ReturnType<typeof plan> => {
  const amy = found('amy', tenant.faces);
  const discovered = desired.scope.users === 'listed' || tenant.faces.length === 0 ? [] : [amy];
  return plan(desired, liveOf(desired.enrollments.length === 0 ? {} : { amy }, { discovered }));
};

interface Ran {
  readonly asked: readonly string[];
  readonly emails: number;
}

/** Plans and applies as one run would. */
async function run(tenant: FailingTenant, desired: DesiredState): Promise<Ran> {
  const made = planFor(tenant, desired);
  const outcomes = await applyUser('uuid-amy', writingChanges(made), {
    tenant,
    readToken: () => Promise.resolve(new Secret('t0ken')),
    activations: keeping(() => Promise.resolve()),
    settleMs: 0,
    sleep: () => Promise.resolve(),
    verify: 'read-back',
    claimed: claimedFaces(made),
    now: () => now * 1000,
  });
  return {
    asked: writingChanges(made).map(({ action, key }) => `${action} ${key}`),
    emails: report(outcomes).emails,
  };
}

const tenantOf = ({ live, reading }: World, failure: Failure): FailingTenant => {
  const [amy] = [...live.listed.values(), ...live.discovered];
  return new FailingTenant(amy?.presence === 'present' ? amy.faces : [], reading, failure);
};

/** Where a user has several entries of one flow, any of its faces is as good for any of them. */
const flows = ['/mobile', '/web', '/token'];
const madeFor = (flow: string, { created }: FailingTenant): number =>
  created.filter((key) => key.includes(flow)).length;
const asking = (flow: string, { enrollments }: DesiredState): number =>
  enrollments.filter((entry) => entry.state === 'present' && entry.enabled && entry.key.includes(flow)).length;

const failureArb: fc.Arbitrary<Failure> = fc.record({
  at: fc.nat({ max: 2 }),
  kind: fc.constantFrom('refused', 'lost'),
});

describe('after a write that failed', () => {
  it(
    'the next run ends the work, each entry got one face and one e-mail at most, and every e-mail was reported',
    { timeout: lawTimeout },
    () =>
      fc.assert(
        fc.asyncProperty(worldOf(['amy']), failureArb, async (world, failure) => {
          const tenant = tenantOf(world, failure);
          const runs = [await run(tenant, world.desired)];
          tenant.mend();
          runs.push(await run(tenant, world.desired));
          const told = `${shownWorld(world)}\n${JSON.stringify(failure)}\n${JSON.stringify(runs)}`;
          for (const flow of flows)
            expect(madeFor(flow, tenant), told).toBeLessThanOrEqual(asking(flow, world.desired));
          const emails = runs.reduce((sum, each) => sum + each.emails, 0);
          expect(emails, told).toBe(madeFor('/mobile', tenant));
          expect((await run(tenant, world.desired)).asked, told).toEqual([]);
        }),
        { numRuns: lawRuns },
      ),
  );
});
