import type { User } from '../model/face.ts';
import { parseInstant, type Instant } from '../model/instant.ts';
import { Secret } from '../model/values/secret.ts';
import {
  idOf,
  isMissing,
  listOf,
  recordOf,
  required,
  ShapeError,
  text,
  within,
  type Json,
  type Mutable,
} from './shape.ts';

/** A user with all the names he goes by. */
export interface FoundUser extends User {
  /** Missing where the tenant does not list them. */
  readonly aliases?: readonly string[] | undefined;
  readonly externalId?: string | undefined;
  /** Ids of his groups; missing where the tenant does not list them. */
  readonly groupIds?: readonly string[] | undefined;
  /** Names of the groups; read only where one user is asked for. */
  readonly groupNames?: readonly string[] | undefined;
}

export interface UsersPage {
  readonly users: readonly FoundUser[];
  /** Missing on the last page. */
  readonly nextCursor?: string | undefined;
}

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly externalId?: string | undefined;
}

/** Members that may be missing; an explicit null is read as missing. */
interface IssuedTimes {
  readonly authToken: Secret;
  readonly created?: Instant | undefined;
  readonly expires?: Instant | undefined;
}

export function decodeUser(value: unknown): FoundUser {
  const user = recordOf(value);
  const groups = textsOf(user, 'groups', 'id');
  const aliases = textsOf(user, 'userAliases', 'value');
  const externalId = text(user, 'externalId');
  const login = text(user, 'userId');
  if (login === undefined) throw new ShapeError('userId', 'is missing');
  const found: Mutable<FoundUser> = { uuid: idOf(user), login };
  if (aliases !== undefined) found.aliases = aliases;
  if (externalId !== undefined) found.externalId = externalId;
  if (groups !== undefined) found.groupIds = groups;
  return found;
}

/** Decodes a user with the names of the groups, which a listing of all users has no room for. */
export function decodeNamedUser(value: unknown): FoundUser {
  return { ...decodeUser(value), groupNames: textsOf(recordOf(value), 'groups', 'name') };
}

/** The vendor does not say how the last page is marked: a paging, or a cursor in it, that is missing or empty ends it. */
export function decodeUsersPage(value: unknown, decode = decodeUser): UsersPage {
  const page = recordOf(value);
  const users = within('results', () => listOf(page['results'], decode));
  const { paging } = page;
  const cursor = isMissing(paging) ? undefined : within('paging', () => text(recordOf(paging), 'nextCursor'));
  return { users, nextCursor: cursor === '' ? undefined : cursor };
}

export function decodeGroup(value: unknown): Group {
  const group = recordOf(value);
  return { id: idOf(group), name: required(group, 'name'), externalId: text(group, 'externalId') };
}

export function decodeGroups(value: unknown): readonly Group[] {
  const { results } = recordOf(value);
  return within('results', () => listOf(results, decodeGroup));
}

/** @returns undefined where the setting is missing or out of the range 1 to 10 that the vendor states. */
export function decodeMaxFaces(value: unknown): number | undefined {
  const most = recordOf(value)['maxFacesPerUser'];
  return typeof most === 'number' && Number.isInteger(most) && most >= 1 && most <= 10 ? most : undefined;
}

/** Times that cannot be read are left out: a token that has run out is answered with 401, which says enough. */
export function decodeIssued(value: unknown): IssuedTimes {
  const issued = recordOf(value);
  const time = (name: string): Instant | undefined => {
    const value = issued[name];
    return typeof value === 'string' ? parseInstant(value) : undefined;
  };
  return { authToken: tokenOf(issued), created: time('creationTime'), expires: time('expirationTime') };
}

/** The HTTP library would not send a header with a line break, nor end the call. */
function tokenOf(issued: Json): Secret {
  const token = required(issued, 'authToken');
  if (/^[ -~]+$/.test(token)) return new Secret(token);
  throw new ShapeError('authToken', 'has characters that no header may have; look for a gateway that changes answers');
}

/** For writes whose answer holds nothing. */
export function ignoreBody(): undefined {
  return undefined;
}

/** The texts of one name in a list of objects; undefined where the list is missing. */
function textsOf(json: Json, name: string, inner: string): readonly string[] | undefined {
  const value = json[name];
  if (isMissing(value)) return undefined;
  return within(name, () => listOf(value, (item) => text(recordOf(item), inner)).flatMap((found) => found ?? []));
}
