import type { Face } from '../../model/face.ts';
import type { Outcome, Task } from '../../model/outcome.ts';
import { writingChanges, type Plan, type WritingChange } from '../../model/plan.ts';
import { byUser, type Stop } from './apply.ts';
import { forEachLimited } from '../../limit/for-each-limited.ts';
import { progressOf, type Progress } from './progress.ts';
import { readBefore } from './read-before.ts';

const staleNote = "the user's faces have changed since the plan was made";

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
    const read = await readOnce(planned, () => readFaces(uuid));
    if (read.state === 'ended') for (const outcome of read.outcomes) ended.set(outcome.change, outcome);
  });
  const stopped = stop();
  if (ended.size === 0 && stopped === undefined) return undefined;
  const note = stopped ?? 'not started: other changes are stale, or their users could not be read';
  return changes.map((change) => ended.get(change) ?? { state: 'skipped', change, note });
}

/**
 * One user before the planned changes are written: the faces are those of the plan but for what is done already, or the
 * changes end without a write.
 */
export type Comparison =
  | { readonly state: 'fresh'; readonly faces: readonly Face[]; readonly progress: Progress }
  | { readonly state: 'ended'; readonly outcomes: readonly Outcome[] };

/**
 * Reads one user before the planned changes are written.
 *
 * @param wait for a replace that has deleted the old face and not created the new one: another run may be at it.
 */
export async function readToCompare(
  changes: readonly WritingChange[],
  read: () => Promise<readonly Face[]>,
  wait: () => Promise<void>,
): Promise<Comparison> {
  const first = await readOnce(changes, read);
  if (first.state === 'ended' || !isHalfReplaced(first.progress)) return first;
  await wait();
  return readOnce(changes, read);
}

function isHalfReplaced({ cleared, made }: Progress): boolean {
  return [...cleared].some((change) => !made.has(change));
}

async function readOnce(changes: readonly WritingChange[], read: () => Promise<readonly Face[]>): Promise<Comparison> {
  const result = await readBefore(changes, read, "the tenant no longer knows the plan's user");
  if (result.state === 'ended') return result;
  const { faces } = result;
  const progress = progressOf(changes, faces);
  if (progress !== undefined) return { state: 'fresh', faces, progress };
  return { state: 'ended', outcomes: changes.map((change) => ({ state: 'stale', change, note: staleNote })) };
}
