import pLimit from 'p-limit';
import type { Face } from '../model/face.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Plan, WritingChange } from '../model/plan.ts';
import { byUser, writingChanges } from './apply.ts';
import { fingerprint } from './fingerprint.ts';

export const staleNote = "the user's faces have changed since the plan was made";

/** Whether the user's faces still are what his changes were planned for. */
export function areFresh(changes: readonly WritingChange[], faces: readonly Face[]): boolean {
  const now = fingerprint(faces);
  return changes.every((change) => change.precondition === now);
}

/**
 * Reads the users that a plan touches, and writes nothing.
 *
 * @param readFaces undefined where a user cannot be read: he is left to the writing, which reads him again.
 * @returns one outcome for each change where any is stale, else undefined.
 */
export async function findStale(
  plan: Plan,
  readFaces: (uuid: string) => Promise<readonly Face[] | undefined>,
  concurrency: number,
): Promise<readonly Outcome[] | undefined> {
  const limit = pLimit(concurrency);
  const changes = writingChanges(plan);
  const stale = new Set<WritingChange>();
  const tasks = byUser(changes).map(([uuid, planned]) =>
    limit(async () => {
      const faces = await readFaces(uuid);
      if (faces !== undefined && !areFresh(planned, faces)) for (const change of planned) stale.add(change);
    }),
  );
  await Promise.all(tasks);
  if (stale.size === 0) return undefined;
  return changes.map((change) =>
    stale.has(change)
      ? { state: 'stale', change, note: staleNote }
      : { state: 'skipped', change, note: 'not started: other changes are stale' },
  );
}
