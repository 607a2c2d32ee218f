import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faceOf } from '../../../src/model/plan.ts';
import type { DesiredState, Enrollment } from '../../../src/model/enrollment.ts';
import type { LiveState, LiveUser } from '../../../src/model/live.ts';
import { lawRuns, lawTimeout } from '../../property-runs.ts';
import { simulate } from '../../support/engine/simulate.ts';
import { worldArb, worldOf } from '../../support/engine/random-worlds.ts';
import { shownWorld } from '../../support/engine/shown-world.ts';
import { now, plan } from '../../support/engine/world.ts';

const numRuns = lawRuns;

const writes = (made: ReturnType<typeof plan>): readonly string[] =>
  made.changes.flatMap(({ action, key }) => (action === 'no-op' ? [] : [`${action} ${key}`]));

/** What goes because an entry says so, and not by the rule of the scope. */
const deletes = (made: ReturnType<typeof plan>): readonly string[] =>
  made.changes.flatMap(({ action, reason, key }) =>
    action === 'delete' && reason !== 'delete_because_not_in_configuration' ? [key] : [],
  );

describe('the laws of planning', { timeout: lawTimeout }, () => {
  it('give the same plan whatever the order of entries, users and faces', () => {
    const shuffled = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length });
    const arb = worldArb.chain((world) =>
      fc.record({
        world: fc.constant(world),
        enrollments: shuffled(world.desired.enrollments),
        listed: shuffled([...world.live.listed]),
        discovered: shuffled(world.live.discovered),
      }),
    );
    const reversed = (user: LiveUser): LiveUser =>
      user.presence === 'present' ? { ...user, faces: user.faces.toReversed() } : user;
    fc.assert(
      fc.property(arb, ({ world, enrollments, listed, discovered }) => {
        const other = plan(
          { ...world.desired, enrollments },
          {
            ...world.live,
            listed: new Map(listed.map(([key, user]) => [key, reversed(user)])),
            discovered: discovered.map(reversed),
          },
        );
        expect(JSON.stringify(other)).toBe(JSON.stringify(plan(world.desired, world.live)));
      }),
      { numRuns },
    );
  });

  it('find nothing to do after what they asked for is done', () => {
    fc.assert(
      fc.property(worldOf(['amy']), (world) => {
        const { desired, live, reading } = world;
        expect(writes(plan(desired, simulate(live, plan(desired, live), reading))), shownWorld(world)).toEqual([]);
      }),
      { numRuns },
    );
  });

  it('delete each face that an absent entry names by its serial number', () => {
    fc.assert(
      fc.property(worldOf(['amy']), (world) => {
        const { changes } = plan(world.desired, world.live);
        const named = new Set(
          world.desired.enrollments.flatMap(({ state, serialNumber }) => (state === 'absent' ? [serialNumber] : [])),
        );
        const faces = [...world.live.listed.values()].flatMap((user) =>
          user.presence === 'present' ? user.faces : [],
        );
        const wanted = faces.filter(({ serialNumber }) => serialNumber !== undefined && named.has(serialNumber));
        const deleted = changes.flatMap((change) => (change.action === 'delete' ? [change.face.id] : []));
        expect(deleted, shownWorld(world)).toEqual(expect.arrayContaining(wanted.map(({ id }) => id)));
      }),
      { numRuns },
    );
  });

  it('count every entry and every face once', () => {
    fc.assert(
      fc.property(worldArb, ({ desired, live }) => {
        const { changes, kept, summary } = plan(desired, live);
        const { create, update, disable, replace, delete: deletes, noop } = summary;
        expect(create + update + disable + replace + deletes + noop).toBe(changes.length);
        const ids = [...changes.flatMap((one) => faceOf(one)?.id ?? []), ...kept.map((one) => one.face.id)];
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns },
    );
  });

  it('never add a change where something could not be read', () => {
    const arb = worldArb.chain((world) =>
      fc.record({
        world: fc.constant(world),
        unread: fc.subarray([...world.live.listed.keys()], { minLength: 0 }),
        resolved: fc.boolean(),
        lost: fc.subarray([...world.live.discovered]),
      }),
    );
    fc.assert(
      fc.property(arb, ({ world, unread, resolved, lost }) => {
        const reason = { code: 'server-error', message: '500' } as const;
        const blind = (key: string, user: LiveUser): LiveUser =>
          !unread.includes(key) || user.presence !== 'present'
            ? user
            : { presence: 'unknown', reason, ...(resolved ? { user: user.user } : {}) };
        const faulty: LiveState = {
          ...world.live,
          listed: new Map([...world.live.listed].map(([key, user]) => [key, blind(key, user)])),
          discovered: world.live.discovered.filter((user) => !lost.includes(user)),
        };
        const whole = new Set(writes(plan(world.desired, world.live)));
        for (const change of writes(plan(world.desired, faulty))) expect(whole).toContain(change);
      }),
      { numRuns },
    );
  });

  it('never remove more because the input lost entries, but by the rule of the scope', () => {
    const arb = worldOf(['amy']).chain((world) =>
      fc.record({ world: fc.constant(world), some: fc.subarray([...world.desired.enrollments]) }),
    );
    // An absent entry takes what those beside it leave, so that these stay where it does.
    const withClaims = (whole: readonly Enrollment[], some: readonly Enrollment[]): readonly Enrollment[] => {
      const takesWhatIsLeft = some.some(({ state, serialNumber }) => state === 'absent' && serialNumber === undefined);
      const claims = ({ state, serialNumber }: Enrollment): boolean =>
        state === 'present' || serialNumber !== undefined;
      return whole.filter((entry) => some.includes(entry) || (takesWhatIsLeft && claims(entry)));
    };
    fc.assert(
      fc.property(arb, ({ world, some }) => {
        const left = withClaims(world.desired.enrollments, some);
        const whole: DesiredState = { ...world.desired, unmatched: 'keep' };
        const askedFor = new Set(deletes(plan(whole, world.live)));
        const told = `${shownWorld(world)}\n${left.map(({ key }) => key).join()}`;
        for (const key of deletes(plan({ ...whole, enrollments: left }, world.live)))
          expect(askedFor, told).toContain(key);
      }),
      { numRuns },
    );
  });

  it('write ACTIVE only to faces that were ACTIVE, DISABLED or EXPIRED, and no expiry that has passed', () => {
    fc.assert(
      fc.property(worldArb, ({ desired, live }) => {
        for (const change of plan(desired, live).changes) {
          if (change.action !== 'update') continue;
          expect(['ACTIVE', 'DISABLED', 'EXPIRED']).toContain(change.face.status);
          expect(change.to.expiry ?? now + 1).toBeGreaterThan(now);
        }
      }),
      { numRuns },
    );
  });
});
