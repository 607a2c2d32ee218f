import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Enrollment } from '../../model/enrollment.ts';
import { isKnownStatus } from '../../model/face.ts';
import type { LiveState, Unknown } from '../../model/live.ts';
import { placeName, placeOf } from '../../model/place.ts';
import type { Change } from '../../model/plan.ts';
import { about, absentFacesKept, ambiguousEntries } from './ambiguity-diagnostics.ts';
import type { KnownUser } from './join-users.ts';
import type { Claim } from '../match/claim.ts';
import type { UserPlan } from './plan-user.ts';

const none: readonly Diagnostic[] = [];

/** What is wrong with what the files ask for one user. */
export function userDiagnostics(user: KnownUser, facesAllowed: number): readonly Diagnostic[] {
  // Nearly everybody has one entry, which can neither repeat nor contradict another.
  if (user.inScope && user.entries.length === 1) return none;
  return [
    ...outsideScope(user),
    ...sameUserTwice(user),
    ...absentAndPresent(user),
    ...tooManyFaces(user, facesAllowed),
    ...(user.inScope ? ambiguousEntries(user.entries) : none),
  ];
}

/** What to know of how one user's entries met his faces. */
export function matchDiagnostics({ match, withheld }: Pick<UserPlan, 'match' | 'withheld'>): readonly Diagnostic[] {
  const ofClaims = match.claims.flatMap((claim) => [
    ...lostPin(claim),
    ...unknownStatus(claim),
    ...withheldReplace(claim, withheld),
  ]);
  return match.removals.length === 0 ? ofClaims : [...ofClaims, ...absentFacesKept(match)];
}

function outsideScope({ entries, inScope }: KnownUser): readonly Diagnostic[] {
  if (inScope) return [];
  return entries.map((entry) =>
    about(entry, 'error', {
      code: 'USER_OUTSIDE_SCOPE',
      summary: `user "${entry.user.value}" is not in the group of the scope`,
      detail: "Add the user to the group, or move the entry to a file with another 'scope'.",
    }),
  );
}

/** Two names of one user lead to the same enrollment; a label tells them apart. */
function sameUserTwice({ user, entries }: KnownUser): readonly Diagnostic[] {
  const first = new Map<string, Enrollment>();
  return entries.flatMap((entry) => {
    const tail = entry.key.slice(entry.user.key.length);
    const other = first.get(tail);
    if (other === undefined) {
      first.set(tail, entry);
      return [];
    }
    return about(entry, 'error', {
      code: 'DUPLICATE_ENROLLMENT',
      summary: `"${entry.user.value}" and "${other.user.value}" are the same user, "${user.login}"`,
      detail: `The other entry is at ${placeName(placeOf(other.range))}. Remove one, or give each a 'label'.`,
    });
  });
}

/** What one name says is to go, another says is to be there; under one name the files' own check finds it. */
function absentAndPresent({ user, entries }: KnownUser): readonly Diagnostic[] {
  return entries.flatMap((entry) => {
    if (entry.state === 'absent') return [];
    const other = entries.find(
      (each) =>
        each.state === 'absent' &&
        each.user.key !== entry.user.key &&
        each.serialNumber === undefined &&
        (each.flow === undefined || each.flow === entry.face.flow),
    );
    if (other === undefined) return [];
    return about(entry, 'error', {
      code: 'ABSENT_AND_PRESENT',
      summary: `the faces of "${user.login}" are to go, by an entry that names him "${other.user.value}"`,
      detail: `See ${placeName(placeOf(other.range))}. Remove one of the two.`,
    });
  });
}

