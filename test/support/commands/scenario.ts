import type { Readings, SandboxSeed } from '../../../src/sandbox/index.ts';

type SeedFace = NonNullable<NonNullable<SandboxSeed['users']>[number]['faces']>[number];

/**
 * The main scenario: users who need every action, and some who need none. It begins on 2026-06-01 at noon. A line
 * without a login goes on with the user above it; one with a reading in brackets is there under that reading alone.
 *
 * - has: a face, `flow status expiry [applicantId]`. It was created on 2026-03-01.
 * - entry: in YAML; `TOKEN` stands for the members of the token flow. Serial numbers are `S-login-1`, `S-login-2` …
 * - plan: what the first plan counts, each word for one.
 * - after: what has become of the face, or a new one. A new face's status is `BEGUN`, which the readings decide; as
 *   long as that is not ACTIVE its expiry is the tenant's own, `policy`, whatever is asked for.
 * - later: two hours later, when all that waits has been activated; where it says nothing: as after, and ACTIVE;
 *   `gone` where the face is to be deleted only then.
 */
const table = `
login | has                      | entry                                                  | plan            | after                    | later
amy   |                          | user: AMY                                              | create emails   | mobile BEGUN policy
b@c.d |                          | user: b@c.d, lifetime: 365d                            | create emails   | mobile BEGUN yearFromNow
cas   |                          | user: cas, flow: web, applicantId: a-cas               | create          | web BEGUN policy a-cas
dan   |                          | user: dan, flow: web, applicantId: a-dan, ASKED        | create          | web BEGUN asked a-dan
eva   |                          | user: eva, TOKEN                                       | create          | token BEGUN policy
fay   |                          | user: fay, lifetime: 365d, TOKEN                       | create          | token BEGUN yearFromNow
gia   |                          | user: gia, activation: { email: false, qrCode: true }  | create          | mobile BEGUN policy

gus   | mobile ACTIVE seeded     | user: gus.alias@c.d, ASKED                             | update          | mobile ACTIVE asked
hal   | mobile DISABLED seeded   | externalId: E-hal, lifetime: 365d                      | update          | mobile ACTIVE yearFromSeeded
ida   | web DISABLED seeded i    | uuid: id-ida, flow: web, applicantId: i                | update          | web ACTIVE seeded i
nat   | mobile EXPIRED passed    | user: nat, ASKED                                       | update          | mobile ACTIVE asked
ned   | token ACTIVE passed      | user: ned, ASKED, TOKEN                                | update          | token ACTIVE asked
nia   | web DISABLED passed n    | user: nia, flow: web, applicantId: n, ASKED            | update          | web ACTIVE asked n

jon   | mobile ACTIVE seeded     | user: jon, enabled: false                              | disable         | mobile DISABLED seeded
ken   | mobile NEW seeded        | user: ken, enabled: false                              | disable         | mobile DISABLED seeded
kim   | mobile ACTIVATING seeded | user: kim, enabled: false                              | disable         | mobile DISABLED seeded
lea   | web REVIEW seeded l      | user: lea, flow: web, applicantId: l, enabled: false   | disable         | web DISABLED seeded l
max   | token ACTIVATING seeded  | user: max, enabled: false, TOKEN                       | disable         | token DISABLED seeded
nil   |                          | user: nil, enabled: false                              | noop            |

oli   | web EXPIRED passed o     | user: oli, flow: web, applicantId: o, replaceOn: [EXPIRED] | replace         | web BEGUN policy o
ola   | mobile ACTIVE passed     | user: ola, replaceOn: [EXPIRED]                        | replace emails  | mobile BEGUN policy
pia   | mobile FAILED seeded     | user: pia, lifetime: 365d, replaceOn: [FAILED]         | replace emails  | mobile BEGUN yearFromNow
ray   | web ACTIVE seeded old    | user: ray, flow: web, applicantId: r                   | replace         | web BEGUN policy r
quy   | token FAILED seeded      | user: quy, TOKEN                                       | noop attention  | token FAILED seeded
pam   | mobile EXPIRED passed    | user: pam                                              | noop attention  | mobile EXPIRED passed
pat   | mobile FAILED seeded     | user: pat                                              | noop attention  | mobile FAILED seeded
      |                          | user: pat, TOKEN                                       | create          | token BEGUN policy

sam   | mobile ACTIVE seeded     | user: sam, state: absent                               | delete          |
      | web FAILED seeded s      |                                                        | delete          |
      | token DISABLED seeded    |                                                        | delete          |
tea   | web ACTIVE seeded t      | user: tea, state: absent, flow: web                    | delete          |
      | mobile ACTIVE seeded     |                                                        | unmatched       | mobile ACTIVE seeded
tim   | mobile NEW seeded        | user: tim, state: absent, flow: token                  | noop unmatched  | mobile NEW seeded
      | web ACTIVE seeded v      |                                                        | unmatched       | web ACTIVE seeded v
tad (pendingMobile true) | mobile ACTIVATING seeded | user: tad, state: absent, flow: mobile | delete |
tad (pendingMobile missing) | mobile ACTIVATING seeded | user: tad, state: absent, flow: mobile | delete |
tad (pendingMobile false) | mobile ACTIVATING seeded | user: tad, state: absent, flow: mobile | noop unmatched | mobile ACTIVATING seeded | gone
tom (tokenApplicant absent) | token ACTIVE seeded | user: tom, state: absent, flow: token | delete |
tom (tokenApplicant present) | token ACTIVE seeded | user: tom, state: absent, flow: token | noop unmatched | token ACTIVE seeded
uma   | mobile NEW seeded        | user: uma                                              | noop waiting    | mobile NEW seeded
vic   | mobile ACTIVATING seeded | user: vic, lifetime: 365d                              | noop waiting    | mobile ACTIVATING seeded | mobile ACTIVE yearFromSeeded
wes   | web REVIEW seeded w      | user: wes, flow: web, applicantId: w, ASKED            | noop waiting    | web REVIEW seeded w      | web ACTIVE asked w
xia   | token ACTIVATING seeded  | user: xia, TOKEN                                       | noop waiting    | token ACTIVATING seeded
cor   | web ACTIVE asked c       | user: cor, flow: web, applicantId: c, ASKED            | noop            | web ACTIVE asked c
ivy   | mobile ACTIVE inAnHour   | user: ivy, replaceOn: [EXPIRED]                        | noop            | mobile ACTIVE inAnHour   | mobile BEGUN policyLater
bea   | mobile ACTIVE seeded     |                                                        | unmatched       | mobile ACTIVE seeded
      | mobile ACTIVE seeded     | user: bea, serialNumber: S-bea-2, ASKED                | update          | mobile ACTIVE asked
yan   | mobile ACTIVE seeded     | user: yan, label: private phone, lifetime: 365d        | update          | mobile ACTIVE yearFromSeeded
      |                          | user: yan, label: work phone, lifetime: 365d           | create emails   | mobile BEGUN yearFromNow
      | web ACTIVE seeded y      | user: yan, flow: web, applicantId: y, ASKED            | update          | web ACTIVE asked y
      |                          | user: yan, TOKEN                                       | create          | token BEGUN policy
zoe   | web ACTIVE seeded old    | user: zoe, flow: web, applicantId: z                   | replace         | web BEGUN policy z
      | mobile ACTIVE seeded     | user: zoe                                              | noop            | mobile ACTIVE seeded
      | mobile ACTIVE seeded     |                                  | noop attention duplicate unmatched    | mobile ACTIVE seeded
      | mobile FAILED seeded     |                                                        | unmatched       | mobile FAILED seeded
      | mobile DISABLED seeded   |                                                        | unmatched       | mobile DISABLED seeded
zac (tokenApplicant absent) | web ACTIVE seeded old | user: zac, flow: web, applicantId: zz | replace | web BEGUN policy zz
      | token ACTIVE seeded      | user: zac, TOKEN                                       | noop            | token ACTIVE seeded
zac (tokenApplicant present) | web ACTIVE seeded old | user: zac, flow: web, applicantId: zz | create noop attention duplicate unmatched | web BEGUN policy zz
      | token ACTIVE seeded      | user: zac, TOKEN                                       | noop            | token ACTIVE seeded
      |                          |                                                        |                 | web ACTIVE seeded old
abe   | mobile ACTIVE seeded     | user: abe, state: absent, serialNumber: S-abe-1        | delete          |
      |                          | user: abe, flow: web, applicantId: new                 | create          | web BEGUN policy new
      | web ACTIVE seeded 1      |                                                        | unmatched       | web ACTIVE seeded 1
      | web ACTIVE seeded 2      |                                                        | unmatched       | web ACTIVE seeded 2
      | web ACTIVE seeded 3      |                                                        | unmatched       | web ACTIVE seeded 3
      | token DISABLED seeded    |                                                        | unmatched       | token DISABLED seeded
olga  | mobile ACTIVE seeded     |                                                        |                 | mobile ACTIVE seeded
      | web DISABLED seeded g    |                                                        |                 | web DISABLED seeded g
otto  | mobile FAILED passed     |                                                        |                 | mobile FAILED passed
odo   |                          |                                                        |                 |
`;

