import type { Face } from '../../model/face.ts';
import type { Outcome, Task } from '../../model/outcome.ts';
import { writingChanges, type Plan, type WritingChange } from '../../model/plan.ts';
import { byUser, type Stop } from './apply.ts';
import { forEachLimited } from '../../limit/for-each-limited.ts';
import { fingerprint } from '../plan/fingerprint.ts';
import { readBefore } from './read-before.ts';

const staleNote = "the user's faces have changed since the plan was made";

/** Whether the user's faces still are what his changes were planned for. */
function areFresh(changes: readonly WritingChange[], faces: readonly Face[]): boolean {
  const now = fingerprint(faces);
  return changes.every((change) => change.precondition === now);
}

/**
 * Reads the users that a plan touches, and writes nothing.
 *
 * @returns one outcome for each change where any is stale or its user could not be read, else undefined.
 */
export async function findStale(
  plan: Plan,
  readFaces: (uuid: string) => Promise<readonly Face[]>,
  { concurrency, stop }: { readonly concurrency: number; readonly stop: Stop },
): Promise<readonly Outcome[] | undefined> {
  const changes = writingChanges(plan);
  const ended = new Map<Task, Outcome>();
  await forEachLimited(concurrency, byUser(changes), async ([uuid, planned]) => {
    if (stop() !== undefined) return;
    const read = await readToCompare(planned, () => readFaces(uuid));
    if (read.state === 'ended') for (const outcome of read.outcomes) ended.set(outcome.change, outcome);
  });
  const stopped = stop();
  if (ended.size === 0 && stopped === undefined) return undefined;
  const note = stopped ?? 'not started: other changes are stale, or their users could not be read';
  return changes.map((change) => ended.get(change) ?? { state: 'skipped', change, note });
}

/** One user before his planned changes are written: his faces are those of the plan, or the changes end without a write. */
export type Comparison =
  | { readonly state: 'fresh'; readonly faceIds: readonly string[] }
  | { readonly state: 'ended'; readonly outcomes: readonly Outcome[] };

/** Reads one user before his planned changes are written. */
export async function readToCompare(
  changes: readonly WritingChange[],
  read: () => Promise<readonly Face[]>,
): Promise<Comparison> {
  const result = await readBefore(changes, read, "the tenant no longer knows the plan's user");
  if (result.state === 'ended') return result;
  const { faces } = result;
  if (areFresh(changes, faces)) return { state: 'fresh', faceIds: faces.map(({ id }) => id) };
  return { state: 'ended', outcomes: changes.map((change) => ({ state: 'stale', change, note: staleNote })) };
}
