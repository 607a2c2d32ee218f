import type { Reach } from '../../model/enrollment.ts';
import type { Unknown } from '../../model/live.ts';
import type { EverybodyRequest } from '../../model/tenant.ts';
import type { Client } from '../http/client.ts';
import type { FoundUser } from '../decode.ts';
import { resolveGroup } from './group.ts';
import { listingFailure, UserListing, type Condition } from './users.ts';

/** The users that a scope brings in by itself: those in it that have a face, or all of it. */
export interface Discovery {
  readonly groupId?: string | undefined;
  readonly users: readonly FoundUser[];
  readonly failure?: Unknown | undefined;
}

// Whether the filter covers every status is not documented: a user it leaves out is not one without faces.
const byFace: Condition = { name: 'authenticator', operator: 'EQUALS', value: 'FACE' };
const conditionsFor: Readonly<Record<EverybodyRequest['who'], readonly Condition[]>> = {
  'with-face': [byFace],
  'every-user': [],
};

/**
 * @param who: with `nobody` only the scope's group is found.
 * @throws TenantError where the scope's group cannot be found.
 */
export async function discover(
  client: Client,
  scope: Reach | { readonly users: 'listed' },
  who: EverybodyRequest['who'] | 'nobody',
): Promise<Discovery> {
  if (scope.users === 'listed') return { users: [] };
  const groupId = scope.users === 'group' ? await resolveGroup(client, scope.group) : undefined;
  if (who === 'nobody') return { groupId, users: [] };
  const conditions = groupId === undefined ? conditionsFor[who] : [...conditionsFor[who], inGroup(groupId)];
  return { groupId, ...(await listAll(client, conditions)) };
}

function inGroup(groupId: string): Condition {
  return { name: 'groupId', operator: 'EQUALS', value: groupId };
}

async function listAll(client: Client, conditions: readonly Condition[]): Promise<Omit<Discovery, 'groupId'>> {
  const listing = new UserListing(client, conditions);
  const byUuid = new Map<string, FoundUser>();
  try {
    while (!listing.ended) for (const user of await listing.next()) byUuid.set(user.uuid, user);
    return { users: [...byUuid.values()] };
  } catch (error) {
    const failure = listingFailure(error);
    if (failure === undefined) throw error;
    return { users: [...byUuid.values()], failure };
  }
}

export type Membership = { readonly inScope: boolean } | { readonly inScope: 'unknown'; readonly reason: Unknown };

/**
 * Whether a user belongs to the scope's group. Where the tenant does not list his groups, a search for him within the
 * group says it.
 */
export async function membershipOf(client: Client, user: FoundUser, groupId: string): Promise<Membership> {
  if (user.groupIds !== undefined) return { inScope: user.groupIds.includes(groupId) };
  try {
    const byLogin: Condition = { name: 'userId', operator: 'EQUALS', value: user.login };
    const hits = await new UserListing(client, [byLogin, inGroup(groupId)]).next();
    return { inScope: hits.some((hit) => hit.uuid === user.uuid) };
  } catch (error) {
    const reason = listingFailure(error);
    if (reason === undefined) throw error;
    return { inScope: 'unknown', reason };
  }
}
