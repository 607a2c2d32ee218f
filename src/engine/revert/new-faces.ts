import type { Face, User } from '../../model/face.ts';
import type { Instant } from '../../model/instant.ts';
import { makesFace, type PastChange, type PastCreating } from '../../model/shown/past-run.ts';
import { byAge } from '../match/health.ts';
import { fingerprint } from '../plan/fingerprint.ts';
import { fits } from '../run/faces-in-use.ts';
import { faceKey } from '../plan/plan-user.ts';
import { areSame } from './values.ts';

export interface NewFaces {
  /** The same changes; those whose new face was found have its id. */
  readonly past: readonly PastChange[];
  /** Creates of which nobody can tell whether their face is there. */
  readonly unclear: readonly PastCreating[];
}

/**
 * Finds the new faces of creates whose record does not name them: the newest of the user, if each is what a create asked
 * for, and if without them the user has exactly the faces that the changes were planned for. A face of another kind is
 * somebody else's, and is never taken for one of these.
 */
export function findNewFaces(
  { user, faces }: { readonly user: User; readonly faces: readonly Face[] },
  past: readonly PastChange[],
  now: Instant,
): NewFaces {
  const found = new Map<PastChange, Face>();
  const unclear: PastCreating[] = [];
  for (const [precondition, planned] of byPrecondition(past)) {
    const creates = planned.filter(makesFace).filter(({ faceId }) => faceId === undefined);
    const newest = newestFaces({ faces, planned, precondition, most: creates.length }, now);
    const isUnclear =
      newest === undefined || !areAsked(newest, creates) || (newest.length > 0 && areMixed(creates, faces));
    if (isUnclear) {
      unclear.push(...creates);
      continue;
    }
    for (const [index, create] of creates.entries()) {
      const face = newest[index];
      if (face !== undefined) found.set(create, face);
    }
  }
  return { past: past.map((change) => withFace(change, found.get(change), user)), unclear };
}

/** Whether each of the faces is what another of the creates asked for. */
function areAsked(newest: readonly Face[], creates: readonly PastCreating[]): boolean {
  const [face, ...others] = newest;
  if (face === undefined) return true;
  return creates.some(
    (create) =>
      create.asks !== undefined &&
      fits(face, create.asks) &&
      areAsked(
        others,
        creates.filter((other) => other !== create),
      ),
  );
}

/** Whether some of the new faces are to go, and others, whose old face is gone, are to stay: which is which nobody knows. */
function areMixed(creates: readonly PastCreating[], faces: readonly Face[]): boolean {
  const live = new Set(faces.map(({ id }) => id));
  const staying = creates.filter((create) => create.action === 'replace' && !live.has(create.face.id)).length;
  return staying > 0 && staying < creates.length;
}

/** Which of several creates made a face is not known, so that it goes by its own name. */
function withFace(change: PastChange, face: Face | undefined, user: User): PastChange {
  return makesFace(change) && face !== undefined ? { ...change, faceId: face.id, key: faceKey(user, face) } : change;
}

/** Changes of which the record does not say how they ended, by the plan's fingerprint of the user's faces. */
function byPrecondition(past: readonly PastChange[]): ReadonlyMap<string, readonly PastChange[]> {
  const planned = new Map<string, PastChange[]>();
  for (const change of past) {
    if (change.certainty !== 'possible' || change.precondition === undefined) continue;
    const others = planned.get(change.precondition);
    if (others === undefined) planned.set(change.precondition, [change]);
    else others.push(change);
  }
  return planned;
}

interface Search {
  readonly faces: readonly Face[];
  readonly planned: readonly PastChange[];
  readonly precondition: string;
  readonly most: number;
}

/** Undefined where no number of new faces leads back to the faces of the plan. */
function newestFaces({ faces, planned, precondition, most }: Search, now: Instant): readonly Face[] | undefined {
  if (most === 0) return [];
  const before = restored(faces, planned, now);
  const touched = new Set(planned.flatMap((change) => (change.action === 'create' ? [] : [change.face.id])));
  const newest = before.filter(({ id }) => !touched.has(id)).toSorted(byAge);
  for (let count = 0; count <= Math.min(most, newest.length); count += 1) {
    const added = newest.slice(0, count);
    const ids = new Set(added.map(({ id }) => id));
    if (fingerprint(before.filter(({ id }) => !ids.has(id))) === precondition) return added;
  }
  return undefined;
}

/** The faces as they were, but for those whose create is not found yet. */
function restored(faces: readonly Face[], planned: readonly PastChange[], now: Instant): readonly Face[] {
  const known = new Set(planned.flatMap((change) => (makesFace(change) ? (change.faceId ?? []) : [])));
  const live = new Set(faces.map(({ id }) => id));
  const changed = planned.flatMap((change) => (change.action === 'create' ? [] : [change]));
  const here = faces
    .filter(({ id }) => !known.has(id))
    .map((face) => {
      const change = changed.find((each) => each.face.id === face.id);
      const isDone = change !== undefined && 'to' in change && areSame(face, change.to, now);
      return isDone ? change.face : face;
    });
  return [...here, ...changed.flatMap(({ face }) => (live.has(face.id) ? [] : [face]))];
}
