import type { PresentEnrollment } from '../../model/enrollment.ts';
import type { Face } from '../../model/face.ts';
import type { Instant } from '../../model/instant.ts';
import { healthFor } from './decide.ts';
import { byAge, isInUse, compareHealth, isUsable } from './health.ts';

/**
 * The healthiest of `faces` for the entry; for one that is not enabled, a face in use comes first.
 *
 * @param faces the healthiest in itself first, which decides among those past the entry's lifetime.
 */
export function healthiest(faces: readonly Face[], entry: PresentEnrollment, now: Instant): Face | undefined {
  if (faces.length < 2) return faces[0];
  const sorted = faces.toSorted((a, b) => compareHealth(healthFor(entry, a, now), healthFor(entry, b, now)));
  const inUse = entry.enabled ? undefined : sorted.find(isInUse);
  return inUse ?? sorted[0];
}

/** The candidate with the newest face that is of any use to the entry. */
export function newestUsable<C extends { readonly face: Face }>(
  candidates: readonly C[],
  entry: PresentEnrollment,
  now: Instant,
): C | undefined {
  const usable = candidates.filter(({ face }) => isUsable(healthFor(entry, face, now)));
  return usable.toSorted((a, b) => byAge(a.face, b.face))[0];
}

/** Takes out of `left` any face that fits. */
export function takeAny(left: Face[], fits: (face: Face) => boolean): Face | undefined {
  const face = left.find(fits);
  if (face !== undefined) takeOut(left, face);
  return face;
}

/** Takes all that fit out of `left`. */
export function takeAll(left: Face[], fits: (face: Face) => boolean): readonly Face[] {
  const faces = left.filter(fits);
  for (const face of faces) takeOut(left, face);
  return faces;
}

export function takeOut(left: Face[], face: Face): void {
  left.splice(left.indexOf(face), 1);
}
