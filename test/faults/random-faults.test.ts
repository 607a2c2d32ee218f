import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Ran, TenantWorkspace } from '../support/commands/workspace.ts';
import { lawRuns, lawTimeout } from '../property-runs.ts';
import { apply, faceIds, newFaces, referenceIn, surplus, wrongAfterHealing, wrongReport } from './judge.ts';
import { faultsArb, worldArb } from './random-world.ts';
import { hasReport, planOf } from './report.ts';
import { strike, type Strike } from './strike.ts';
import { mailedTo, openWorld, stateOf } from './world.ts';

/** Each takes half a dozen runs over HTTP. */
const numRuns = Math.ceil(lawRuns / 50);

const plan = ['plan', 'faces.yaml', '--format', 'json', '--quiet', '--concurrency', '1'];

async function runUnder(
  { run, sandbox }: TenantWorkspace,
  faults: readonly Strike[],
  args: readonly string[],
): Promise<Ran> {
  const stops = faults.map((fault) => strike(sandbox, fault));
  const ran = await run(args);
  for (const stop of stops) stop();
  return ran;
}

/** What a plan has that another lacks. */
function addedTo(whole: Ran, made: Ran): readonly string[] {
  return surplus(planOf(whole)?.changes ?? [], planOf(made)?.changes ?? []);
}

it(
  'whatever fails in whatever world, a plan grows by nothing, and once all is well again the tenant is as if nothing had failed',
  { timeout: lawTimeout },
  async () => {
    await fc.assert(
      fc.asyncProperty(worldArb, faultsArb, faultsArb, async (options, whilePlanning, whileApplying) => {
        const calm = await openWorld(options);
        const seeded = faceIds(calm.sandbox);
        const whole = await calm.run(plan);
        const faultless = await referenceIn(calm);

        const world = await openWorld(options);
        const { sandbox } = world;
        expect(addedTo(whole, await runUnder(world, whilePlanning, plan))).toEqual([]);

        const ran = await runUnder(world, whileApplying, apply);
        const state = stateOf(sandbox);
        const logins = Object.keys(state);
        if (hasReport(ran)) expect(wrongReport(ran)).toEqual([]);
        if (ran.code === 0) expect(state).toEqual(faultless.after);
        expect(surplus(faultless.mails, mailedTo(sandbox))).toEqual([]);
        for (const login of logins) {
          expect(newFaces(sandbox, login, seeded)).toBeLessThanOrEqual(newFaces(calm.sandbox, login, seeded));
        }
        expect(await wrongAfterHealing(world, faultless)).toEqual([]);
      }),
      { numRuns },
    );
  },
);
