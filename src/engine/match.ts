import type { AbsentEnrollment, Enrollment, Flow, PresentEnrollment } from '../model/enrollment.ts';
import type { Face } from '../model/face.ts';
import type { Instant } from '../model/instant.ts';
import { compareText } from '../model/order.ts';
import { awaitsActivation, byAge, byHealth, canBeDisabled, isPending } from './health.ts';

/** One present entry with the face that is its own; `other` where the face must be replaced to become so. */
export interface Claim {
  readonly entry: PresentEnrollment;
  readonly face?: Face;
  readonly fit: 'same' | 'other' | 'none';
  /** The entry names a serial number, and no such face is there. */
  readonly pin: 'held' | 'lost' | 'none';
  /**
   * For an entry that is not enabled: further faces that it would claim, one a run, once its first is disabled.
   * They are disabled together, so that one apply is enough.
   */
  readonly alike: readonly Face[];
}

export interface Removal {
  readonly entry: AbsentEnrollment;
  readonly faces: readonly Face[];
}

/** Every entry and every face of one user, each in exactly one place. */
export interface Match {
  readonly claims: readonly Claim[];
  readonly removals: readonly Removal[];
  /** Faces that no entry speaks of. */
  readonly left: readonly Face[];
}

/** What else of the user decides whether a face fits an entry. */
interface Others {
  /** The applicants that web entries name. */
  readonly applicants: ReadonlySet<string>;
  /** Faces that mobile entries claimed by now, other than by serial number. */
  readonly mobile: readonly Face[];
  /** Faces that no entry has claimed yet. */
  readonly left: readonly Face[];
  /** How many entries have no face yet. */
  readonly wanting: { readonly mobile: number; readonly token: number };
}

interface Step {
  readonly flow: Flow;
  readonly fits: (face: Face, entry: PresentEnrollment, others: Others) => boolean;
}

const pendingMobile = (face: Face): boolean => awaitsActivation(face) && face.mobile !== true;
const isOfWebEntry = ({ applicantId }: Face, { applicants }: Others): boolean =>
  applicantId !== undefined && applicants.has(applicantId);
const isSpent = ({ status }: Face): boolean => status === 'EXPIRED' || status === 'FAILED';
const surelyMobile = (face: Face): boolean =>
  face.mobile === true || (face.mobile === undefined && face.applicantId === undefined);

/**
 * Whether a pending face that may as well be a token's is one: either the tenant shows pending mobile faces otherwise,
 * or the token entries have no other face to take, while the mobile ones have. Else it would be created twice.
 */
const isLeftToTokens = (others: Others): boolean => {
  const { left, wanting } = others;
  if (left.some((face) => isPending(face) && surelyMobile(face))) return true;
  const forTokens = left.filter((face) => face.mobile === false && !isSpent(face) && !isOfWebEntry(face, others));
  return forTokens.length <= wanting.token && left.filter(surelyMobile).length >= wanting.mobile;
};
const mobileOrPending = (face: Face, _: PresentEnrollment, others: Others): boolean =>
  face.mobile === true || (pendingMobile(face) && (face.mobile === undefined || !isLeftToTokens(others)));
const bareToken = (face: Face): boolean => face.mobile === false && face.applicantId === undefined;
const eitherWay = (face: Face): boolean => bareToken(face) && face.status === 'DISABLED';

/**
 * A token face of a tenant that shows an applicantId on all: not that of a web entry. When a face that may as
 * well be the token's went to a disabled mobile entry, nothing in use is taken for the token's in its stead.
 */
const tokenWithApplicant = (face: Face, entry: PresentEnrollment, others: Others): boolean =>
  face.mobile === false &&
  !isOfWebEntry(face, others) &&
  (entry.enabled || !canBeDisabled(face) || !others.mobile.some(eitherWay));

/**
 * After a pinned serial number, the order in which entries meet faces. What a face shows before it is activated,
 * and whether a token face bears an applicantId, is not documented; so a pending face that may be a mobile one is
 * left to the mobile entries first, and the last step takes what the other reading would have shown. A face that
 * was disabled before anybody activated it still shows what a pending one does.
 */
