import { TenantError } from '../../model/failure.ts';
import type { Client } from '../http/client.ts';
import { decodeGroup, decodeGroups, type Group } from '../decode.ts';
import { CallError, isMiss } from '../http/errors.ts';

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Finds the group of the scope by UUID, name or external id.
 *
 * @returns its UUID.
 * @throws TenantError naming the group where there is none, or it may not be read.
 */
export async function resolveGroup(client: Client, wanted: string): Promise<string> {
  try {
    const group = (await direct(client, wanted)) ?? (await listed(client, wanted));
    if (group !== undefined) return group.id;
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    const message = `the group "${wanted}" of the scope could not be read: ${error.refusal.message}`;
    throw new CallError(error.call, { ...error.fault, refusal: { ...error.refusal, message } }, error.kind);
  }
  throw new TenantError('refused', { message: `the tenant has no group "${wanted}"; correct the name` });
}

async function direct(client: Client, wanted: string): Promise<Group | undefined> {
  const byUuid = uuid.test(wanted) ? await attempt(() => byId(client, wanted)) : undefined;
  const group = byUuid ?? (await attempt(() => byName(client, wanted)));
  return group !== undefined && isMeant(group, wanted) ? group : undefined;
}

function byId(client: Client, id: string): Promise<Group> {
  return client.call({ operation: 'groupByUuid', id, decode: decodeGroup });
}

function byName(client: Client, id: string): Promise<Group> {
  return client.call({ operation: 'groupByName', body: { id }, decode: decodeGroup });
}

async function listed(client: Client, wanted: string): Promise<Group | undefined> {
  const searchByAttributes = [{ name: 'name', operator: 'EQUALS', value: wanted }];
  const body = { limit: 100, searchByAttributes };
  const groups = await client.call({ operation: 'groupsPage', body, decode: decodeGroups });
  const meant = groups.filter((group) => isMeant(group, wanted));
  return meant.length === 1 ? meant[0] : undefined;
}

/** An answer that was not asked for must not widen or move the scope. */
function isMeant({ id, name, externalId }: Group, wanted: string): boolean {
  return name === wanted || externalId === wanted || id.toLowerCase() === wanted.toLowerCase();
}

async function attempt(read: () => Promise<Group>): Promise<Group | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isMiss(error)) return undefined;
    throw error;
  }
}
