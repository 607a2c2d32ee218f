import type { AbsentEnrollment, Enrollment, PresentEnrollment } from '../../model/enrollment.ts';
import type { Face } from '../../model/face.ts';
import type { Instant } from '../../model/instant.ts';
import { compareText } from '../../model/values/order.ts';
import { isPinLost, pinOf, type Claim } from './claim.ts';
import { fitOf, isOfWebEntry, ofFlow } from './flow-steps.ts';
import { byHealth, isInUse } from './health.ts';
import { stepThrough, type Pool, type Taken } from './step-through.ts';
import { takeAll, takeAny } from './take-face.ts';

/** An absent entry with the faces that it takes. */
export interface AbsentClaim {
  readonly entry: AbsentEnrollment;
  readonly faces: readonly Face[];
}

/** Every entry and every face of one user, each in exactly one place. */
export interface Match {
  readonly claims: readonly Claim[];
  /** Without the entries that name no serial number where a pin is lost: what they would delete may be its face. */
  readonly removals: readonly AbsentClaim[];
  /** Faces that no entry speaks of. */
  readonly left: readonly Face[];
}

type Once = Omit<Match, 'claims'> & { readonly claims: readonly Taken[] };

/** Gives each entry of one user its face, and each face to one entry at most. */
export function matchUser(entries: readonly Enrollment[], faces: readonly Face[], now: Instant): Match {
  const once = matchOnce(entries, faces, now);
  const alike = alikeIn(once, (later) => matchOnce(entries, later, now));
  const isAlike = new Set([...alike.values()].flat());
  return {
    claims: once.claims.map((claim) => ({ alike: alike.get(claim.entry) ?? none, ...claim })),
    removals: once.removals,
    left: isAlike.size === 0 ? once.left : once.left.filter((face) => !isAlike.has(face)),
  };
}

const none: readonly Face[] = [];

function matchOnce(entries: readonly Enrollment[], faces: readonly Face[], now: Instant): Once {
  const sorted = entries.toSorted((a, b) => compareText(a.key, b.key));
  const left = faces.toSorted(byHealth(now));
  const present = sorted.filter((entry) => entry.state === 'present');
  const absent = sorted.filter((entry) => entry.state === 'absent');
  const pool: Pool = { left, applicants: applicantsOf(present), now };
  const pinned = takePinned(present, left);
  // Named faces go before any entry takes a face by its flow.
  const named = new Map(absent.flatMap((entry) => (entry.serialNumber === undefined ? [] : [takeNamed(entry, left)])));
  const claims = claimFaces(present, pinned, pool);
  const certain = claims.some(isPinLost) ? absent.filter((entry) => named.has(entry)) : absent;
  const removals = certain.map((entry) => ({ entry, faces: named.get(entry) ?? takeAll(left, goesWith(entry)) }));
  return { claims, removals, left };
}

/**
 * Faces that entries which are not enabled would claim one run after the other, each once those before it are disabled.
 * Only matching again tells, since a face may show something else to the steps once it is disabled.
 */
function alikeIn(
  { claims, left }: Once,
  matchAgain: (faces: readonly Face[]) => Once,
): ReadonlyMap<PresentEnrollment, readonly Face[]> {
  const alike = new Map<PresentEnrollment, readonly Face[]>();
  let faces = [...left, ...claims.flatMap(({ face }) => face ?? none)];
  for (let going = facesToDisable(claims); going.length > 0;) {
    const disabled = new Set(going.map(({ face }) => face));
    faces = faces.map((face) => (disabled.has(face) ? { ...face, status: 'DISABLED' } : face));
    going = facesToDisable(matchAgain(faces).claims).filter(({ face }) => left.includes(face));
    for (const { entry, face } of going) alike.set(entry, [...(alike.get(entry) ?? none), face]);
  }
  return alike;
}

function facesToDisable(claims: Once['claims']): readonly { readonly entry: PresentEnrollment; readonly face: Face }[] {
  return claims.flatMap(({ entry, face }) =>
    entry.enabled || face === undefined || !isInUse(face) ? [] : [{ entry, face }],
  );
}

/** Takes from `left` the faces whose serial numbers the entries name. */
function takePinned(present: readonly PresentEnrollment[], left: Face[]): readonly Taken[] {
  return present.flatMap((entry) => {
    if (entry.serialNumber === undefined) return [];
    const face = takeAny(left, ({ serialNumber }) => serialNumber === entry.serialNumber);
    return face === undefined ? [] : [{ entry, face, fit: fitOf(entry, face), pin: 'held', step: 'serialNumber' }];
  });
}

function takeNamed(entry: AbsentEnrollment, left: Face[]): readonly [AbsentEnrollment, readonly Face[]] {
  return [entry, takeAll(left, ({ serialNumber }) => serialNumber === entry.serialNumber)];
}

/** Takes from the pool what it gives away. */
function claimFaces(present: readonly PresentEnrollment[], pinned: readonly Taken[], pool: Pool): readonly Taken[] {
  const claimed = new Map<PresentEnrollment, Taken>();
  const add = (taken: Taken): void => void claimed.set(taken.entry, taken);
  for (const taken of pinned) add(taken);
  const unpinned = present.filter((entry) => !claimed.has(entry));
  const [enabled, disabled] = [unpinned.filter((entry) => entry.enabled), unpinned.filter((entry) => !entry.enabled)];
  for (const taken of stepThrough(enabled, pool)) add(taken);
  for (const taken of stepThrough(disabled, pool)) add(taken);
  if (claimed.size < present.length && ![...claimed.values()].some(isTokenInDoubt)) {
    const open = present.filter((entry) => !claimed.has(entry));
    const alone = loneWebPair(open, pool);
    if (alone !== undefined) add(alone);
  }
  return present.map((entry) => claimed.get(entry) ?? { entry, fit: 'none', pin: pinOf(entry) });
}

/** Whether a token entry has a face that may be a web one: then a web face that is left may be the token's. */
function isTokenInDoubt({ entry, face, pin }: Taken): boolean {
  return entry.face.flow === 'token' && face?.applicantId !== undefined && pin !== 'held';
}

/**
 * A single web entry and a single web face that are left are one face whose applicant changed. Not a face of an applicant
 * that another entry names, such as a second one of theirs; and an entry whose pin is lost meant another face.
 */
function loneWebPair(present: readonly PresentEnrollment[], { left, applicants }: Pool): Taken | undefined {
  const entries = present.filter((entry) => entry.face.flow === 'web');
  const [entry] = entries;
  if (entry === undefined || entries.length !== 1 || !entry.enabled || pinOf(entry) === 'lost') return undefined;
  const isNobodys = (face: Face): boolean => ofFlow.web(face) && !isOfWebEntry(face, applicants);
  if (left.filter(isNobodys).length !== 1) return undefined;
  const face = takeAny(left, isNobodys);
  return face && { entry, face, fit: 'other', pin: 'none', step: 'the only web entry and web face left' };
}

function goesWith({ flow }: AbsentEnrollment): (face: Face) => boolean {
  return flow === undefined ? () => true : ofFlow[flow];
}

/** The applicants that web entries name. */
export function applicantsOf(present: readonly PresentEnrollment[]): ReadonlySet<string> {
  return new Set(present.flatMap(({ face }) => (face.flow === 'web' ? [face.applicantId] : [])));
}
