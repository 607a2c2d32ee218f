import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { later, type Instant } from '../../../src/model/instant.ts';
import { loadDesired } from '../../../src/desired/index.ts';
import { createPlan, exportLive } from '../../../src/engine/index.ts';
import type { DesiredState } from '../../../src/model/enrollment.ts';
import type { Face } from '../../../src/model/face.ts';
import type { Everybody, LiveUser } from '../../../src/model/live.ts';
import type { Plan } from '../../../src/model/plan.ts';
import { exportYaml } from '../../../src/report/index.ts';
import { now, stateOf } from '../../support/desired/load-files.ts';
import { lawRuns } from '../../property-runs.ts';

const numRuns = lawRuns / 4;
const day = 86_400;
const oddNames = [
  'alice',
  'ALICE',
  'alice/mobile',
  'a: b',
  'no',
  'NULL',
  '1e3',
  '~',
  ' bob',
  'bob ',
  '',
  '"',
  "'",
  '#x',
  'x #y',
  '\\',

  'uuid:id-0',
  'externalId:E',
  'äöü',
  '日本',
  '😀',
  '\ud800',
  '\u0000',
  'a\nb',
  '\u202e\u2066',
  '\u{e0041}',
  '\u0085',

  '%',
  '@x',
  '`',
  '- a',
  '{a}',
  '[a',
  '!t',
  '&a',
  '*a',
  '?',
  '|',
  'x'.repeat(513),
  'Kelvin \u212a',
  'İ',
  '2026-01-01',
  '<<',
];
const nameArb = fc.oneof(fc.constantFrom(...oddNames), fc.string({ unit: 'binary', maxLength: 8 }));
const instantArb = fc.option(
  fc.integer({ min: -400, max: 400 }).map((days) => later(now, days * day)),
  { nil: undefined },
);
const statuses = ['NEW', 'ACTIVATING', 'ACTIVE', 'REVIEW', 'FAILED', 'EXPIRED', 'DISABLED', 'SUSPENDED', '\u001b[2J'];
const someSerials = [
  '1-1',
  '1-2',
  'mobile',
  'face 1',
  'a/b',
  '',
  'é\u0007',
  's'.repeat(200),
  's'.repeat(513),
  undefined,
];

const faceArb: fc.Arbitrary<Omit<Face, 'id'>> = fc
  .record({
    status: fc.constantFrom(...statuses),
    mobile: fc.constantFrom(true, false, undefined),
    applicantId: fc.constantFrom(undefined, undefined, 'x', 'y', 'no', '', 'z'.repeat(513)),
    serialNumber: fc.constantFrom(...someSerials),
    created: instantArb,
    expiry: instantArb,
  })
  .map(({ status, ...others }) => ({ status, ...definite(others) }));

function definite<T extends object>(members: T): { [K in keyof T]?: NonNullable<T[K]> };
function definite(members: object): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

interface Person {
  readonly login: string;
  readonly uuid: string;
  readonly aliases: readonly string[];
  readonly faces: readonly Face[];
}

const peopleArb: fc.Arbitrary<readonly Person[]> = fc
  .array(
    fc.record({
      login: nameArb,
      aliases: fc.array(nameArb, { maxLength: 2 }),
      faces: fc.array(faceArb, { maxLength: 6 }),
    }),
    { maxLength: 5 },
  )
  .map((people) =>
    people.map(({ faces, ...person }, at) => ({
      ...person,
      uuid: `id-${at}`,
      faces: faces.map((face, index) => ({ ...face, id: `${at}-${index}` })),
    })),
  );

const namesOf = ({ login, aliases }: Person): ReadonlySet<string> =>
  new Set([login, ...aliases].map((name) => name.toLowerCase()));

const live = ({ uuid, login, faces }: Person): LiveUser => ({
  presence: 'present',
  user: { uuid, login },
  faces,
  inScope: true,
});

function everybody(people: readonly Person[]): Everybody {
  const names = people.flatMap((person) => [...namesOf(person)]);
  const sharedNames = new Set(names.filter((name, at) => names.indexOf(name) !== at));
  return { users: people.map(live), sharedNames };
}

