import fc from 'fast-check';
import type { Instant } from '../../../src/model/instant.ts';
import type {
  AbsentEnrollment,
  DesiredState,
  Enrollment,
  ExpiryRule,
  NewFace,
  PresentEnrollment,
} from '../../../src/model/enrollment.ts';
import { knownStatuses, type Face } from '../../../src/model/face.ts';
import type { LiveState } from '../../../src/model/live.ts';
import { absent, day, desire, found, fromNow, inScopeOf, liveOf, mobile, present, range, token, web } from './world.ts';

const logins = ['amy', 'bob', 'cyd', 'dan'] as const;

/** How one tenant answers what the vendor leaves open: what a face shows before it is activated, and what a token face bears. */
export interface Reading {
  readonly pending: Pick<Face, 'mobile'>;
  readonly token: Pick<Face, 'applicantId'>;
}
const readingArb: fc.Arbitrary<Reading> = fc.record({
  pending: fc.constantFrom({ mobile: true }, { mobile: false }, {}),
  token: fc.constantFrom({}, { applicantId: 'of-token' }),
});

const inDays = (days: number): Instant => fromNow(days * day);

const datesArb = fc
  .record({
    created: fc.option(fc.integer({ min: -400, max: -1 }).map(inDays), { nil: undefined, freq: 6 }),
    expiry: fc.option(fc.integer({ min: -30, max: 400 }).map(inDays), { nil: undefined, freq: 3 }),
  })
  .map(({ created, expiry }) => ({
    ...(created === undefined ? {} : { created }),
    ...(expiry === undefined ? {} : { expiry }),
  }));
// Most faces are in use; what goes wrong with them costs most.
const registered = ['ACTIVE', 'ACTIVE', 'ACTIVE', 'REVIEW', 'DISABLED', 'EXPIRED', 'FAILED', 'SUSPENDED'] as const;

