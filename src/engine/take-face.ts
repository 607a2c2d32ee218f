import type { PresentEnrollment } from '../model/enrollment.ts';
import type { Face } from '../model/face.ts';
import type { Instant } from '../model/instant.ts';
import { healthFor } from './decide.ts';
import { byAge, byHealth, canBeDisabled, type Health } from './health.ts';

type Fits = (face: Face) => boolean;

/** Takes out of `left` the healthiest face for the entry; for one that is not enabled, a face in use comes first. */
export function takeHealthiest(left: Face[], fits: Fits, entry: PresentEnrollment, now: Instant): Face | undefined {
  const order = byHealth((face) => healthFor(entry, face, now));
  const faces = left.filter(fits).toSorted(order);
  const inUse = entry.enabled ? undefined : faces.find(canBeDisabled);
  return takeFirst(inUse === undefined ? faces : [inUse], left);
}

/**
 * Takes out of `left` the newest usable face, for an entry whose pin is lost: the newest is the one that came in place of
 * the pinned one. Where none is usable, the healthiest.
 */
export function takeNewest(left: Face[], fits: Fits, entry: PresentEnrollment, now: Instant): Face | undefined {
  const usable = left.filter((face) => fits(face) && !useless.has(healthFor(entry, face, now)));
  return takeFirst(usable.toSorted(byAge), left) ?? takeHealthiest(left, fits, entry, now);
}

const useless: ReadonlySet<Health> = new Set(['DISABLED', 'EXPIRED', 'FAILED']);

/** Takes out of `left` any face that fits. */
export function takeAny(left: Face[], fits: Fits): Face | undefined {
  return takeFirst(left.filter(fits), left);
}

/** Takes all that fit out of `left`. */
export function takeAll(left: Face[], fits: Fits): readonly Face[] {
  const faces = left.filter(fits);
  for (const face of faces) left.splice(left.indexOf(face), 1);
  return faces;
}

function takeFirst([face]: readonly Face[], left: Face[]): Face | undefined {
  if (face !== undefined) left.splice(left.indexOf(face), 1);
  return face;
}