/** What a user has already is allowed, whatever the settings say, or are taken to say where they cannot be read. */
function tooManyFaces({ entries, user, faces }: KnownUser, facesAllowed: number): readonly Diagnostic[] {
  const present = entries.filter((entry) => entry.state === 'present' && entry.enabled);
  const entry = present[Math.max(facesAllowed, faces.length)];
  if (entry === undefined) return [];
  return [
    about(entry, 'error', {
      code: 'TOO_MANY_FACES',
      summary: `user "${user.login}" has ${present.length} entries, and the tenant allows ${facesAllowed} faces`,
      detail: "Remove entries, or raise the tenant's maximum number of Face Biometrics per user.",
    }),
  ];
}

function lostPin({ entry, pin }: Claim): readonly Diagnostic[] {
  if (pin !== 'lost') return none;
  return [
    about(entry, 'warning', {
      code: 'PINNED_FACE_GONE',
      summary: `no face of "${entry.user.value}" has the serial number that its entry names`,
      detail:
        'The entry was matched by its flow. Until it is corrected, only faces that an absent entry names by serial ' +
        "number are deleted from this user. Correct or remove 'serialNumber'.",
    }),
  ];
}

function unknownStatus({ entry, face }: Claim): readonly Diagnostic[] {
  if (face === undefined || isKnownStatus(face.status)) return none;
  return [
    about(entry, 'warning', {
      code: 'UNKNOWN_STATUS',
      summary: `the face of "${entry.user.value}" has the status "${face.status}", which this version does not know`,
      detail: 'It is treated as waiting: nothing is written to it. A newer faceform may know it.',
    }),
  ];
}

/** Where a face has another applicant, and its entry may be one that was left out, or whose user is not known. */
function withheldReplace({ entry }: Claim, withheld: readonly Change[]): readonly Diagnostic[] {
  if (!withheld.some(({ key }) => key === entry.key)) return none;
  return [
    about(entry, 'warning', {
      code: 'REPLACE_WITHHELD',
      summary: `the web face of "${entry.user.value}" is of another applicant, and is not replaced for now`,
      detail: 'An entry that names its user in another way may ask for it. Plan all entries, when all names are found.',
    }),
  ];
}

const brokenOff = {
  plan: { users: 'the users in scope', effect: 'The plan is incomplete.' },
  reading: { users: 'the users', effect: 'Those who are left out are missing.' },
} as const;

/**
 * The listing of users broke off.
 *
 * @param from what they may be missing from: the plan of a scope, or a reading of everybody.
 */
export function scopeNotRead(failure: Unknown | undefined, from: keyof typeof brokenOff): readonly Diagnostic[] {
  if (failure === undefined) return [];
  const { users, effect } = brokenOff[from];
  return [
    {
      severity: 'warning',
      code: 'SCOPE_NOT_READ',
      summary: `${users} could not be listed to the end: ${failure.message}`,
      detail: `${effect} Run again.`,
    },
  ];
}

/** How many faces a user may have decides whether an entry is one too many, and in what order a face is replaced. */
export function settingsNotRead({ settingsFailure, maxFacesPerUser }: LiveState): readonly Diagnostic[] {
  if (settingsFailure === undefined) return [];
  return [
    {
      severity: 'warning',
      code: 'SETTINGS_NOT_READ',
      summary: `the tenant's settings could not be read: ${settingsFailure.message}`,
      detail: `A user is taken to be allowed ${maxFacesPerUser} faces, as by default.`,
    },
  ];
}

/** Names given on the command line that no entry has. */
export function unknownNames(flag: string, names: Iterable<string>, known: ReadonlySet<string>): readonly Diagnostic[] {
  return [...names].flatMap((name) =>
    known.has(name)
      ? []
      : {
          severity: 'error' as const,
          code: 'UNKNOWN_NAME',
          summary: `${flag} names "${name}", which no entry has`,
          detail: candidates(name, known),
        },
  );
}

function candidates(user: string, known: ReadonlySet<string>): string {
  const keys = [...known].filter((key) => key.startsWith(`${user.toLowerCase()}/`));
  return keys.length === 0 ? 'Give it as the plan shows it.' : `This user has: ${keys.join(', ')}.`;
}
