import type { SkippedFile } from '../../desired/index.ts';
import type { TraceLine } from '../../provider/index.ts';
import type { FilledIn } from '../../sandbox/index.ts';
import type { MissingEntry } from '../../model/plan.ts';
import type { StopSignal, Surroundings } from './io.ts';

/** What takes long. */
export type Activity = 'read-users' | 'read-settings' | 'apply' | 'send';

/** Told how far an activity is. */
export interface Progress {
  readonly update: (done: number, total: number) => void;
  /** The activity is over, however it ended. */
  readonly end: () => void;
}

/** Told what goes on while a command works. */
export interface Watch {
  readonly begin: (activity: Activity) => Progress;
  readonly interrupted: (signal: StopSignal) => void;
  /** Each try of each call; missing where nobody wants to hear of them. */
  readonly called?: (call: TraceLine) => void;
  /** The seed of the order in which users are worked on; missing where nobody wants to hear of it. */
  readonly ordered?: (seed: number) => void;
  /** A file below a directory that was not read. */
  readonly skipped: (file: SkippedFile) => void;
  /** An entry that is ignored since the tenant does not have its user; missing where nobody wants to hear of them. */
  readonly ignored?: (entry: MissingEntry) => void;
  /** Users and members of groups that the files name and the embedded tenant of this file lacked; there may be none. */
  readonly filledIn?: (file: string, lacked: FilledIn) => void;
}

/** What the work of a command has: it cannot print, and what goes on is told to the watch. */
export interface World extends Surroundings {
  readonly watch: Watch;
  /** Breaks what is read once it is aborted; where it is missing, only the end of the process does. */
  readonly cancel?: AbortSignal | undefined;
}

/** Does a piece of work and tells how far it is. */
export async function watched<T>(
  { watch }: World,
  activity: Activity,
  work: (onProgress: Progress['update']) => Promise<T>,
): Promise<T> {
  const progress = watch.begin(activity);
  try {
    return await work(progress.update);
  } finally {
    progress.end();
  }
}
