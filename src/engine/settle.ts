import type { Instant } from '../model/instant.ts';
import type { Face } from '../model/face.ts';
import type { Outcome } from '../model/outcome.ts';
import type { WritingChange } from '../model/plan.ts';

/** A write that the tenant accepted, and what must be seen when the user's faces are read once more. */
export interface Written {
  readonly state: 'accepted';
  readonly change: WritingChange;
  /** Faces that must be there. `status` and `expiry` only where an update set them. */
  readonly present: readonly { readonly id: string; readonly status?: string; readonly expiry?: Instant }[];
  /** Ids that must be gone. */
  readonly gone: readonly string[];
  readonly note?: string;
}

/** What of a write is not to be seen in the faces; undefined where all is there. */
export function missingFrom(written: Written, faces: readonly Face[]): string | undefined {
  const byId = new Map(faces.map((face) => [face.id, face]));
  for (const id of written.gone) if (byId.has(id)) return `the deleted face ${id} is still there`;
  for (const expected of written.present) {
    const face = byId.get(expected.id);
    if (face === undefined) return `the new face ${expected.id} is not there`;
    if (expected.status !== undefined && face.status !== expected.status) {
      return `its status is ${face.status}, not ${expected.status}`;
    }
    if (expected.expiry !== undefined && face.expiry !== expected.expiry)
      return 'its expiry is not the one that was set';
  }
  return undefined;
}

/** The outcome of a write that has been accepted, in the light of a later reading. */
export function settle(written: Written, faces: readonly Face[]): Outcome {
  const missing = missingFrom(written, faces);
  if (missing !== undefined) {
    return {
      state: 'failed',
      change: written.change,
      refusal: { message: `the tenant accepted the write, but ${missing}` },
    };
  }
  return applied(written);
}

/** Trusts the tenant's answer. */
export function applied(written: Written): Outcome {
  const id = written.present[0]?.id;
  return {
    state: 'applied',
    change: written.change,
    ...(id === undefined ? {} : { faceId: id }),
    ...(written.note === undefined ? {} : { note: written.note }),
  };
}
