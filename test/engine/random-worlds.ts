import fc from 'fast-check';
import type { DesiredState, Enrollment, ExpiryRule, NewFace } from '../../src/model/enrollment.ts';
import { knownStatuses, type Face } from '../../src/model/face.ts';
import type { LiveState } from '../../src/model/live.ts';
import { absent, day, desire, found, inScopeOf, liveOf, mobile, now, present, range, token, web } from './world.ts';

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

/** What the files of a random tenant say, and what it has. */
export interface World {
  readonly desired: DesiredState;
  readonly live: LiveState;
}

export const worldArb: fc.Arbitrary<World> = fc
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
      desired: desire(
        entries.flat().map((entry, line) => ({ ...entry, range: range(line + 10) })),
        { unmatched, scope },
      ),
      live: liveOf(Object.fromEntries(listed), { discovered: scope.users === 'listed' ? [] : withFaces }),
    };
  });
