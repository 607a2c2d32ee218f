import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DesiredState, Enrollment, ExpiryRule, NewFace } from '../../src/model/enrollment.ts';
import { knownStatuses, type Face } from '../../src/model/face.ts';
import type { LiveState, LiveUser } from '../../src/model/live.ts';
import { lawRuns } from '../property-runs.ts';
import { simulate } from './simulate.ts';
import { absent, day, desire, found, inScopeOf, liveOf, mobile, now, plan, present, token, web } from './world.ts';

const numRuns = lawRuns;
const logins = ['amy', 'bob', 'cyd', 'dan'] as const;

/** How one tenant answers what the vendor leaves open: what a face shows before it is activated, and what a token face bears. */
interface Reading {
  readonly pending: Pick<Face, 'mobile'>;
  readonly token: Pick<Face, 'applicantId'>;
}
const readingArb: fc.Arbitrary<Reading> = fc.record({
  pending: fc.constantFrom({ mobile: true }, { mobile: false }, {}),
  token: fc.constantFrom({}, { applicantId: 'of-token' }),
});

const datesArb = fc.record(
  {
    created: fc.integer({ min: -400, max: -1 }).map((days) => now + days * day),
    expiry: fc.integer({ min: -30, max: 400 }).map((days) => now + days * day),
  },
  { requiredKeys: [] },
);
const registered = ['ACTIVE', 'REVIEW', 'DISABLED', 'EXPIRED', 'FAILED', 'SUSPENDED'] as const;

const faceArb = (reading: Reading): fc.Arbitrary<Omit<Face, 'id' | 'serialNumber'>> => {
  const kind = (statuses: readonly string[], shown: fc.Arbitrary<Partial<Face>>) =>
    fc
      .record({ status: fc.constantFrom(...statuses), dates: datesArb, shown })
      .map(({ status, dates, shown }) => ({ status, ...dates, ...shown }));
  return fc.oneof(
    kind(['NEW', 'ACTIVATING', 'DISABLED'], fc.constant(reading.pending)),
    kind(registered, fc.constant({ mobile: true })),
    kind(
      [...knownStatuses, 'SUSPENDED'],
      fc.constantFrom('x', 'y', 'z').map((applicantId) => ({ applicantId, mobile: false })),
    ),
    kind(registered, fc.constant({ mobile: false, ...reading.token })),
  );
};

const facesArb = (login: string, reading: Reading): fc.Arbitrary<readonly Face[]> =>
  fc
    .array(faceArb(reading), { maxLength: 5 })
    .map((faces) => faces.map((one, at) => ({ ...one, id: `${login}-${at}`, serialNumber: `s-${login}-${at}` })));

const expiryArb: fc.Arbitrary<ExpiryRule> = fc.oneof(
  fc.constant({ rule: 'tenant' } as const),
  fc.integer({ min: 1, max: 700 }).map((days) => ({ rule: 'at', instant: now + days * day }) as const),
  fc.integer({ min: 1, max: 700 }).map((days) => ({ rule: 'lifetime', seconds: days * day }) as const),
);
const newFaceArb: fc.Arbitrary<NewFace> = fc
  .tuple(fc.constantFrom('mobile', 'x', 'y', 'token'), expiryArb)
  .map(([kind, expiry]) => (kind === 'mobile' ? mobile(expiry) : kind === 'token' ? token(expiry) : web(kind, expiry)));

const entriesArb = (login: string): fc.Arbitrary<readonly Enrollment[]> => {
  const presentArb = fc
    .record({
      face: newFaceArb,
      enabled: fc.boolean(),
      replaceOn: fc.subarray(['FAILED', 'EXPIRED'] as const).map((set) => new Set(set)),
      pin: fc.option(fc.constantFrom(`s-${login}-0`, 's-gone'), { nil: undefined, freq: 5 }),
    })
    .map(({ pin, face, ...more }) => ({ face, more: pin === undefined ? more : { ...more, serialNumber: pin } }));
  const presents = fc
    .array(presentArb, { maxLength: 3 })
    .map((list) => list.map(({ face, more }, at) => present(login, face, { ...more, label: `${at}` })))
    .map(twinsAlike)
    .filter(consistent);
  const absents = fc.constantFrom([], [absent(login)], [absent(login, { flow: 'web' })]);
  return fc.oneof({ weight: 4, arbitrary: presents }, { weight: 1, arbitrary: absents });
};

