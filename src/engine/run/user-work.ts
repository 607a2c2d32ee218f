import type { NewFace } from '../../model/enrollment.ts';
import type { Face } from '../../model/face.ts';
import { TenantError } from '../../model/failure.ts';
import type { CreatingChange, WritingChange } from '../../model/plan.ts';
import type { Created, Likeness } from '../../model/tenant.ts';
import { isInUse } from '../match/health.ts';
import { isSurely, mayBe, type Made } from './faces-in-use.ts';
import type { Progress } from './progress.ts';
import type { WriteTools } from './write-tools.ts';

/** One user whose changes are being carried out. */
export interface UserWork {
  readonly uuid: string;
  readonly changes: readonly WritingChange[];
  readonly tools: WriteTools;
  readonly progress: Progress;
  /** Faces that the plan was made for; all others are new. */
  readonly planned: readonly Face[];
  /** Faces seen or made by now. */
  readonly knownIds: Set<string>;
  /** Faces that this run has made by now, whatever became of the rest of their changes. */
  readonly made: Made[];
  /** When the last reading was answered: what it waits for its turn does not make it older. Milliseconds. */
  readonly readAt: () => number;
  readonly readFaces: () => Promise<readonly Face[]>;
  /** Told of each face that a create of this run has made. */
  readonly created: (change: CreatingChange, created: Created) => Promise<void>;
}

/** Compares a face that nobody knew of with what a create makes. */
export function likeness(face: Face, create: NewFace, { knownIds, changes }: UserWork): Likeness {
  if (knownIds.has(face.id) || !mayBe(face, create)) return 'none';
  return isInUse(face) && isSurely(face, create, changes) ? 'sure' : 'possible';
}

/** What else has happened to a user since the last reading. */
export type Others =
  | { readonly state: 'none' }
  /** A face that may as well be what the create would make. */
  | { readonly state: 'found'; readonly face: Face }
  | { readonly state: 'stale' };

/** Reads the user again, for faces that nobody knew of. @throws TenantError */
export async function lookAround(create: NewFace, work: UserWork): Promise<Others> {
  const strange = (await work.readFaces()).filter(({ id }) => !work.knownIds.has(id));
  const [face] = strange;
  if (face === undefined) return { state: 'none' };
  if (strange.length > 1 || likeness(face, create, work) !== 'sure') return { state: 'stale' };
  work.knownIds.add(face.id);
  return { state: 'found', face };
}

/** The face that somebody else made in place of a create that was refused; undefined where none can be seen. */
export async function lookForTheirs(create: NewFace, work: UserWork): Promise<Face | undefined> {
  try {
    return (await work.readFaces()).find((face) => likeness(face, create, work) === 'sure');
  } catch (error) {
    if (error instanceof TenantError) return undefined;
    throw error;
  }
}
