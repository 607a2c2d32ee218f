import fc from 'fast-check';
import { writeFaults } from './grid.ts';
import type { Strike } from './strike.ts';
import { face, user, type WorldOptions } from './world.ts';

const logins = ['amy', 'ben', 'cyd'] as const;

type SomeFace = Pick<Parameters<typeof face>[1], 'flow' | 'status'> & { readonly applicant?: string };

const someFaces: readonly SomeFace[] = [
  { flow: 'mobile' },
  { flow: 'mobile', status: 'NEW' },
  { flow: 'mobile', status: 'DISABLED' },
  { flow: 'mobile', status: 'FAILED' },
  { flow: 'mobile', status: 'EXPIRED' },
  { flow: 'web', applicant: 'new' },
  { flow: 'web', applicant: 'old' },
  { flow: 'web', applicant: 'old', status: 'REVIEW' },
  { flow: 'web', applicant: 'old', status: 'FAILED' },
  { flow: 'token' },
  { flow: 'token', status: 'EXPIRED' },
];

const wishArb = fc.constantFrom(
  '',
  ', expiry: 2030-06-30T00:00:00Z',
  ', lifetime: 365d',
  ', enabled: false',
  ', replaceOn: [FAILED, EXPIRED]',
  // Of every face that is there, it has run out.
  ', lifetime: 30d, replaceOn: [EXPIRED]',
);
const flowsOf = (login: string): readonly string[] => [
  'flow: mobile',
  `flow: web, applicantId: new-${login}`,
  `flow: token, customerUserId: c-${login}, token: { env: FACE_TOKEN_TEST }`,
];

/** A user's lines of the file: some entries that ask for a face, each of another flow, some that forbid one, or one that allows none. */
const entriesArb = (login: string): fc.Arbitrary<readonly string[]> => {
  const presents = fc
    .tuple(fc.subarray([...flowsOf(login)]), fc.tuple(wishArb, wishArb, wishArb))
    .map(([flows, wishes]) => flows.map((flow, at) => `  - { user: ${login}, ${flow}${wishes[at] ?? ''} }`));
  const absents = fc.subarray([`serialNumber: S-${login}-0`, 'flow: mobile', 'flow: web', 'flow: token']);
  const both = fc.tuple(presents, absents).map(([some, none]) => {
    const free = none.filter((what) => !some.some((entry) => entry.includes(what)));
    return [...some, ...free.map((what) => `  - { user: ${login}, state: absent, ${what} }`)];
  });
  return fc.oneof(
    { weight: 4, arbitrary: presents },
    { weight: 3, arbitrary: both },
    { weight: 1, arbitrary: fc.constant([`  - { user: ${login}, state: absent }`]) },
  );
};

const rulesArb = fc.constantFrom(
  'unmatched: delete',
  'unmatched: delete\nscope: { users: group, group: Staff, onRemove: delete }',
  'unmatched: delete\nscope: { users: tenant, onRemove: disable }',
);

interface Person {
  readonly user: ReturnType<typeof user>;
  /** His lines of the file. */
  readonly entries: readonly string[];
}

const personArb = (login: string): fc.Arbitrary<Person> =>
  fc
    .record({ faces: fc.array(fc.constantFrom(...someFaces), { maxLength: 3 }), entries: entriesArb(login) })
    .map(({ faces, entries }) => {
      const his = faces.filter(isTellable(entries)).map(({ applicant, ...each }, count) => {
        const applicantId = applicant === undefined ? {} : { applicantId: `${applicant}-${login}` };
        const id = `${login}-${count}`;
        return face(login, { ...each, ...applicantId, id, serialNumber: `S-${id}` });
      });
      return { user: user(login, his), entries };
    });

/** With a token entry, a web face that no entry names may be taken for the token's once that one is gone. */
function isTellable(entries: readonly string[]): (face: SomeFace) => boolean {
  const wants = (flow: string): boolean => entries.some((entry) => entry.includes(`flow: ${flow}`));
  return ({ applicant }) => applicant === undefined || !wants('token') || (applicant === 'new' && wants('web'));
}

/** Few users with any faces, and a file that wants anything of them; what nobody asks for goes. */
export const worldArb: fc.Arbitrary<WorldOptions> = fc
  .record({
    persons: fc.tuple(...logins.map(personArb)),
    rules: rulesArb,
    pageSizeMax: fc.constantFrom(1, 100),
  })
  .filter(({ persons }) => persons.some(({ entries }) => entries.length > 0))
  .map(({ persons, rules, pageSizeMax }) => ({
    users: persons.map((person) => person.user),
    file: `budgets: { delete: 100 }\n${rules}\nenrollments:\n${persons.flatMap(({ entries }) => entries).join('\n')}\n`,
    pageSizeMax,
  }));

/** Some calls of a run fail, each in some way, some of them several times in a row. */
export const faultsArb: fc.Arbitrary<readonly Strike[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...writeFaults),
    at: fc.integer({ min: 0, max: 30 }),
    times: fc.constantFrom(1, 1, 2, 3, 7),
  }),
  { minLength: 1, maxLength: 6 },
);
