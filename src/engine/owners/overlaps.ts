import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Enrollment } from '../../model/enrollment.ts';
import type { User } from '../../model/face.ts';
import type { LiveState, LiveUser } from '../../model/live.ts';
import { placeName, placeOf, type SourceRange } from '../../model/place.ts';
import type { Part } from './parts.ts';

/** Whose users are. */
export interface Belonging {
  /** The part that lists a user, by UUID. */
  readonly listedBy: ReadonlyMap<string, string>;
  /** UUIDs of those whom two parts claim: nothing is planned for them. */
  readonly contested: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

interface Listing {
  readonly part: string;
  readonly entry: Enrollment;
}

/** Finds the users whom two parts list, and those whom no part lists and two scopes bring in. */
export function belongings(parts: readonly Part[], live: LiveState): Belonging {
  const listings = new Map<string, Listing>();
  const contested = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  for (const { name, desired } of parts) {
    for (const entry of desired.enrollments) {
      const uuid = uuidOf(live.listed.get(entry.user.key));
      const other = uuid === undefined ? undefined : listings.get(uuid);
      if (uuid === undefined) continue;
      if (other === undefined) listings.set(uuid, { part: name, entry });
      else if (other.part !== name) {
        contested.add(uuid);
        diagnostics.push(listedTwice(entry, other, name));
      }
    }
  }
  const listedBy = new Map([...listings].map(([uuid, { part }]) => [uuid, part]));
  const inScopes = scopesTwice(parts, live, listedBy);
  for (const uuid of inScopes.contested) contested.add(uuid);
  return { listedBy, contested, diagnostics: [...diagnostics, ...inScopes.diagnostics] };
}

function uuidOf(found: LiveUser | undefined): string | undefined {
  return found && userOf(found)?.uuid;
}

function userOf(found: LiveUser): User | undefined {
  return found.presence === 'absent' ? undefined : found.user;
}

interface Pair {
  readonly ranges: readonly [SourceRange, SourceRange];
  readonly logins: string[];
}

/** One message for each pair of scopes: they may have thousands of users in common. */
function scopesTwice(
  parts: readonly Part[],
  live: LiveState,
  listedBy: Belonging['listedBy'],
): Pick<Belonging, 'contested' | 'diagnostics'> {
  const first = new Map<string, Part>();
  const contested = new Set<string>();
  const pairs = new Map<string, Pair>();
  for (const part of parts) {
    for (const { uuid, login } of unlistedIn(part, live, listedBy)) {
      const other = first.get(uuid);
      first.set(uuid, other ?? part);
      const ranges = other && rangesOf(other, part);
      if (ranges === undefined) continue;
      contested.add(uuid);
      const name = JSON.stringify([other?.name, part.name]);
      const pair = pairs.get(name) ?? { ranges, logins: [] };
      pair.logins.push(login);
      pairs.set(name, pair);
    }
  }
  return { contested, diagnostics: [...pairs.values()].map(inTwoScopes) };
}

/** Users whom the scope of the part brings in, and no part lists. */
function unlistedIn({ name }: Part, { byOwner }: LiveState, listedBy: Belonging['listedBy']): readonly User[] {
  const users = byOwner?.get(name)?.users ?? [];
  return users.flatMap((found) => {
    const user = userOf(found);
    return user === undefined || listedBy.has(user.uuid) ? [] : [user];
  });
}

function rangesOf(one: Part, other: Part): Pair['ranges'] | undefined {
  const [left, right] = [one.desired.scope, other.desired.scope];
  return left.users === 'listed' || right.users === 'listed' ? undefined : [left.range, right.range];
}

function listedTwice({ user, range }: Enrollment, other: Listing, part: string): Diagnostic {
  return {
    severity: 'error',
    code: 'TWO_OWNERS',
    summary: `user "${user.value}" is listed by ${whose(other.part)} and by ${whose(part)}`,
    detail: `The other entry, for "${other.entry.user.value}", is at ${placeName(placeOf(other.entry.range))}. Remove one.`,
    range,
  };
}

function inTwoScopes({ ranges: [one, other], logins }: Pair): Diagnostic {
  const [login = ''] = logins.toSorted();
  const more = logins.length === 1 ? '' : ` and ${logins.length - 1} more`;
  return {
    severity: 'error',
    code: 'TWO_OWNERS',
    summary: `user "${login}"${more} in two scopes`,
    detail: `The other scope is at ${placeName(placeOf(one))}. List the user in the files of one owner, or change a scope.`,
    range: other,
  };
}

function whose(part: string): string {
  return part === '' ? 'files without an owner' : `owner "${part}"`;
}
