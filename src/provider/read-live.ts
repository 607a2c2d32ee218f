import type { Scope, UserRef } from '../model/enrollment.ts';
import type { Face, User } from '../model/face.ts';
import type { LiveState, LiveUser } from '../model/live.ts';
import { TenantError, type OnProgress } from '../model/tenant.ts';
import type { Client } from './client.ts';
import { decodeMaxFaces, type FoundUser } from './decode.ts';
import { isGone, unknownFrom } from './errors.ts';
import { readFaces } from './faces.ts';
import { inParallel } from './in-parallel.ts';
import { resolveUsers } from './resolve-users.ts';
import { discover, membershipOf, type Discovery } from './scope.ts';
import type { Resolution } from './users.ts';

/** The vendor's default where the role may not read the settings. */
const usualMaxFaces = 5;

export interface LiveRequest {
  readonly refs: readonly UserRef[];
  readonly scope: Scope;
  readonly onProgress: OnProgress;
}

/** @throws TenantError where nothing can be read: no connection, refused credentials, a group that is not there. */
export async function readLive(client: Client, { refs, scope, onProgress }: LiveRequest): Promise<LiveState> {
  onProgress(0, refs.length);
  await client.signIn();
  const [maxFacesPerUser, discovery] = await Promise.all([readMaxFaces(client), discover(client, scope)]);
  const group = discovery.groupId === undefined ? {} : { groupId: discovery.groupId };
  const resolutions = await resolveUsers(refs, { client, known: discovery.users, ...group });
  const reading = new UserReading(client, discovery, resolutions);
  await reading.run(onProgress);
  return {
    listed: reading.listed(),
    discovered: reading.discovered(),
    maxFacesPerUser,
    ...(discovery.failure === undefined ? {} : { discoveryFailure: discovery.failure }),
  };
}

async function readMaxFaces(client: Client): Promise<number> {
  try {
    return (await client.call({ operation: 'generalSettings', decode: decodeMaxFaces })) ?? usualMaxFaces;
  } catch (error) {
    if (error instanceof TenantError) return usualMaxFaces;
    throw error;
  }
}

/** Reads the faces of each user once, however many refs and listings have led to him. */
class UserReading {
  readonly #client: Client;
  readonly #discovery: Discovery;
  readonly #resolutions: ReadonlyMap<string, Resolution>;
  readonly #users = new Map<string, FoundUser>();
  readonly #members: ReadonlySet<string>;
  readonly #results = new Map<string, LiveUser>();

  constructor(client: Client, discovery: Discovery, resolutions: ReadonlyMap<string, Resolution>) {
    this.#client = client;
    this.#discovery = discovery;
    this.#resolutions = resolutions;
    this.#members = new Set(discovery.users.map((user) => user.uuid));
    for (const user of discovery.users) this.#users.set(user.uuid, user);
    for (const resolution of resolutions.values()) {
      if (resolution.presence === 'present') this.#users.set(resolution.user.uuid, resolution.user);
    }
  }

  async run(onProgress: OnProgress): Promise<void> {
    const total = this.#users.size;
    let done = 0;
    onProgress(done, total);
    await inParallel(this.#users.values(), this.#client.concurrency, async (user) => {
      this.#results.set(user.uuid, await this.#read(user));
      done += 1;
      onProgress(done, total);
    });
  }

  listed(): ReadonlyMap<string, LiveUser> {
    return new Map([...this.#resolutions].map(([key, resolution]) => [key, this.#liveUser(resolution)]));
  }

  discovered(): readonly LiveUser[] {
    return this.#discovery.users.flatMap((user) => this.#results.get(user.uuid) ?? []);
  }

  #liveUser(resolution: Resolution): LiveUser {
    if (resolution.presence !== 'present') return resolution;
    const result = this.#results.get(resolution.user.uuid);
    if (result === undefined) throw new Error(`the faces of ${resolution.user.uuid} were not read`);
    return result;
  }

  async #read(found: FoundUser): Promise<LiveUser> {
    const user = { uuid: found.uuid, login: found.login };
    const membership = this.#members.has(found.uuid)
      ? { inScope: true }
      : await membershipOf(this.#client, found, this.#discovery.groupId);
    if (membership.inScope === 'unknown') return { presence: 'unknown', reason: membership.reason, user };
    const result = await readFacesOf(this.#client, user);
    if (!('faces' in result)) return result;
    return { presence: 'present', user, inScope: membership.inScope, faces: result.faces };
  }
}

async function readFacesOf(client: Client, user: User): Promise<{ readonly faces: readonly Face[] } | LiveUser> {
  try {
    return { faces: await readFaces(client, user.uuid) };
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    const reason = unknownFrom(error);
    // He was there a moment ago: whether he or only the answer is gone, nobody can say.
    return { presence: 'unknown', reason: isGone(error) ? { ...reason, code: 'vanished' } : reason, user };
  }
}
