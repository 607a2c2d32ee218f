import type { KnownByNames, TouchedRequest, TouchedState, TouchedUser } from '../model/shown/touched.ts';
import type { Unknown } from '../model/live.ts';
import { TenantError } from '../model/failure.ts';
import { isInShard } from '../model/shard.ts';
import { WorkQueue } from '../limit/work-queue.ts';
import type { FoundUser } from './decode.ts';
import { readFaces, whyUnread } from './faces/faces.ts';
import type { Client } from './http/client.ts';
import { readFaceLimit } from './read-live.ts';
import { resolveUsers } from './users/resolve-users.ts';
import { discover, membershipOf } from './users/scope.ts';
import { listingFailure, withAllNames, type Resolution } from './users/users.ts';

/**
 * Reads some users of many, with all the names they go by.
 *
 * @throws TenantError where nothing can be read: no connection, refused credentials, a group that is not there.
 */
export async function readTouched(client: Client, request: TouchedRequest): Promise<TouchedState> {
  request.onProgress(0, request.users.length);
  await client.signIn();
  const [limits, users] = await Promise.all([readFaceLimit(client), readUsers(client, request)]);
  return { users, ...limits };
}

async function readUsers(client: Client, request: TouchedRequest): Promise<TouchedState['users']> {
  const { users, usersAtLeast } = request;
  if (users.length === 0) return new Map();
  const reading = new TouchedReading(client, await groupsOf(client, request), request);
  const onFound = (user: FoundUser): void => {
    reading.add(user);
  };
  const resolutions = await resolveUsers(users, { client, known: [], onFound, usersAtLeast });
  await reading.end();
  return new Map([...resolutions].map(([key, resolution]) => [key, reading.touchedUser(resolution)]));
}

interface GroupScope {
  readonly scope: string;
  readonly groupId: string;
}

/** The groups that the scopes name, each found once. */
async function groupsOf(client: Client, { scopes }: TouchedRequest): Promise<readonly GroupScope[]> {
  const ids = new Map<string, Promise<{ readonly groupId?: string | undefined }>>();
  const found = [...scopes].map(async ([scope, wanted]) => {
    if (wanted.users !== 'group') return [];
    const asked = ids.get(wanted.group) ?? discover(client, wanted, 'nobody');
    ids.set(wanted.group, asked);
    const { groupId } = await asked;
    return groupId === undefined ? [] : [{ scope, groupId }];
  });
  return (await Promise.all(found)).flat();
}

/** Reads each user once, however many names have led to them. */
class TouchedReading {
  readonly #client: Client;
  readonly #groups: readonly GroupScope[];
  readonly #request: Pick<TouchedRequest, 'shard' | 'onProgress' | 'users'>;
  readonly #results = new Map<string, TouchedUser | 'not read yet'>();
  readonly #work: WorkQueue<FoundUser>;
  #done = 0;

  constructor(client: Client, groups: readonly GroupScope[], request: TouchedRequest) {
    this.#client = client;
    this.#groups = groups;
    this.#request = request;
    this.#work = new WorkQueue(client.concurrency, (user) => this.#readUser(user));
  }

  add(user: FoundUser): void {
    if (this.#results.has(user.uuid)) return;
    this.#results.set(user.uuid, 'not read yet');
    this.#work.add(user);
  }

  /** Ends when all have been read. */
  end(): Promise<void> {
    return this.#work.end();
  }

  touchedUser(resolution: Resolution): TouchedUser {
    if (resolution.presence !== 'present') return resolution;
    const { uuid } = resolution.user;
    const result = this.#results.get(uuid);
    if (result === undefined || result === 'not read yet') throw new Error(`the faces of ${uuid} were not read`);
    return result;
  }

  async #readUser(found: FoundUser): Promise<void> {
    this.#results.set(found.uuid, await this.#read(found));
    this.#done += 1;
    this.#request.onProgress(this.#done, this.#request.users.length);
  }

  async #read(found: FoundUser): Promise<TouchedUser> {
    const named = await this.#withNames(found);
    if ('reason' in named) return { presence: 'unknown', ...named };
    const { whole, user } = named;
    const { shard } = this.#request;
    if (shard !== undefined && !isInShard(user.uuid, shard)) return { presence: 'elsewhere', user };
    const scopes = await this.#scopesOf(whole);
    if ('reason' in scopes) return { presence: 'unknown', reason: scopes.reason, user };
    try {
      return { presence: 'present', user, ...scopes, faces: await readFaces(this.#client, user.uuid) };
    } catch (error) {
      if (!(error instanceof TenantError)) throw error;
      return { presence: 'unknown', reason: whyUnread(error), user };
    }
  }

  /** Without all names nobody can tell which entries speak of the user. */
  async #withNames(
    found: FoundUser,
  ): Promise<{ readonly whole: FoundUser; readonly user: KnownByNames } | { readonly reason: Unknown }> {
    try {
      const whole = await withAllNames(this.#client, found);
      const { uuid, login, aliases, externalId } = whole;
      return aliases === undefined
        ? { reason: noAliases(login) }
        : { whole, user: { uuid, login, aliases, externalId } };
    } catch (error) {
      const reason = listingFailure(error);
      if (reason === undefined) throw error;
      return { reason };
    }
  }

  async #scopesOf(user: FoundUser): Promise<{ readonly scopes: ReadonlySet<string> } | { readonly reason: Unknown }> {
    const memberships = await Promise.all(
      this.#groups.map(async ({ scope, groupId }) => ({
        scope,
        membership: await membershipOf(this.#client, user, groupId),
      })),
    );
    const scopes = new Set<string>();
    for (const { scope, membership } of memberships) {
      if (membership.inScope === 'unknown') return { reason: membership.reason };
      if (membership.inScope) scopes.add(scope);
    }
    return { scopes };
  }
}

function noAliases(login: string): Unknown {
  return { code: 'ambiguous', message: `the tenant does not say by which other names ${login} goes` };
}
