import type { Readings, SandboxSeed } from '../../../src/sandbox/index.ts';
import { scenarioTable } from './scenario-table.ts';

type SeedFace = NonNullable<NonNullable<SandboxSeed['users']>[number]['faces']>[number];

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

const lines: readonly Line[] = scenarioTable
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
