import { badRequest, objectBody, requiredText } from './body.ts';
import type { Call } from './call.ts';
import { ordered, pageOf } from './page.ts';
import { Refusal } from './refusal.ts';
import { requestedPosition, textTest, type Condition } from './search.ts';
import type { StoredGroup } from '../state/stored.ts';
import type { Tenant } from '../state/tenant.ts';
import { groupOnWire } from './wire.ts';

/** `groupsUsingGET`: all of them, unpaged. */
export function listGroups({ tenant }: Call): unknown {
  return visibleGroups(tenant).map((group) => groupOnWire(group, tenant));
}

/** `groupsPagedUsingPOST` */
export function listGroupsPaged({ tenant, body: sent }: Call): unknown {
  const body = objectBody(sent);
  const position = requestedPosition(body);
  const tests = position.search.conditions.map(groupTest);
  const found = visibleGroups(tenant).filter((group) => tests.every((test) => test(group)));
  const inOrder = ordered(found, position.search.orderBy, ({ name }) => name.toLowerCase());
  return pageOf(inOrder, position, { body, tenant }, (group) => groupOnWire(group, tenant));
}

/** `groupUsingGET` */
export function getGroup({ tenant, id }: Call): unknown {
  return shown(
    visibleGroups(tenant).find((group) => group.id === id),
    tenant,
  );
}

/** `groupByExternalIdUsingPOST`: the body's `id` is the group's external ID or its name. */
export function getGroupByExternalId({ tenant, body }: Call): unknown {
  const wanted = requiredText(objectBody(body), 'id');
  const groups = visibleGroups(tenant);
  return shown(
    groups.find((group) => group.externalId === wanted) ?? groups.find((group) => group.name === wanted),
    tenant,
  );
}

function visibleGroups({ store, visibleGroups: names }: Tenant): readonly StoredGroup[] {
  return names === undefined ? store.groups() : store.groups().filter(({ name }) => names.has(name));
}

function shown(group: StoredGroup | undefined, tenant: Tenant): unknown {
  if (!group) throw new Refusal(tenant.readings.missedLookup, 'group_not_found', 'There is no such group.');
  return groupOnWire(group, tenant);
}

function groupTest(condition: Condition): (group: StoredGroup) => boolean {
  if (condition.name !== 'name' && condition.name !== 'type') {
    throw badRequest(`Groups cannot be searched by ${condition.name}.`);
  }
  const test = textTest(condition);
  return ({ name }) => test([condition.name === 'name' ? name : 'MGMT_UI']);
}
