import type { Face } from '../../model/face.ts';
import type { Instant } from '../../model/instant.ts';
import type { Claim } from './claim.ts';
import { steps, type Others } from './flow-steps.ts';
import { healthOf, isUsable } from './health.ts';
import { applicantsOf, type Match } from './match.ts';

/** A usable face that no entry claims, though an entry that has another would take it by the same step. */
export interface Duplicate {
  readonly face: Face;
  readonly entry: Claim['entry'];
  /** The face that the entry has. */
  readonly other: Face;
}

/**
 * Faces of one user that answer an entry a second time. An entry that is pinned has none: its pin says which face is
 * meant.
 */
export function duplicatesIn({ claims, left }: Match, now: Instant): readonly Duplicate[] {
  const usable = left.filter((face) => isUsable(healthOf(face, now)));
  if (usable.length === 0) return [];
  const others: Others = {
    applicants: applicantsOf(claims.map(({ entry }) => entry)),
    mobile: () => [],
    left: [...left],
    waiting: () => [],
    now,
  };
  const takes = ({ entry, step: name }: Claim, face: Face): boolean =>
    entry.enabled && steps.some((step) => step.name === name && step.fits(face, entry, others));
  return usable.flatMap((face) => {
    const claim = claims.find((one) => takes(one, face));
    return claim?.face === undefined ? [] : [{ face, entry: claim.entry, other: claim.face }];
  });
}
