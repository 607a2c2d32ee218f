import type { Flow, PresentEnrollment } from '../../model/enrollment.ts';
import type { Face } from '../../model/face.ts';
import type { Instant } from '../../model/instant.ts';
import { pinOf } from './claim.ts';
import { healthFor, isToBeReplaced } from './decide.ts';
import { awaitsActivation, isInUse, isPending, isSpent } from './health.ts';

/** What else of the user decides whether a face fits an entry. */
export interface Others {
  /** The applicants that web entries name. */
  readonly applicants: ReadonlySet<string>;
  /** Faces that mobile entries claimed by now, other than by serial number. */
  readonly mobile: () => readonly Face[];
  /** Faces that no entry has claimed yet. */
  readonly left: Face[];
  /** Entries of a flow that have no face yet. Asked for rarely, so that they are looked up only then. */
  readonly waiting: (flow: Flow) => readonly PresentEnrollment[];
  readonly now: Instant;
}

export interface Step {
  /** As `explain` shows it. */
  readonly name: string;
  readonly flow: Flow;
  readonly fits: (face: Face, entry: PresentEnrollment, others: Others) => boolean;
}

const pendingMobile = (face: Face): boolean => awaitsActivation(face) && face.mobile !== true;
/** Whether a web entry names the face's applicant. */
export function isOfWebEntry({ applicantId }: Face, applicants: Others['applicants']): boolean {
  return applicantId !== undefined && applicants.has(applicantId);
}

const surelyMobile = (face: Face): boolean =>
  face.mobile === true || (face.mobile === undefined && face.applicantId === undefined);

/**
 * Whether a pending face that may as well be a token's is one: either the tenant shows pending mobile faces otherwise,
 * or the token entries have no other face to take, while the mobile ones have. Else it would be created twice.
 */
const isLeftToTokens = (others: Others): boolean => {
  const { left, waiting, now } = others;
  if (left.some((face) => isPending(face) && surelyMobile(face))) return true;
  const [tokens, mobiles] = [waiting('token'), waiting('mobile')];
  const isHealthy = (face: Face): boolean => tokens.some((entry) => !isSpent(healthFor(entry, face, now)));
  const willStay = (face: Face): boolean => mobiles.some((entry) => !isToBeReplaced(entry, face, now));
  const forTokens = left.filter(
    (face) => face.mobile === false && !isOfWebEntry(face, others.applicants) && isHealthy(face),
  );
  const forMobiles = left.filter((face) => surelyMobile(face) && willStay(face));
  return tokens.length > 0 && forTokens.length <= tokens.length && forMobiles.length >= mobiles.length;
};

/** An entry whose pin is lost may have a face that was created for it, which is pending. */
const mobileOrPending = (face: Face, entry: PresentEnrollment, others: Others): boolean =>
  surelyMobile(face) || (pendingMobile(face) && (pinOf(entry) === 'lost' || !isLeftToTokens(others)));
const bareToken = (face: Face): boolean => face.mobile === false && face.applicantId === undefined;
const eitherWay = (face: Face): boolean => bareToken(face) && face.status === 'DISABLED';

/**
 * A token face of a tenant that shows an applicantId on all: not that of a web entry. When a face that may as
 * well be the token's went to a disabled mobile entry, nothing in use is taken for the token's in its stead.
 */
const tokenWithApplicant = (face: Face, entry: PresentEnrollment, others: Others): boolean =>
  face.mobile === false &&
  !isOfWebEntry(face, others.applicants) &&
  (entry.enabled || !isInUse(face) || !others.mobile().some(eitherWay));

/**
 * After a pinned serial number, the order in which entries meet faces. What a face shows before it is activated,
 * and whether a token face bears an applicantId, is not documented; so a pending face that may be a mobile one is
 * left to the mobile entries first, and the last step takes what the other reading would have shown. A face that
 * was disabled before anybody activated it still shows what a pending one does.
 */
export const steps: readonly Step[] = [
  {
    name: 'web by applicantId',
    flow: 'web',
    fits: (face, entry) => entry.face.flow === 'web' && face.applicantId === entry.face.applicantId,
  },
  { name: 'mobile, registered or pending', flow: 'mobile', fits: mobileOrPending },
  {
    name: 'mobile, perhaps disabled before its activation',
    flow: 'mobile',
    fits: (face, entry) => !entry.enabled && eitherWay(face),
  },
  { name: 'token without applicantId', flow: 'token', fits: bareToken },
  { name: 'token with an applicantId that no web entry names', flow: 'token', fits: tokenWithApplicant },
];

/**
 * Faces that an absent entry of a flow takes: only those that can be of no other flow. A disabled face that shows what a
 * token's does may be a mobile one that was disabled before it was activated, by the run before, too.
 */
export const ofFlow: Readonly<Record<Flow, (face: Face) => boolean>> = {
  mobile: (face) => face.mobile === true || (isPending(face) && surelyMobile(face)),
  web: (face) => face.mobile !== true && face.applicantId !== undefined,
  token: (face) => bareToken(face) && !isPending(face) && !eitherWay(face),
};

/** Whether a face can be a mobile one, by what it shows now. */
export function looksMobile(face: Face): boolean {
  return surelyMobile(face) || pendingMobile(face);
}

/** Whether a pinned face can be of the entry's flow at all. */
export function fitOf(entry: PresentEnrollment, face: Face): 'same' | 'other' {
  if (!entry.enabled) return 'same';
  switch (entry.face.flow) {
    case 'web':
      return face.applicantId === entry.face.applicantId ? 'same' : 'other';
    case 'mobile':
      return looksMobile(face) ? 'same' : 'other';
    case 'token':
      return face.mobile === true ? 'other' : 'same';
  }
}
