import type { LiveUser } from '../../model/live.ts';
import { compareText } from '../../model/order.ts';
import type { UnknownUser } from '../../model/plan.ts';

/** Users found by listing whose faces could not be read, by login. */
export function unreadUsers(users: readonly LiveUser[]): readonly UnknownUser[] {
  return users
    .flatMap((found) =>
      found.presence === 'unknown' && found.user !== undefined
        ? [{ key: found.user.login.toLowerCase(), reason: found.reason, places: [] }]
        : [],
    )
    .toSorted((a, b) => compareText(a.key, b.key));
}