const steps: readonly Step[] = [
  { flow: 'web', fits: (face, entry) => entry.face.flow === 'web' && face.applicantId === entry.face.applicantId },
  { flow: 'mobile', fits: mobileOrPending },
  { flow: 'mobile', fits: (face) => face.mobile === undefined && face.applicantId === undefined },
  { flow: 'mobile', fits: (face, entry) => !entry.enabled && eitherWay(face) },
  { flow: 'token', fits: bareToken },
  { flow: 'token', fits: tokenWithApplicant },
];

/** Which faces an absent entry of a flow takes: only those that can be of no other flow. */
const ofFlow: Readonly<Record<Flow, (face: Face) => boolean>> = {
  mobile: (face) => face.mobile === true || (isPending(face) && surelyMobile(face)),
  web: (face) => face.mobile !== true && face.applicantId !== undefined,
  token: (face) => bareToken(face) && !isPending(face),
};

/** Gives each entry of one user its face, and each face to one entry at most. */
export function matchUser(entries: readonly Enrollment[], faces: readonly Face[], now: Instant): Match {
  const sorted = entries.toSorted((a, b) => compareText(a.key, b.key));
  const left = faces.toSorted(byHealth(now));
  const present = sorted.filter((entry) => entry.state === 'present');
  const applicants = applicantsOf(present);
  const taken = claimFaces(present, left, applicants);
  const removals = sorted
    .filter((entry) => entry.state === 'absent')
    .map((entry) => ({ entry, faces: takeAll(left, goesWith(entry)) }));
  const claims = taken.map((one) => ({ alike: alikeOf(one, taken, applicants, left), ...one.claim }));
  return { claims, removals, left };
}

interface Taken {
  readonly claim: Omit<Claim, 'alike'>;
  /** Missing where the serial number decided, or nothing fits. */
  readonly step?: Step;
}

/** Takes from `left` what it gives away. */
function claimFaces(
  present: readonly PresentEnrollment[],
  left: Face[],
  applicants: ReadonlySet<string>,
): readonly Taken[] {
  const claimed = new Map<PresentEnrollment, Taken>();
  for (const entry of present) {
    if (entry.serialNumber === undefined) continue;
    const face = take(left, (candidate) => candidate.serialNumber === entry.serialNumber);
    if (face !== undefined) claimed.set(entry, { claim: { entry, face, fit: fitOf(entry, face), pin: 'held' } });
  }
  const unpinned = present.filter((entry) => !claimed.has(entry));
  const [enabled, disabled] = [unpinned.filter((entry) => entry.enabled), unpinned.filter((entry) => !entry.enabled)];
  for (const [entries, later] of [
    [enabled, disabled],
    [disabled, []],
  ] as const)
    for (const taken of stepThrough({ entries, later }, left, applicants)) claimed.set(taken.claim.entry, taken);
  if (claimed.size < present.length && ![...claimed.values()].some(isTokenInDoubt)) {
    const open = present.filter((entry) => !claimed.has(entry));
    const alone = loneWebPair(open, left);
    if (alone !== undefined) claimed.set(alone.claim.entry, alone);
  }
  return present.map((entry) => claimed.get(entry) ?? { claim: { entry, fit: 'none', pin: pinOf(entry) } });
}

function stepThrough(
  { entries, later }: { readonly entries: readonly PresentEnrollment[]; readonly later: readonly PresentEnrollment[] },
  left: Face[],
  applicants: ReadonlySet<string>,
): readonly Taken[] {
  if (entries.length === 0 || left.length === 0) return [];
  const claimed = new Map<PresentEnrollment, Taken>();
  const pinned = (entry: PresentEnrollment): boolean => entry.serialNumber !== undefined;
  const wanting = (flow: Flow, among: readonly PresentEnrollment[]): number =>
    among.filter((entry) => entry.face.flow === flow && !claimed.has(entry)).length;
  const lostPinsFirst = [...entries.filter(pinned), ...entries.filter((entry) => !pinned(entry))];
  for (const step of steps) {
    for (const entry of lostPinsFirst) {
      if (entry.face.flow !== step.flow || claimed.has(entry)) continue;
      const choose = pinOf(entry) === 'lost' ? takeNewest : take;
      const counts = { mobile: wanting('mobile', entries), token: wanting('token', [...entries, ...later]) };
      const others = { applicants, mobile: mobileFaces([...claimed.values()]), left, wanting: counts };
      const face = choose(left, (candidate) => step.fits(candidate, entry, others));
      if (face !== undefined) claimed.set(entry, { claim: { entry, face, fit: 'same', pin: pinOf(entry) }, step });
    }
  }
  return [...claimed.values()];
}

