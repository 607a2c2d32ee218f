import type { KnownByNames, TouchedRequest, TouchedState, TouchedUser } from '../model/shown/touched.ts';
import type { Unknown } from '../model/live.ts';
import { TenantError } from '../model/failure.ts';
import { isInShard } from '../model/shard.ts';
import type { FoundUser } from './decode.ts';
import { readFaces, whyUnread } from './faces/faces.ts';
import type { Client } from './http/client.ts';
import { readFaceLimit } from './read-live.ts';
import { EachUserOnce } from './users/each-user-once.ts';
import { resolveUsers } from './users/resolve-users.ts';
import { discover, membershipOf } from './users/scope.ts';
import { listingFailure, withAllNames } from './users/users.ts';

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
  const { users, usersAtLeast, onProgress } = request;
  if (users.length === 0) return new Map();
  const reading = { client, groups: await groupsOf(client, request), shard: request.shard };
  const once = new EachUserOnce(
    client.concurrency,
    (user) => readUser(user, reading),
    (done) => {
      onProgress(done, users.length);
    },
  );
  const onFound = (user: FoundUser): void => {
    once.add(user);
  };
  const resolutions = await resolveUsers(users, { client, known: [], onFound, usersAtLeast });
  await once.end();
  return new Map(
    [...resolutions].map(([key, found]) => [key, found.presence === 'present' ? once.resultOf(found.user) : found]),
  );
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

interface Reading {
  readonly client: Client;
  readonly groups: readonly GroupScope[];
  readonly shard: TouchedRequest['shard'];
}

async function readUser(found: FoundUser, { client, groups, shard }: Reading): Promise<TouchedUser> {
  const named = await withNames(client, found);
  if ('reason' in named) return { presence: 'unknown', ...named };
  const { whole, user } = named;
  if (shard !== undefined && !isInShard(user.uuid, shard)) return { presence: 'elsewhere', user };
  const scopes = await scopesOf(client, whole, groups);
  if ('reason' in scopes) return { presence: 'unknown', reason: scopes.reason, user };
  try {
    return { presence: 'present', user, ...scopes, faces: await readFaces(client, user.uuid) };
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    return { presence: 'unknown', reason: whyUnread(error), user };
  }
}

/** Without all names nobody can tell which entries speak of the user. */
async function withNames(
  client: Client,
  found: FoundUser,
): Promise<{ readonly whole: FoundUser; readonly user: KnownByNames } | { readonly reason: Unknown }> {
  try {
    const whole = await withAllNames(client, found);
    const { uuid, login, aliases, externalId } = whole;
    return aliases === undefined ? { reason: noAliases(login) } : { whole, user: { uuid, login, aliases, externalId } };
  } catch (error) {
    const reason = listingFailure(error);
    if (reason === undefined) throw error;
    return { reason };
  }
}

async function scopesOf(
  client: Client,
  user: FoundUser,
  groups: readonly GroupScope[],
): Promise<{ readonly scopes: ReadonlySet<string> } | { readonly reason: Unknown }> {
  const memberships = await Promise.all(
    groups.map(async ({ scope, groupId }) => ({ scope, membership: await membershipOf(client, user, groupId) })),
  );
  const scopes = new Set<string>();
  for (const { scope, membership } of memberships) {
    if (membership.inScope === 'unknown') return { reason: membership.reason };
    if (membership.inScope) scopes.add(scope);
  }
  return { scopes };
}

function noAliases(login: string): Unknown {
  return { code: 'ambiguous', message: `the tenant does not say by which other names ${login} goes` };
}