const words: Readonly<Record<string, string>> = {
  TOKEN: 'flow: token, customerUserId: c-1, token: { env: FACE_TOKEN_TEST }',
  ASKED: 'expiry: 2030-06-30T00:00:00Z',
};

const expiries: Readonly<Record<string, string>> = {
  seeded: '2026-08-28T00:00:00Z',
  yearFromSeeded: '2027-03-01T00:00:00Z',
  passed: '2026-05-01T00:00:00Z',
  inAnHour: '2026-06-01T13:00:00Z',
  policy: '2026-11-28T12:00:00Z',
  policyLater: '2026-11-28T14:00:00Z',
  yearFromNow: '2027-06-01T12:00:00Z',
  asked: '2030-06-30T00:00:00Z',
};

const statuses = ['NEW', 'ACTIVATING', 'ACTIVE', 'REVIEW', 'FAILED', 'EXPIRED', 'DISABLED'] as const;

export type Counts = Readonly<
  Record<
    'create' | 'update' | 'disable' | 'replace' | 'delete' | 'noop' | 'waiting' | 'attention' | 'duplicate',
    number
  > &
    Record<'unknown' | 'unmatched' | 'emails', number>
>;

/** A user of the scenario under certain readings. The lists of faces are sorted, in the spelling of `shown`. */
export interface Case {
  readonly login: string;
  readonly faces: readonly SeedFace[];
  readonly entries: readonly string[];
  readonly plan: readonly string[];
  readonly after: readonly string[];
  readonly later: readonly string[];
}