/** Whether a token entry has a face that may be a web one: then a web face that is left may be the token's. */
function isTokenInDoubt({ claim: { entry, face, pin } }: Taken): boolean {
  return entry.face.flow === 'token' && face?.applicantId !== undefined && pin !== 'held';
}

/** A single web entry and a single web face that are left are one face whose applicant changed. */
function loneWebPair(present: readonly PresentEnrollment[], left: Face[]): Taken | undefined {
  const entries = present.filter((entry) => entry.face.flow === 'web');
  const [entry] = entries;
  if (entry === undefined || entries.length !== 1 || !entry.enabled) return undefined;
  if (left.filter(ofFlow.web).length !== 1) return undefined;
  const face = take(left, ofFlow.web);
  return face && { claim: { entry, face, fit: 'other', pin: pinOf(entry) } };
}

function alikeOf(
  { claim: { entry }, step }: Taken,
  taken: readonly Taken[],
  applicants: ReadonlySet<string>,
  left: Face[],
): readonly Face[] {
  if (entry.enabled || step === undefined) return [];
  const mobile = mobileFaces(taken.filter((one) => one.step !== undefined));
  const others = { applicants, mobile, left, wanting: { mobile: 0, token: 0 } };
  return takeAll(left, (face) => canBeDisabled(face) && step.fits(face, entry, others));
}

function goesWith({ flow, serialNumber }: AbsentEnrollment): (face: Face) => boolean {
  if (serialNumber !== undefined) return (face) => face.serialNumber === serialNumber;
  return flow === undefined ? () => true : ofFlow[flow];
}

function mobileFaces(taken: readonly Taken[]): readonly Face[] {
  return taken.flatMap(({ claim: { entry, face } }) =>
    entry.face.flow === 'mobile' && face !== undefined ? [face] : [],
  );
}

function applicantsOf(present: readonly PresentEnrollment[]): ReadonlySet<string> {
  return new Set(present.flatMap(({ face }) => (face.flow === 'web' ? [face.applicantId] : [])));
}

function takeAll(left: Face[], fits: (face: Face) => boolean): readonly Face[] {
  const faces: Face[] = [];
  for (let face = take(left, fits); face !== undefined; face = take(left, fits)) faces.push(face);
  return faces;
}

function take(left: Face[], fits: (face: Face) => boolean): Face | undefined {
  const index = left.findIndex(fits);
  return index < 0 ? undefined : left.splice(index, 1)[0];
}

/** A pin is lost when its face was replaced: then the newest face is the one that came in its place. */
function takeNewest(left: Face[], fits: (face: Face) => boolean): Face | undefined {
  const [newest] = left.filter(fits).toSorted(byAge);
  return newest && take(left, (face) => face === newest);
}

function pinOf(entry: PresentEnrollment): Claim['pin'] {
  return entry.serialNumber === undefined ? 'none' : 'lost';
}

/** Whether a pinned face can be of the entry's flow at all. */
function fitOf(entry: PresentEnrollment, face: Face): 'same' | 'other' {
  if (!entry.enabled) return 'same';
  switch (entry.face.flow) {
    case 'web':
      return face.applicantId === entry.face.applicantId ? 'same' : 'other';
    case 'mobile':
      return surelyMobile(face) || pendingMobile(face) ? 'same' : 'other';
    case 'token':
      return face.mobile === true ? 'other' : 'same';
  }
}
