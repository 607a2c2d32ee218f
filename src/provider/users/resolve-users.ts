import type { UserRef } from '../../model/enrollment.ts';
import type { Unknown } from '../../model/live.ts';
import type { Client } from '../http/client.ts';
import type { FoundUser } from '../decode.ts';
import { listingFailure, lookUpUser, pageSize, UserListing, type Resolution } from './users.ts';
import { WorkQueue } from '../../limit/work-queue.ts';

export interface UserSearch {
  readonly client: Client;
  /** The group that the listing is narrowed to, by UUID. */
  readonly groupId?: string | undefined;
  /** Users that are known already, from the listing of the scope. */
  readonly known: readonly FoundUser[];
  /** Told of each user as soon as a ref has led to him; of one user perhaps several times. */
  readonly onFound: (user: FoundUser) => void;
  /** How many users the tenant has at least, as far as is known. */
  readonly usersAtLeast?: number | undefined;
}

/**
 * Finds each user by the cheaper way: the listing gives a hundred a call, a look-up gives one. The listing goes on as
 * long as it may still be cheaper, so that both together cost at most about twice the better one.
 *
 * @returns by user key; every ref has an entry.
 */
export async function resolveUsers(refs: readonly UserRef[], search: UserSearch): Promise<Map<string, Resolution>> {
  const found = new Matches(refs, search.onFound);
  for (const user of search.known) found.take(user);
  const conditions = search.groupId === undefined ? [] : [condition(search.groupId)];
  const listing = new UserListing(search.client, conditions);
  const failure = await listUntilCheaper(found, listing, (search.usersAtLeast ?? 0) / pageSize);
  if (failure !== undefined) {
    for (const ref of found.unresolved()) found.settle(ref, { presence: 'unknown', reason: failure });
    return found.resolutions;
  }
  const lookUps = new WorkQueue<UserRef>(search.client.concurrency, async (ref) => {
    found.settle(ref, await lookUpUser(search.client, ref));
  });
  for (const ref of found.unresolved()) lookUps.add(ref);
  await lookUps.end();
  return found.resolutions;
}

function condition(groupId: string): { readonly name: 'groupId'; readonly operator: 'EQUALS'; readonly value: string } {
  return { name: 'groupId', operator: 'EQUALS', value: groupId };
}

async function listUntilCheaper(
  found: Matches,
  listing: UserListing,
  pagesAtLeast: number,
): Promise<Unknown | undefined> {
  if (found.missing < pagesAtLeast) return undefined;
  try {
    let hits = 0;
    // A page that found several says that the next one may, however few are left.
    while (!listing.ended && (listing.pages + 1 < found.missing || (hits > 1 && found.missing > 1))) {
      const before = found.missing;
      for (const user of await listing.next()) found.take(user);
      hits = before - found.missing;
    }
    return undefined;
  } catch (error) {
    const failure = listingFailure(error);
    if (failure === undefined) throw error;
    return failure;
  }
}

/** Which ref has been found, and by whom. */
class Matches {
  readonly resolutions = new Map<string, Resolution>();
  readonly #refs = new Map<string, UserRef>();
  /** Keys of refs by what they name, in lower case: the vendor compares logins without regard to case. */
  readonly #byName: Readonly<Record<UserRef['by'], Map<string, string[]>>> = {
    login: new Map(),
    uuid: new Map(),
    externalId: new Map(),
  };
  #hits = 0;
  readonly #onFound: UserSearch['onFound'];

  constructor(refs: readonly UserRef[], onFound: UserSearch['onFound']) {
    this.#onFound = onFound;
    for (const ref of refs) {
      if (this.#refs.has(ref.key)) continue;
      this.#refs.set(ref.key, ref);
      const name = ref.value.toLowerCase();
      const others = this.#byName[ref.by].get(name);
      if (others === undefined) this.#byName[ref.by].set(name, [ref.key]);
      else others.push(ref.key);
    }
  }

  /** How many are neither found nor given up. */
  get missing(): number {
    return this.#refs.size - this.resolutions.size;
  }

  *unresolved(): Iterable<UserRef> {
    for (const [key, ref] of this.#refs) if (!this.resolutions.has(key)) yield ref;
  }

  take(user: FoundUser): void {
    const before = this.#hits;
    this.#meet(user, 'login', user.login);
    this.#meet(user, 'uuid', user.uuid);
    if (user.externalId !== undefined) this.#meet(user, 'externalId', user.externalId);
    for (const alias of user.aliases ?? []) this.#meet(user, 'login', alias);
    if (this.#hits > before) this.#onFound(user);
  }

  #meet(user: FoundUser, by: UserRef['by'], name: string): void {
    const wanted = this.#byName[by];
    if (wanted.size === 0) return;
    for (const key of wanted.get(name.toLowerCase()) ?? []) {
      this.resolutions.set(key, both(key, this.resolutions.get(key), user));
      this.#hits += 1;
    }
  }

  settle(ref: UserRef, resolution: Resolution): void {
    this.resolutions.set(ref.key, resolution);
    if (resolution.presence === 'present') this.#onFound(resolution.user);
  }
}

function both(key: string, before: Resolution | undefined, user: FoundUser): Resolution {
  if (before?.presence === 'unknown') return before;
  if (before?.presence !== 'present' || before.user.uuid === user.uuid) return { presence: 'present', user };
  const message = `both ${before.user.login} (${before.user.uuid}) and ${user.login} (${user.uuid}) go by ${key}`;
  return { presence: 'unknown', reason: { code: 'ambiguous', message } };
}
