import type { Face } from '../../model/face.ts';
import { TenantError } from '../../model/failure.ts';
import type { Outcome, Task } from '../../model/outcome.ts';

/** One user before anything is written: the faces, or how all that was to be done has ended. */
export type ReadBefore =
  | { readonly state: 'read'; readonly faces: readonly Face[] }
  | { readonly state: 'ended'; readonly outcomes: readonly Outcome[] };

/**
 * Reads one user before anything is written.
 *
 * @param goneNote note of the outcomes where the tenant does not have the user any more.
 */
export async function readBefore(
  changes: readonly Task[],
  read: () => Promise<readonly Face[]>,
  goneNote: string,
): Promise<ReadBefore> {
  try {
    return { state: 'read', faces: await read() };
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    const { refusal } = error;
    // Nothing was sent, so that even a reading without an answer leaves no doubt.
    const end = (change: Task): Outcome =>
      refusal.status === 404 ? { state: 'stale', change, note: goneNote } : { state: 'failed', change, refusal };
    return { state: 'ended', outcomes: changes.map(end) };
  }
}