type Line = Readonly<Record<'name' | 'has' | 'entry' | 'plan' | 'after' | 'later', string>>;

const lines: readonly Line[] = table
  .split('\n')
  .filter((line) => line !== '')
  .slice(1)
  .map((line) => {
    const [name = '', has = '', entry = '', plan = '', after = '', later = ''] = line
      .split('|')
      .map((cell) => cell.trim());
    return { name, has, entry, plan, after, later };
  });

export function casesUnder(readings: Readings): readonly Case[] {
  const users: Line[][] = [];
  for (const line of lines) {
    if (line.name === '') users.at(-1)?.push(line);
    else users.push([line]);
  }
  return users.filter(([first]) => first !== undefined && holds(first, readings)).map((user) => caseOf(user, readings));
}

function holds({ name }: Line, readings: Readings): boolean {
  const [, reading, choice] = name.split(/[ ()]+/);
  return Object.entries(readings).every(([key, value]) => key !== reading || value === choice);
}

function caseOf(user: readonly Line[], readings: Readings): Case {
  const login = user[0]?.name.split(' ')[0] ?? '';
  const cells = (member: keyof Line): readonly string[] =>
    user.map((line) => line[member]).filter((cell) => cell !== '');
  return {
    login,
    faces: cells('has').map((face, index) => ({ ...seedFace(face), serialNumber: `S-${login}-${index + 1}` })),
    entries: cells('entry').map((entry) => entry.replaceAll(/TOKEN|ASKED/g, (word) => words[word] ?? '')),
    plan: cells('plan').flatMap((cell) => cell.split(' ')),
    after: faceLines(cells('after'), readings),
    later: faceLines(
      user.map(({ after, later }) => (later === '' ? activated(after.replace('BEGUN', 'NEW')) : later)),
      readings,
    ),
  };
}

