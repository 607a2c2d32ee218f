import type { User } from '../model/face.ts';
import type { Everybody, LiveState, LiveUser, Unknown } from '../model/live.ts';
import { isInShard } from '../model/shard.ts';
import { TenantError } from '../model/failure.ts';
import type { EverybodyRequest, OnProgress, ReadRequest } from '../model/tenant.ts';
import type { Client } from './http/client.ts';
import { decodeMaxFaces, type FoundUser } from './decode.ts';
import { unknownFrom } from './http/errors.ts';
import { readFaces, whyUnread } from './faces/faces.ts';
import { EachUserOnce } from './users/each-user-once.ts';
import { resolveUsers } from './users/resolve-users.ts';
import { discover, membershipOf, type Discovery } from './users/scope.ts';
import { sharedNames, type Resolution } from './users/users.ts';

/** The vendor's default where the role may not read the settings. */
const usualMaxFaces = 5;

/** @throws TenantError where nothing can be read: no connection, refused credentials, a group that is not there. */
export async function readLive(client: Client, request: ReadRequest): Promise<LiveState> {
  request.onProgress(0, expectedUsers(request));
  await client.signIn();
  // Nothing else waits for the settings: how many faces a user may have is asked when the plan is made.
  const [settings, users] = await Promise.all([readFaceLimit(client), readUsers(client, request)]);
  return { ...users, ...settings };
}

function expectedUsers({ users, shard }: ReadRequest): number {
  return Math.ceil(users.length / (shard?.count ?? 1));
}

type ReadUsers = Pick<LiveState, 'listed' | 'discovered' | 'discoveryFailure'>;

async function readUsers(client: Client, request: ReadRequest): Promise<ReadUsers> {
  const { users, scope, reach, onProgress } = request;
  const discovery = await discover(client, scope, reach === 'users' ? 'nobody' : 'with-face');
  const reading = new UserReading(client, discovery, { expected: expectedUsers(request), onProgress }, request);
  for (const user of discovery.users) reading.add(user);
  // Faces are read while the listing goes on: each page would be a wait for all otherwise.
  const onFound = (user: FoundUser): void => {
    reading.add(user);
  };
  const resolutions = await resolveUsers(users, {
    client,
    known: discovery.users,
    onFound,
    groupId: discovery.groupId,
  });
  await reading.end();
  return {
    listed: new Map([...resolutions].map(([key, resolution]) => [key, reading.liveUser(resolution)])),
    discovered: reading.discovered(),
    discoveryFailure: discovery.failure,
  };
}

/** @throws TenantError where nothing can be read. */
export async function readEverybody(client: Client, request: EverybodyRequest): Promise<Everybody> {
  const { reach, who, onProgress } = request;
  onProgress(0, 0);
  await client.signIn();
  const discovery = await discover(client, reach, who);
  const reading = new UserReading(client, discovery, { expected: discovery.users.length, onProgress }, {});
  for (const user of discovery.users) reading.add(user);
  await reading.end();
  return {
    users: reading.discovered(),
    sharedNames: sharedNames(discovery.users),
    failure: discovery.failure,
  };
}

/** Reads how many faces a user may have; the vendor's default where the role may not read it. */
export async function readFaceLimit(client: Client): Promise<Pick<LiveState, 'maxFacesPerUser' | 'settingsFailure'>> {
  try {
    const maxFacesPerUser = await client.call({ operation: 'generalSettings', decode: decodeMaxFaces });
    return { maxFacesPerUser: maxFacesPerUser ?? usualMaxFaces };
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    const reason = unknownFrom(error);
    return { maxFacesPerUser: usualMaxFaces, settingsFailure: mayNotRead(reason) ? undefined : reason };
  }
}

function mayNotRead({ code }: Unknown): boolean {
  return code === 'forbidden' || code === 'unauthorized';
}

/** Whose faces are read. */
type Part = Pick<ReadRequest, 'shard' | 'faces'>;

const inScope = { inScope: true } as const;

interface Progress {
  /** How many users there will be at least. */
  readonly expected: number;
  readonly onProgress: OnProgress;
}

/** Reads the faces of users, and whether they are in the scope. */
class UserReading {
  readonly #client: Client;
  readonly #discovery: Discovery;
  readonly #members: ReadonlySet<string>;
  readonly #part: Part;
  readonly #users: EachUserOnce<LiveUser>;

  constructor(client: Client, discovery: Discovery, { expected, onProgress }: Progress, part: Part) {
    this.#client = client;
    this.#discovery = discovery;
    this.#part = part;
    this.#members = new Set(discovery.users.map((user) => user.uuid));
    this.#users = new EachUserOnce(
      client.concurrency,
      (user) => this.#read(user),
      (done, planned) => {
        onProgress(done, Math.max(expected, planned));
      },
    );
  }

  add(user: FoundUser): void {
    const { shard, faces } = this.#part;
    if (faces === 'unread' || (shard !== undefined && !isInShard(user.uuid, shard))) {
      this.#users.settle(user, { presence: 'elsewhere', user: { uuid: user.uuid, login: user.login } });
    } else this.#users.add(user);
  }

  /** Ends when all have been read. */
  end(): Promise<void> {
    return this.#users.end();
  }

  discovered(): readonly LiveUser[] {
    return this.#discovery.users.map((user) => this.#users.resultOf(user));
  }

  liveUser(resolution: Resolution): LiveUser {
    return resolution.presence === 'present' ? this.#users.resultOf(resolution.user) : resolution;
  }

  async #read(found: FoundUser): Promise<LiveUser> {
    const user = { uuid: found.uuid, login: found.login };
    const { groupId } = this.#discovery;
    const isMember = groupId === undefined || this.#members.has(found.uuid);
    const membership = isMember ? inScope : await membershipOf(this.#client, found, groupId);
    if (membership.inScope === 'unknown') return { presence: 'unknown', reason: membership.reason, user };
    return readFacesOf(this.#client, user, membership);
  }
}

async function readFacesOf(client: Client, user: User, { inScope }: { readonly inScope: boolean }): Promise<LiveUser> {
  try {
    return { presence: 'present', user, inScope, faces: await readFaces(client, user.uuid) };
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    return { presence: 'unknown', reason: whyUnread(error), user };
  }
}
