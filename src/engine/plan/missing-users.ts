import type { Diagnostic } from '../../model/diagnostic.ts';
import type { DesiredState, Enrollment, MissingUsers } from '../../model/enrollment.ts';
import type { LiveState } from '../../model/live.ts';
import { placeOf } from '../../model/place.ts';
import type { MissingEntry } from '../../model/plan.ts';
import { sortedByKey } from '../../model/values/order.ts';
import { about } from './ambiguity-diagnostics.ts';

/** Errors for entries whose users the tenant does not have, or does not show to this role. */
export function missingUsers(absent: readonly Enrollment[], ofFiles: MissingUsers): readonly Diagnostic[] {
  return absent
    .filter((entry) => (entry.missingUsers ?? ofFiles) === 'error')
    .map((entry) =>
      about(entry, 'error', {
        code: 'USER_NOT_FOUND',
        summary: `the tenant has no user "${entry.user.value}"`,
        detail:
          "Correct the name, create the user, or widen the role of the API application if it sees only some groups. With 'missingUsers: wait' everybody else is planned.",
      }),
    );
}

/** Entries whose users the tenant does not have, where that is no error. */
export function missingEntries(absent: readonly Enrollment[], ofFiles: MissingUsers): readonly MissingEntry[] {
  return sortedByKey(
    absent.flatMap((entry) => {
      const rule = entry.missingUsers ?? ofFiles;
      if (rule === 'error') return [];
      const handling = rule === 'wait' && wantsFace(entry) ? 'wait' : 'ignore';
      return [{ user: entry.user.key, key: entry.key, handling, place: placeOf(entry.range) } as const];
    }),
  );
}

/** An entry that wants no face in use has what it asks for of a user who is not there. */
function wantsFace(entry: Enrollment): boolean {
  return entry.state === 'present' && entry.enabled;
}

/** Names under `protect` that the tenant does not have: they would protect nobody. */
export function missingProtected(
  protect: DesiredState['protect'],
  { listed }: LiveState,
  ofFiles: MissingUsers,
): readonly Diagnostic[] {
  return [...protect].flatMap(([key, range]) =>
    listed.get(key)?.presence === 'absent'
      ? {
          severity: ofFiles === 'error' ? 'error' : 'warning',
          code: 'USER_NOT_FOUND',
          summary: `unknown user "${key}" in 'protect'`,
          detail:
            "The tenant has no such user. Correct or remove the name. With 'missingUsers: wait' or 'ignore' this is a warning.",
          range,
        }
      : [],
  );
}
