import { objectBody, requiredText } from './body.ts';
import type { Call } from './call.ts';
import { Refusal } from './refusal.ts';
import type { StoredUser } from '../state/stored.ts';
import { isVisible, type Tenant } from '../state/tenant.ts';
import { userOnWire, type ExtraUserMember } from './wire.ts';

/** `userByUseridUsingPOST`: by login or alias, whatever the case. */
export function getUserByLogin({ tenant, body }: Call): unknown {
  return shown(tenant.store.userNamed(requiredText(objectBody(body), 'userId')), tenant);
}

/** `userByExternalIdUsingPOST`: the external ID comes in the member `userId`. */
export function getUserByExternalId({ tenant, body }: Call): unknown {
  return shown(tenant.store.userWithExternalId(requiredText(objectBody(body), 'userId')), tenant);
}

/** `userUsingGET` */
export function getUser({ tenant, id }: Call): unknown {
  return shown(tenant.store.user(id), tenant);
}

function shown(user: StoredUser | undefined, tenant: Tenant): unknown {
  if (!user || !isVisible(tenant, user)) {
    throw new Refusal(tenant.readings.missedLookup, 'user_not_found', 'There is no such user.');
  }
  const extra: readonly ExtraUserMember[] = tenant.readings.aliasesInline === 'yes' ? ['userAliases', 'groups'] : [];
  return userOnWire(user, new Set(extra), tenant);
}
