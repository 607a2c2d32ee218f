import type { LiveUser } from '../../model/live.ts';
import { sortedByKey } from '../../model/values/order.ts';
import type { Place } from '../../model/place.ts';
import type { UnknownUser } from '../../model/plan.ts';

/** The user of a name, where he could not be read. */
export function unreadBy(
  key: string,
  found: LiveUser | undefined,
  places: () => readonly Place[] = () => [],
): readonly UnknownUser[] {
  return found?.presence === 'unknown' ? [{ key, reason: found.reason, places: places() }] : [];
}

/** Users found by listing whose faces could not be read, by login. */
export function unreadUsers(users: readonly LiveUser[]): readonly UnknownUser[] {
  return sortedByKey(
    users.flatMap((found) =>
      found.presence === 'unknown' && found.user !== undefined ? unreadBy(found.user.login.toLowerCase(), found) : [],
    ),
  );
}