function textOf(people: readonly Person[]): string {
  const context = {
    tenant: { kind: 'origin', origin: 'https://acme.example' },
    reach: { users: 'tenant' },
    who: 'every-user',
  } as const;
  return [...exportYaml(exportLive(everybody(people), now), context)].join('');
}

/** As the tenant resolves names: by login or alias whatever the case, or by UUID. */
function planOf(desired: DesiredState, people: readonly Person[], at: Instant): Plan {
  const listed = desired.enrollments.map(({ user: { by, value, key } }) => {
    const named = people.filter((person) =>
      by === 'uuid' ? person.uuid === value : namesOf(person).has(value.toLowerCase()),
    );
    const [person, other] = named;
    expect(other).toBeUndefined();
    return [key, person === undefined ? ({ presence: 'absent' } as const) : live(person)] as const;
  });
  const state = { listed: new Map(listed), discovered: people.map(live), maxFacesPerUser: 5 };
  return createPlan({
    desired,
    live: state,
    tenant: { kind: 'origin', origin: '' },
    now: at,
    missingUsers: 'error',
    entries: 'all',
    renew: new Set(),
  });
}

function load(text: string, at: Instant): ReturnType<typeof loadDesired> {
  return loadDesired({
    paths: ['-'],
    workingDirectory: '/',
    readStandardInput: () => Promise.resolve(Buffer.from(text)),
    environment: {},
    tokenVariables: [],
    secrets: 'ignore',
    now: at,
  });
}

/** Warnings that are true of an odd tenant, such as of two token faces without a serial number. */
const expected: ReadonlySet<string> = new Set(['UNKNOWN_STATUS', 'AMBIGUOUS_ENTRIES', 'DELETED_ENTRIES_UNKNOWN']);

describe('the export of any tenant', () => {
  it('asks for nothing but what is there, at once and whenever some or all of it has expired', async () => {
    await fc.assert(
      fc.asyncProperty(peopleArb, fc.integer({ min: 1, max: 500 }), async (people, days) => {
        const text = textOf(people);
        const { users } = exportLive(everybody(people), now);
        const named = users.filter(({ entries }) => entries.length > 0);
        const leftOut = named.flatMap((user) => user.leftOut.map(({ id }) => id));
        for (const at of [now, later(now, days * day)]) {
          const desired = stateOf(await load(text, at));
          const { changes, kept, diagnostics } = planOf(desired, people, at);
          // A face that no entry can name is left alone, or told as a second one of an entry that has its like.
          const duplicates = changes.flatMap((change) =>
            change.action === 'no-op' && change.duplicateOf !== undefined ? (change.face ?? []) : [],
          );
          expect(changes.filter(({ action }) => action !== 'no-op')).toEqual([]);
          expect([...kept.map(({ face }) => face), ...duplicates].map(({ id }) => id).toSorted()).toEqual(
            leftOut.toSorted(),
          );
          expect(diagnostics.filter(({ code }) => !expected.has(code))).toEqual([]);
        }
      }),
      { numRuns },
    );
  });

  it('is the same text whatever the order of users and faces', () => {
    const shuffled = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length });
    const arb = peopleArb.chain((people) => fc.tuple(fc.constant(people), shuffled(people)));
    fc.assert(
      fc.property(arb, ([people, others]) => {
        const turned = others.map((person) => ({ ...person, faces: person.faces.toReversed() }));
        expect(textOf(turned)).toBe(textOf(people));
      }),
      { numRuns },
    );
  });

  it('has no character that is obeyed or not seen', () => {
    fc.assert(
      fc.property(peopleArb, (people) => {
        expect(textOf(people)).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns },
    );
  });

  it('leaves out only faces without a serial number of their own', () => {
    fc.assert(
      fc.property(peopleArb, (people) => {
        for (const { leftOut, entries } of exportLive(everybody(people), now).users) {
          const serials = [...leftOut, ...entries.map(({ face }) => face)].map(
            ({ serialNumber }) => serialNumber ?? '',
          );
          for (const { serialNumber = '' } of leftOut) {
            const isUsable = serialNumber !== '' && serialNumber.length <= 512;
            expect(isUsable && serials.filter((other) => other === serialNumber).length === 1).toBe(false);
          }
        }
      }),
      { numRuns },
    );
  });
});