function seedFace(spelled: string): SeedFace {
  const [flowWord, statusWord, expiry = '', applicantId] = spelled.split(' ');
  const flow = (['mobile', 'web', 'token'] as const).find((word) => word === flowWord);
  const status = statuses.find((word) => word === statusWord);
  return { flow, status, created: '2026-03-01T00:00:00Z', expiry: expiries[expiry], applicantId };
}

export function activated(face: string): string {
  return face
    .replace(/ (?:NEW|ACTIVATING) never/, ` ACTIVE ${expiries['policy'] ?? ''}`)
    .replace(/ (?:NEW|ACTIVATING|REVIEW) /, ' ACTIVE ');
}

function faceLines(spelled: readonly string[], readings: Readings): readonly string[] {
  return spelled
    .filter((face) => face !== '' && face !== 'gone')
    .map((face) => {
      const [flow = '', word = '', expiry = '', ...applicant] = face.split(' ');
      const begun = { mobile: readings.mobileInitial, web: readings.webInitial, token: readings.tokenInitial };
      const status = word !== 'BEGUN' ? word : (new Map(Object.entries(begun)).get(flow) ?? word);
      const canBeSet = word !== 'BEGUN' || status === 'ACTIVE' || expiry.startsWith('policy');
      const waits = flow === 'mobile' && word === 'BEGUN' && readings.lifetimeFrom === 'activation';
      return [flow, status, waits ? 'never' : expiries[canBeSet ? expiry : 'policy'], ...applicant].join(' ');
    })
    .toSorted();
}

/** A face of the tenant as the table spells it, with its expiry in full. */
export function shown(face: {
  readonly flow: string;
  readonly status: string;
  readonly expiry: number | undefined;
  readonly applicantId: string | undefined;
}): string {
  const expiry = face.expiry === undefined ? 'never' : new Date(face.expiry).toISOString().replace('.000Z', 'Z');
  return [face.flow, face.status, expiry, ...(face.applicantId === undefined ? [] : [face.applicantId])].join(' ');
}

/** A tenant with all of them. */
export function seedOf(cases: readonly Case[]): SandboxSeed {
  return {
    users: cases.map(({ login, faces }) => ({
      login,
      id: `id-${login}`,
      aliases: [`${login}.alias@c.d`],
      externalId: `E-${login}`,
      email: emailOf(login),
      faces,
    })),
  };
}

export function emailOf(login: string): string {
  return `${login}.mail@c.d`;
}

/** The file that speaks of them. */
export function fileOf(cases: readonly Case[]): string {
  const entries = cases.flatMap((each) => each.entries.map((entry) => `  - { ${entry} }\n`));
  return `version: 1\nbudgets: { delete: 50 }\ndefaults: { flow: mobile }\nenrollments:\n${entries.join('')}`;
}

export function countsOf(words: readonly string[]): Counts {
  const count = (name: keyof Counts): number => words.filter((word) => word === name).length;
  return {
    create: count('create'),
    update: count('update'),
    disable: count('disable'),
    replace: count('replace'),
    delete: count('delete'),
    noop: count('noop'),
    waiting: count('waiting'),
    attention: count('attention'),
    duplicate: count('duplicate'),
    unknown: 0,
    unmatched: count('unmatched'),
    emails: count('emails'),
  };
}
