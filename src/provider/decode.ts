import type { Face, User } from '../model/face.ts';
import { parseInstant, type Instant } from '../model/instant.ts';

/** An answer that is JSON and not what the vendor's document says. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** A user with all the names he goes by. */
export interface FoundUser extends User {
  /** Missing where the tenant does not list them. */
  readonly aliases?: readonly string[];
  readonly externalId?: string;
  /** Ids of his groups; missing where the tenant does not list them. */
  readonly groupIds?: readonly string[];
}

export interface UsersPage {
  readonly users: readonly FoundUser[];
  /** Missing on the last page. */
  readonly nextCursor?: string;
}

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly externalId?: string;
}

/** Members that may be missing; an explicit null is read as missing. */
interface IssuedTimes {
  readonly authToken: string;
  readonly created?: Instant;
  readonly expires?: Instant;
}

type Json = Readonly<Record<string, unknown>>;

/** While it is built; a hundred thousand faces are worth no copy of each member. */
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Reads a `FaceAuthenticator` or a `FaceCreateResponse`. Without an id or a status nothing can be said of a face. */
export function decodeFace(value: unknown): Face {
  const json = recordOf(value, 'a face');
  const face: Mutable<Face> = { id: required(json, 'id'), status: required(json, 'status') };
  const serialNumber = text(json, 'serialNumber');
  const applicantId = text(json, 'applicantId');
  const created = date(json, 'created');
  const expiry = date(json, 'expiry');
  const mobile = flag(json, 'mobile');
  const platform = text(json, 'platform');
  if (serialNumber !== undefined) face.serialNumber = serialNumber;
  if (applicantId !== undefined) face.applicantId = applicantId;
  if (created !== undefined) face.created = created;
  if (expiry !== undefined) face.expiry = expiry;
  if (mobile !== undefined) face.mobile = mobile;
  if (platform !== undefined) face.platform = platform;
  return face;
}

export function decodeFaces(value: unknown): readonly Face[] {
  return arrayOf(value, 'the faces').map(decodeFace);
}

export function decodeUser(value: unknown): FoundUser {
  const user = recordOf(value, 'a user');
  const groups = list(user, 'groups')?.flatMap((group) => text(recordOf(group, 'a group'), 'id') ?? []);
  const aliases = list(user, 'userAliases')?.flatMap((alias) => text(recordOf(alias, 'an alias'), 'value') ?? []);
  const externalId = text(user, 'externalId');
  const login = text(user, 'userId');
  if (login === undefined) throw new ShapeError('"userId" is missing');
  const found: Mutable<FoundUser> = { uuid: required(user, 'id'), login };
  if (aliases !== undefined) found.aliases = aliases;
  if (externalId !== undefined) found.externalId = externalId;
  if (groups !== undefined) found.groupIds = groups;
  return found;
}

/** The vendor does not say how the last page is marked: a paging, or a cursor in it, that is missing or empty ends it. */
export function decodeUsersPage(value: unknown): UsersPage {
  const page = recordOf(value, 'a page of users');
  const users = arrayOf(page['results'], 'the results').map(decodeUser);
  const paging = page['paging'] ?? undefined;
  const cursor = paging === undefined ? undefined : text(recordOf(paging, 'the paging'), 'nextCursor');
  return { users, ...(cursor === '' ? {} : optional('nextCursor', cursor)) };
}

export function decodeGroup(value: unknown): Group {
  const group = recordOf(value, 'a group');
  return {
    id: required(group, 'id'),
    name: required(group, 'name'),
    ...optional('externalId', text(group, 'externalId')),
  };
}

export function decodeGroups(value: unknown): readonly Group[] {
  return arrayOf(recordOf(value, 'a page of groups')['results'], 'the results').map(decodeGroup);
}

/** @returns undefined where the setting is missing or out of the range 1 to 10 that the vendor states. */
export function decodeMaxFaces(value: unknown): number | undefined {
  const most = recordOf(value, 'the settings')['maxFacesPerUser'];
  return typeof most === 'number' && Number.isInteger(most) && most >= 1 && most <= 10 ? most : undefined;
}

/** Times that cannot be read are left out: a token that has run out is answered with 401, which says enough. */
export function decodeIssued(value: unknown): IssuedTimes {
  const issued = recordOf(value, 'the token');
  const time = (name: string): Instant | undefined => {
    const value = issued[name];
    return typeof value === 'string' ? parseInstant(value) : undefined;
  };
  return {
    authToken: required(issued, 'authToken'),
    ...optional('created', time('creationTime')),
    ...optional('expires', time('expirationTime')),
  };
}

/** The secrets of a create's answer, which come this once. */
export function decodeActivation(value: unknown): { readonly url?: string; readonly qrCode?: string } {
  const created = recordOf(value, 'a face');
  return {
    ...optional('url', text(created, 'activationUrl')),
    ...optional('qrCode', text(created, 'activationQRCode')),
  };
}

/** For writes whose answer holds nothing. */
export function ignoreBody(): undefined {
  return undefined;
}

function recordOf(value: unknown, what: string): Json {
  if (!isRecord(value)) throw new ShapeError(`${what} is not an object`);
  return value;
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function arrayOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new ShapeError(`${what} are not an array`);
  return value;
}

function list(json: Json, name: string): readonly unknown[] | undefined {
  const value = json[name] ?? undefined;
  return value === undefined ? undefined : arrayOf(value, `"${name}"`);
}

function text(json: Json, name: string): string | undefined {
  const value = json[name] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw new ShapeError(`"${name}" is not a text`);
}

function required(json: Json, name: string): string {
  const value = text(json, name);
  if (value === undefined || value === '') throw new ShapeError(`"${name}" is missing`);
  return value;
}

function flag(json: Json, name: string): boolean | undefined {
  const value = json[name] ?? undefined;
  if (value === undefined || typeof value === 'boolean') return value;
  throw new ShapeError(`"${name}" is neither true nor false`);
}

/** A date that cannot be read is a wrong shape: taken for missing, it would plan an update of the expiry. */
function date(json: Json, name: string): Instant | undefined {
  const value = text(json, name);
  if (value === undefined) return undefined;
  const instant = parseInstant(value);
  if (instant === undefined) throw new ShapeError(`"${name}" is not a date-time`);
  return instant;
}

type Optional<N extends string, T> = { readonly [K in N]?: T };

function optional<N extends string, T>(name: N, value: T | undefined): Optional<N, T>;
function optional(name: string, value: unknown): Readonly<Record<string, unknown>> {
  return value === undefined ? {} : { [name]: value };
}
