import type { UserRef } from '../../model/enrollment.ts';
import type { Unknown } from '../../model/live.ts';
import { TenantError } from '../../model/failure.ts';
import type { Call, Client } from '../http/client.ts';
import { decodeNamedUser, decodeUser, decodeUsersPage, type FoundUser, type UsersPage } from '../decode.ts';
import { isMiss, unknownFrom } from '../http/errors.ts';
import type { JsonBody } from '../http/json-body.ts';

/** The vendor's largest page. */
export const pageSize = 100;
/** Pages in a row that bring nobody new; after them a listing is taken for one without an end. */
const mostBarren = 3;

/** One condition of a search; the vendor joins several with AND. */
export interface Condition {
  readonly name: 'userId' | 'groupId' | 'authenticator';
  readonly operator: 'EQUALS';
  readonly value: string;
}

/** How the search for one user ended. */
export type Resolution =
  | { readonly presence: 'present'; readonly user: FoundUser }
  | { readonly presence: 'absent' }
  | { readonly presence: 'unknown'; readonly reason: Unknown };

/**
 * The names are told apart by their kind, and compared without regard to case, as the vendor does with logins. One may
 * stand there twice.
 */
function namesOf({ uuid, login, externalId, aliases = [] }: FoundUser): readonly string[] {
  const names = [nameOf('login', login), nameOf('uuid', uuid)];
  if (externalId !== undefined) names.push(nameOf('externalId', externalId));
  for (const alias of aliases) names.push(nameOf('login', alias));
  return names;
}

function loginsOf({ login, aliases = [] }: FoundUser): readonly string[] {
  return [login, ...aliases];
}

/** Logins and aliases, lower-cased, of several users at once. */
export function sharedNames(users: readonly FoundUser[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const user of users) {
    for (const name of new Set(loginsOf(user).map((login) => login.toLowerCase()))) {
      if (seen.has(name)) shared.add(name);
      seen.add(name);
    }
  }
  return shared;
}

function nameOf(by: UserRef['by'], value: string): string {
  return `${by}:${value.toLowerCase()}`;
}

/** Asks for one user. Only the vendor's own "no such user" makes him absent. Never rejects with a TenantError. */
export async function lookUpUser(client: Client, ref: UserRef): Promise<Resolution> {
  try {
    const answer = await client.call(lookUps[ref.by](ref.value));
    const user = await withAliases(client, ref, answer);
    if (bears(user, ref)) return { presence: 'present', user };
    const message = `the look-up of ${ref.key} was answered with the user ${user.login}, who does not bear that name`;
    return { presence: 'unknown', reason: { code: 'ambiguous', message } };
  } catch (error) {
    if (isMiss(error)) return { presence: 'absent' };
    const reason = listingFailure(error);
    if (reason === undefined) throw error;
    return { presence: 'unknown', reason };
  }
}

/**
 * Whether a look-up brings the aliases unasked is not documented; a search does bring them. It matches login and alias
 * alike.
 */
async function withAliases(client: Client, ref: UserRef, user: FoundUser): Promise<FoundUser> {
  if (ref.by !== 'login' || user.aliases !== undefined || bears(user, ref)) return user;
  return searchFor(client, user, ref.value);
}

/** User with the aliases and groups that a look-up may leave out. @throws TenantError */
export async function withAllNames(client: Client, user: FoundUser): Promise<FoundUser> {
  const isWhole = user.aliases !== undefined && user.groupIds !== undefined;
  return isWhole ? user : searchFor(client, user, user.login);
}

async function searchFor(client: Client, user: FoundUser, login: string): Promise<FoundUser> {
  const byLogin: Condition = { name: 'userId', operator: 'EQUALS', value: login };
  const hits = await new UserListing(client, [byLogin], decodeNamedUser).next();
  return hits.find((hit) => hit.uuid === user.uuid) ?? user;
}

function bears(user: FoundUser, ref: UserRef): boolean {
  return namesOf(user).includes(nameOf(ref.by, ref.value));
}

const lookUps: Readonly<Record<UserRef['by'], (value: string) => Call<FoundUser>>> = {
  login: (userId) => ({ operation: 'userByLogin', body: { userId }, decode: decodeNamedUser }),
  externalId: (userId) => ({ operation: 'userByExternalId', body: { userId }, decode: decodeNamedUser }),
  uuid: (id) => ({ operation: 'userByUuid', id, decode: decodeNamedUser }),
};

/** Reads a search page by page, each only when it is asked for. */
export class UserListing {
  readonly #client: Client;
  readonly #conditions: readonly Condition[];
  readonly #decode: (json: unknown) => FoundUser;
  readonly #cursors = new Set<string>();
  readonly #uuids = new Set<string>();
  #cursor: string | undefined;
  #pages = 0;
  #barren = 0;

  constructor(client: Client, conditions: readonly Condition[], decode = decodeUser) {
    this.#client = client;
    this.#conditions = conditions;
    this.#decode = decode;
  }

  get pages(): number {
    return this.#pages;
  }

  /** True once the last page has been read. */
  get ended(): boolean {
    return this.#pages > 0 && this.#cursor === undefined;
  }

  /** @throws CallError, or BrokenListingError where the listing would not end. */
  async next(): Promise<readonly FoundUser[]> {
    const { users, nextCursor } = await this.#read();
    this.#pages += 1;
    this.#cursor = nextCursor;
    const before = this.#uuids.size;
    for (const { uuid } of users) this.#uuids.add(uuid);
    this.#barren = this.#uuids.size > before ? 0 : this.#barren + 1;
    if (nextCursor !== undefined) this.#demandEnd(nextCursor);
    return users;
  }

  #demandEnd(nextCursor: string): void {
    if (this.#cursors.has(nextCursor)) throw new BrokenListingError('came back to a page that it had given before');
    if (this.#barren >= mostBarren) {
      throw new BrokenListingError(`gave ${mostBarren} pages in a row without a new user, and promises more`);
    }
    const { listingPages } = this.#client;
    if (this.#pages >= listingPages) throw new BrokenListingError(`has more than ${listingPages} pages`);
    this.#cursors.add(nextCursor);
  }

  #read(): Promise<UsersPage> {
    const attributes = ['userAliases', 'groups'];
    // With a cursor the vendor ignores the conditions; whether it keeps limit and attributes is not stated.
    const body: JsonBody =
      this.#cursor === undefined
        ? { limit: pageSize, attributes, orderByAttribute: { name: 'userId', ascending: true }, ...this.#search() }
        : { limit: pageSize, attributes, cursor: this.#cursor };
    const decode = (json: unknown): UsersPage => decodeUsersPage(json, this.#decode);
    return this.#client.call({ operation: 'usersPage', body, decode });
  }

  #search(): JsonBody {
    return this.#conditions.length === 0 ? {} : { searchByAttributes: this.#conditions.map((each) => ({ ...each })) };
  }
}

/** A listing that would not end; the message says what it did. */
class BrokenListingError extends Error {
  override readonly name = 'BrokenListingError';
}

/** Why a listing could not be read to its end; undefined where the error is another's. */
export function listingFailure(error: unknown): Unknown | undefined {
  if (error instanceof TenantError) return unknownFrom(error);
  if (!(error instanceof BrokenListingError)) return undefined;
  return { code: 'repeated-cursor', message: `the listing of users ${error.message}` };
}
