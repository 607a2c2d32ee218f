import type { Diagnostic } from '../../model/diagnostic.ts';
import { nameOf, type Face, type User } from '../../model/face.ts';
import { formatInstant, type Instant } from '../../model/instant.ts';
import type { PastChange, PastDelete, PastReplace } from '../../model/shown/past-run.ts';
import type { Lack, Return, Values } from './values.ts';

type Words = Pick<Diagnostic, 'code' | 'summary' | 'detail'>;

const warning = (words: Words): Diagnostic => ({ severity: 'warning', ...words });

const faceOfUser = (user: User, face: Face): string => `face ${nameOf(face)} of "${user.login}"`;

/** A face that is gone, which no call brings back. */
export function cannotReturn(user: User, past: PastDelete | PastReplace): Diagnostic {
  const { key, face } = past;
  const isDelete = past.action === 'delete';
  return warning({
    code: 'CANNOT_BE_REVERTED',
    summary: `the ${isDelete ? 'deleted' : 'replaced'} ${faceOfUser(user, face)} cannot be restored`,
    detail: isDelete
      ? `"${key}" needs a new enrollment: add an entry for the user and apply it. The user has to activate the new face.`
      : `The new face of "${key}" is left alone. For another new enrollment, plan its entry with --replace ${key}.`,
  });
}

/** A face that is no longer as the run left it. */
export function movedSince(user: User, key: string, is: { readonly face: Face; readonly left: Values }): Diagnostic {
  return warning({
    code: 'CHANGED_SINCE',
    summary: `${faceOfUser(user, is.face)} has changed since the run, and is left alone`,
    detail: `The run left "${key}" ${valuesText(is.left)}; it is now ${valuesText(is.face)}. Correct it with an entry.`,
  });
}

export function goneSince(user: User, key: string, face: Face): Diagnostic {
  return warning({
    code: 'CHANGED_SINCE',
    summary: `${faceOfUser(user, face)} no longer exists`,
    detail: `If the user should have a face, "${key}" needs a new enrollment: add an entry for the user and apply it.`,
  });
}

export function userGone({ login }: User): Diagnostic {
  return warning({
    code: 'CHANGED_SINCE',
    summary: `the tenant no longer has the user "${login}"`,
    detail: 'Nothing is undone for this user. If the user exists, widen the role of the API application.',
  });
}

/** Others came between two runs, so that only the later ones are undone. */
export function interrupted(user: User, face: Face, to: Values): Diagnostic {
  return warning({
    code: 'CHANGED_SINCE',
    summary: `${faceOfUser(user, face)} was changed by others between the runs`,
    detail: `It goes back to what they left: ${valuesText(to)}. Earlier changes of the runs are not undone.`,
  });
}

/** A face that does not get all of its earlier values. */
export function partlyBack(user: User, face: Face, lacking: Lacking): Diagnostic {
  const { lack } = lacking;
  return warning({
    code: lack === 'status-cannot-be-set' ? 'CANNOT_BE_REVERTED' : 'PARTLY_REVERTED',
    ...lackWords[lack](faceOfUser(user, face), lacking),
  });
}

interface Lacking extends Pick<Return, 'ends'> {
  readonly key: string;
  readonly to: Values;
  readonly lack: Lack;
}

const lackWords: Readonly<Record<Lack, (face: string, lacking: Lacking) => Omit<Words, 'code'>>> = {
  'expiry-cannot-be-cleared': (face, { ends }) => ({
    summary: `${face} keeps an expiry, and had none before`,
    detail: `It keeps ${dateText(ends.expiry)}: the vendor documents no way to clear an expiry. Set a later one with an entry.`,
  }),
  'had-expired': (face, { to, ends }) => ({
    summary: `${face} had expired before the run, and is left ${ends.status}`,
    detail: `It was ${valuesText(to)}. A past expiry is never written; either way the face gives no access.`,
  }),
  'status-cannot-be-set': (face, { key, to, ends }) => ({
    summary: `${face} was ${to.status}, which cannot be set`,
    detail:
      `It stays ${ends.status}: only ACTIVE and DISABLED are ever written, and ACTIVE would skip the proof of identity. ` +
      `For a new enrollment, plan its entry with --replace ${key}.`,
  }),
};

/** A change that did not end as applied, and yet may have been carried out, as far as anybody can tell. */
export function mayBeApplied(user: User, { key, action, certainty }: PastChange): Diagnostic {
  const outcome = certainty === 'possible' ? 'has no outcome' : `ended as ${certainty}`;
  return warning({
    code: 'OUTCOME_UNCERTAIN',
    summary: `the ${action} of "${key}" ${outcome}, and is not undone`,
    detail: `It may have been carried out. See what the user has with 'faceform explain ${user.login}'.`,
  });
}

function valuesText({ status, expiry }: Values): string {
  return `${status} with ${dateText(expiry)}`;
}

function dateText(expiry: Instant | undefined): string {
  return expiry === undefined ? 'no expiry' : `the expiry ${formatInstant(expiry)}`;
}