const faceArb = (reading: Reading): fc.Arbitrary<Omit<Face, 'id' | 'serialNumber'>> => {
  const kind = (statuses: readonly string[], shown: fc.Arbitrary<Partial<Face>>) =>
    fc
      .record({ status: fc.constantFrom(...statuses), dates: datesArb, shown })
      .map(({ status, dates, shown }) => ({ status, ...dates, ...shown }));
  return fc.oneof(
    kind(['NEW', 'ACTIVATING', 'DISABLED'], fc.constant(reading.pending)),
    { weight: 2, arbitrary: kind(registered, fc.constant({ mobile: true })) },
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
  fc.integer({ min: 1, max: 700 }).map((days) => ({ rule: 'at', instant: fromNow(days * day) }) as const),
  // Of half of the faces it has run out.
  {
    weight: 2,
    arbitrary: fc.integer({ min: 1, max: 400 }).map((days) => ({ rule: 'lifetime', seconds: days * day }) as const),
  },
);
const newFaceArb: fc.Arbitrary<NewFace> = fc
  .tuple(fc.constantFrom('mobile', 'mobile', 'x', 'y', 'token'), expiryArb)
  .map(([kind, expiry]) => (kind === 'mobile' ? mobile(expiry) : kind === 'token' ? token(expiry) : web(kind, expiry)));

const entriesArb = (login: string): fc.Arbitrary<readonly Enrollment[]> => {
  const presentArb = fc
    .record({
      face: newFaceArb,
      enabled: fc.constantFrom(true, true, false),
      replaceOn: fc.constantFrom([], ['FAILED'], ['EXPIRED'], ['FAILED', 'EXPIRED']).map((set) => new Set(set)),
      pin: fc.option(fc.constantFrom(`s-${login}-0`, `s-${login}-1`, 's-gone'), { nil: undefined, freq: 5 }),
    })
    .map(({ pin, face, ...more }) => ({ face, more: pin === undefined ? more : { ...more, serialNumber: pin } }));
  const anyPresents = fc
    .array(presentArb, { maxLength: 3 })
    .map((list) => list.map(({ face, more }, at) => present(login, face, { ...more, label: `${at}` })))
    .map(twinsAlike)
    .filter(consistent);
  const presents = fc
    .tuple(anyPresents, fc.constantFrom('as they are', 'as they are', 'renewing'))
    .map(([list, way]) => (way === 'renewing' ? list.map(renewing) : list));
  return fc.oneof(
    { weight: 4, arbitrary: presents },
    { weight: 1, arbitrary: fc.constantFrom([], [absent(login)], [absent(login, { flow: 'web' })]) },
    {
      weight: 3,
      arbitrary: fc.tuple(presents, absentsArb(login)).map(([some, none]) => [...some, ...besides(some, none)]),
    },
  );
};

/** Of most faces its time has run out, so that they are replaced: the change with the most steps that may fail. */
const renewing = (entry: PresentEnrollment): PresentEnrollment => ({
  ...entry,
  replaceOn: new Set(['EXPIRED'] as const),
  face: { ...entry.face, expiry: { rule: 'lifetime', seconds: 30 * day } },
});

const absentsArb = (login: string): fc.Arbitrary<readonly AbsentEnrollment[]> =>
  fc.subarray(
    [
      absent(login, { serialNumber: `s-${login}-0` }),
      absent(login, { serialNumber: `s-${login}-1` }),
      absent(login, { flow: 'mobile' }),
      absent(login, { flow: 'web' }),
      absent(login, { flow: 'token' }),
    ],
    { minLength: 1 },
  );

/**
 * A face that bears no applicantId and is not in use may be a token's, or have been begun for a mobile one. A token entry
 * takes it before one that bears an applicantId, since that cannot be told. Past its lifetime it replaces one a run; and of
 * two token entries each takes another face once one is enabled.
 */
function isTellable({ reading, faces }: SomeTenant, entries: readonly (readonly Enrollment[])[]): boolean {
  const isDoubtful = ({ status, mobile, applicantId }: Face): boolean =>
    mobile === false && applicantId === undefined && ['NEW', 'ACTIVATING', 'DISABLED'].includes(status);
  const tokensOf = (all: readonly Enrollment[]): readonly PresentEnrollment[] =>
    all.filter((entry) => entry.state === 'present').filter(({ face }) => face.flow === 'token');
  return faces.every((some, at) => {
    const tokens = tokensOf(entries[at] ?? []);
    const isOpen = tokens.length > 1 || tokens.some(({ face }) => face.expiry.rule === 'lifetime');
    if (!isOpen || !some.some(isDoubtful)) return true;
    return reading.token.applicantId === undefined && some.every(({ applicantId }) => applicantId === undefined);
  });
}

/** As the files are checked: no flow and no serial number is asked for and forbidden. */
function besides(
  presents: readonly PresentEnrollment[],
  absents: readonly AbsentEnrollment[],
): readonly AbsentEnrollment[] {
  return absents.filter(({ flow, serialNumber }) =>
    presents.every(
      (entry) => entry.face.flow !== flow && (serialNumber === undefined || entry.serialNumber !== serialNumber),
    ),
  );
}

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
  readonly reading: Reading;
}

interface SomeTenant {
  readonly reading: Reading;
  /** Of each user. */
  readonly faces: readonly (readonly Face[])[];
}

/** A tenant of these users. */
export const worldOf = (logins: readonly string[]): fc.Arbitrary<World> =>
  fc
    .record({
      tenant: readingArb.chain((reading) =>
        fc.record({
          reading: fc.constant(reading),
          faces: fc.tuple(...logins.map((login) => facesArb(login, reading))),
        }),
      ),
      entries: fc.tuple(...logins.map(entriesArb)),
      unmatched: fc.constantFrom('keep', 'disable', 'delete'),
      scope: fc.constantFrom(
        { users: 'listed' } as const,
        inScopeOf('tenant', 'delete'),
        inScopeOf('group', 'disable'),
        inScopeOf('tenant', 'keep'),
      ),
    })
    .filter(({ tenant, entries }) => isTellable(tenant, entries))
    .map(({ tenant: { reading, faces }, entries, unmatched, scope }) => {
      const users = logins.map((login, at) => found(login, faces[at] ?? []));
      const listed = logins.flatMap((login, at) => {
        const user = users[at];
        return user !== undefined && (entries[at] ?? []).length > 0 ? [[login, user] as const] : [];
      });
      const withFaces = users.filter((user) => user.presence === 'present' && user.faces.length > 0);
      return {
        reading,
        desired: desire(
          entries.flat().map((entry, line) => ({ ...entry, range: range(line + 10) })),
          { unmatched, scope },
        ),
        live: liveOf(Object.fromEntries(listed), { discovered: scope.users === 'listed' ? [] : withFaces }),
      };
    });

export const worldArb = worldOf(logins);
