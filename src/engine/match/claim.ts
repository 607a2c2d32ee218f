import type { PresentEnrollment } from '../../model/enrollment.ts';
import type { Face } from '../../model/face.ts';

/** One present entry with the face that is its own; `other` where the face must be replaced to become so. */
export interface Claim {
  readonly entry: PresentEnrollment;
  readonly face?: Face;
  readonly fit: 'same' | 'other' | 'none';
  /** The entry names a serial number, and no such face is there. */
  readonly pin: 'held' | 'lost' | 'none';
  /** Name of the step that gave the entry its face, such as `web by applicantId`. */
  readonly step?: string;
  /**
   * For an entry that is not enabled: further faces that it would claim, one a run, once its first is disabled.
   * They are disabled together, so that one apply is enough.
   */
  readonly alike: readonly Face[];
}

/** Whether an entry names a serial number that no face has, so that which face it means is a guess. */
export function isPinLost({ pin }: Pick<Claim, 'pin'>): boolean {
  return pin === 'lost';
}

/** Of an entry that is asked after the faces were looked for by serial number: one that names any has not found it. */
export function pinOf(entry: PresentEnrollment): 'lost' | 'none' {
  return entry.serialNumber === undefined ? 'none' : 'lost';
}
