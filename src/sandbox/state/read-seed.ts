import { parseInstant } from './instant.ts';
import { isRecord } from './record.ts';
import {
  faceFlows,
  faceStatuses,
  SeedProblem,
  userStates,
  type SandboxSeed,
  type SeedFace,
  type SeedGroup,
  type SeedUser,
} from './seed.ts';

type Members = Readonly<Record<string, unknown>>;
/** Reads one value; `where` is its place, such as `users[3].email`, for the message. */
type Reader<T> = (value: unknown, where: string) => T;

/**
 * Reads a tenant from the JSON of a state file.
 *
 * @throws SeedProblem that names the place and what was found there. Unknown members are refused: they are typos.
 */
export function readSeed(value: unknown): SandboxSeed {
  const read = membersOf(value, 'the file', [
    'users',
    'groups',
    'maxFacesPerUser',
    'clockOffset',
    'facesCreated',
    'applicationId',
    'sharedSecret',
  ]);
  return {
    users: read('users', list(user)) ?? [],
    groups: read('groups', list(group)) ?? [],
    maxFacesPerUser: read('maxFacesPerUser', count),
    clockOffset: read('clockOffset', milliseconds),
    facesCreated: read('facesCreated', count),
    applicationId: read('applicationId', text),
    sharedSecret: read('sharedSecret', text),
  };
}

function user(value: unknown, where: string): SeedUser {
  const names = ['login', 'id', 'aliases', 'externalId', 'email', 'groups', 'state', 'faceLifetimeDays', 'faces'];
  const read = membersOf(value, where, names);
  return {
    login: required(read('login', text), `${where}.login`),
    id: read('id', text),
    aliases: read('aliases', list(text)),
    externalId: read('externalId', text),
    email: read('email', text),
    groups: read('groups', list(text)),
    state: read('state', oneOf(userStates)),
    faceLifetimeDays: read('faceLifetimeDays', count),
    faces: read('faces', list(face)),
  };
}

function group(value: unknown, where: string): SeedGroup {
  const read = membersOf(value, where, ['name', 'id', 'externalId']);
  return {
    name: required(read('name', text), `${where}.name`),
    id: read('id', text),
    externalId: read('externalId', text),
  };
}

function face(value: unknown, where: string): SeedFace {
  const names = ['id', 'serialNumber', 'flow', 'status', 'registered', 'applicantId', 'platform'];
  const read = membersOf(value, where, [...names, 'created', 'expiry', 'lastUsed']);
  return {
    id: read('id', text),
    serialNumber: read('serialNumber', text),
    flow: read('flow', oneOf(faceFlows)),
    status: read('status', oneOf(faceStatuses)),
    registered: read('registered', flag),
    applicantId: read('applicantId', text),
    platform: read('platform', text),
    created: read('created', date),
    expiry: isRecord(value) && value['expiry'] === null ? null : read('expiry', date),
    lastUsed: read('lastUsed', date),
  };
}

/** A reader of the members of one object; a member that is missing or null reads as undefined. */
function membersOf(value: unknown, where: string, known: readonly string[]) {
  if (!isRecord(value)) throw problem(where, 'an object', value);
  const members: Members = value;
  const unknown = Object.keys(members).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new SeedProblem(`${where} has the unknown member "${unknown}"; known are ${known.join(', ')}`);
  }
  const prefix = where === 'the file' ? '' : `${where}.`;
  return <T>(name: string, read: Reader<T>): T | undefined => {
    const member = members[name] ?? undefined;
    return member === undefined ? undefined : read(member, `${prefix}${name}`);
  };
}

function required<T>(value: T | undefined, where: string): T {
  if (value === undefined) throw new SeedProblem(`${where} is missing`);
  return value;
}

function list<T>(read: Reader<T>): Reader<readonly T[]> {
  return (value, where) => {
    if (!Array.isArray(value)) throw problem(where, 'a list', value);
    return value.map((entry, index) => read(entry, `${where}[${index}]`));
  };
}

function oneOf<T extends string>(allowed: readonly T[]): Reader<T> {
  return (value, where) => {
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) throw problem(where, `one of ${allowed.join(', ')}`, value);
    return found;
  };
}

function text(value: unknown, where: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw problem(where, 'a text that is not empty', value);
}

function flag(value: unknown, where: string): boolean {
  if (typeof value === 'boolean') return value;
  throw problem(where, 'true or false', value);
}

function date(value: unknown, where: string): string {
  const given = text(value, where);
  if (parseInstant(given) !== undefined) return given;
  throw problem(where, 'a date such as 2030-01-31T00:00:00Z', value);
}

function count(value: unknown, where: string): number {
  if (Number.isSafeInteger(value) && typeof value === 'number' && value >= 0) return value;
  throw problem(where, 'a whole number, 0 or more', value);
}

function milliseconds(value: unknown, where: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw problem(where, 'a number of milliseconds', value);
}

function problem(where: string, wanted: string, found: unknown): SeedProblem {
  return new SeedProblem(`${where} must be ${wanted}, not ${JSON.stringify(found).slice(0, 60)}`);
}