/** Nothing on a face tells two mobile entries of one user apart, nor two token entries: they ask for the same. */
function twinsAlike(entries: readonly ReturnType<typeof present>[]): readonly ReturnType<typeof present>[] {
  const first = new Map(entries.toReversed().map((entry) => [entry.face.flow, entry]));
  return entries.map((entry) => {
    const model = entry.face.flow === 'web' ? entry : (first.get(entry.face.flow) ?? entry);
    return { ...entry, replaceOn: model.replaceOn, face: { ...entry.face, expiry: model.face.expiry } };
  });
}

/** As the files are checked: one entry per applicant, one per serial number. */
function consistent(entries: readonly ReturnType<typeof present>[]): boolean {
  const applicants = entries.flatMap(({ face }) => (face.flow === 'web' ? [face.applicantId] : []));
  const pins = entries.flatMap(({ serialNumber }) => serialNumber ?? []);
  return new Set(applicants).size === applicants.length && new Set(pins).size === pins.length;
}

interface World {
  readonly desired: DesiredState;
  readonly live: LiveState;
}

const worldArb: fc.Arbitrary<World> = fc
  .record({
    faces: readingArb.chain((reading) => fc.tuple(...logins.map((login) => facesArb(login, reading)))),
    entries: fc.tuple(...logins.map(entriesArb)),
    unmatched: fc.constantFrom('keep', 'disable', 'delete'),
    scope: fc.constantFrom(
      { users: 'listed' } as const,
      inScopeOf('tenant', 'delete'),
      inScopeOf('group', 'disable'),
      inScopeOf('tenant', 'keep'),
    ),
  })
  .map(({ faces, entries, unmatched, scope }) => {
    const users = logins.map((login, at) => found(login, faces[at] ?? []));
    const listed = logins.flatMap((login, at) => {
      const user = users[at];
      return user !== undefined && (entries[at] ?? []).length > 0 ? [[login, user] as const] : [];
    });
    const withFaces = users.filter((user) => user.presence === 'present' && user.faces.length > 0);
    return {
      desired: desire(entries.flat(), { unmatched, scope }),
      live: liveOf(Object.fromEntries(listed), { discovered: scope.users === 'listed' ? [] : withFaces }),
    };
  });

const writes = (made: ReturnType<typeof plan>): readonly string[] =>
  made.changes.flatMap(({ action, key }) => (action === 'no-op' ? [] : [`${action} ${key}`]));

/** What goes because an entry says so, and not by the rule of the scope. */
const deletes = (made: ReturnType<typeof plan>): readonly string[] =>
  made.changes.flatMap(({ action, reason, key }) =>
    action === 'delete' && reason !== 'delete_because_not_in_configuration' ? [key] : [],
  );

describe('the laws of planning', () => {
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
      fc.property(worldArb, ({ desired, live }) => {
        expect(writes(plan(desired, simulate(live, plan(desired, live))))).toEqual([]);
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
        const ids = [
          ...changes.flatMap((one) => ('face' in one ? [one.face.id] : [])),
          ...kept.map((one) => one.face.id),
        ];
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
    const arb = worldArb.chain((world) =>
      fc.record({ world: fc.constant(world), left: fc.subarray([...world.desired.enrollments]) }),
    );
    fc.assert(
      fc.property(arb, ({ world, left }) => {
        const whole: DesiredState = { ...world.desired, unmatched: 'keep' };
        const askedFor = new Set(deletes(plan(whole, world.live)));
        for (const key of deletes(plan({ ...whole, enrollments: left }, world.live))) expect(askedFor).toContain(key);
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
