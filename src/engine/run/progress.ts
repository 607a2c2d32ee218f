import type { Face } from '../../model/face.ts';
import { isCreating, type CreatingChange, type WritingChange } from '../../model/plan.ts';
import { compareText } from '../../model/values/order.ts';
import { fingerprint } from '../plan/fingerprint.ts';
import { isInUse } from '../match/health.ts';
import { fits } from './faces-in-use.ts';

/** How much of one user's changes is done already, by an earlier run of the plan or by another that wants the same. */
export interface Progress {
  /** Updates, disables and deletes that are done. */
  readonly done: ReadonlySet<WritingChange>;
  /** Faces that creates and replaces ask for, and that are there. */
  readonly made: ReadonlyMap<WritingChange, Face>;
  /** Replaces whose old face is gone. */
  readonly cleared: ReadonlySet<WritingChange>;
}

/** Ways to tell which new faces answer which creates that are tried at most; faces of one user are few. */
const mostGuesses = 4096;

/**
 * Compares one user's faces with those that the plan was made for, once what is done of the changes is undone in memory.
 *
 * @returns undefined where they differ in anything else: then the changes are stale.
 */
export function progressOf(changes: readonly WritingChange[], faces: readonly Face[]): Progress | undefined {
  const [precondition, ...others] = new Set(changes.map((change) => change.precondition));
  if (precondition === undefined || others.length > 0) return undefined;
  if (fingerprint(faces) === precondition) return { done: new Set(), made: new Map(), cleared: new Set() };
  const { before, done, cleared } = undone(changes, faces);
  let guesses = 0;
  for (const made of assignments(creatingOf(changes), candidates(changes, faces))) {
    if ((guesses += 1) > mostGuesses) break;
    const taken = new Set(made.values());
    const isWhole = [...cleared].every((change) => made.has(change) || isDeleteFirst(change));
    if (isWhole && fingerprint(before.filter((face) => !taken.has(face))) === precondition) {
      return { done, made, cleared };
    }
  }
  return undefined;
}

/** A replace that creates first never leaves a user without both faces; somebody else has deleted the old one. */
function isDeleteFirst(change: WritingChange): boolean {
  return change.action === 'replace' && change.order === 'delete-first';
}

/**
 * In the order of a run: what of the new faces can't be told apart, such as a pending one that may be the mobile one or
 * the token's, answers the changes that come first, for a run that was cut short has made these. Web entries are before
 * all, since a face with such an applicant is hardly a token's.
 */
function creatingOf(changes: readonly WritingChange[]): readonly CreatingChange[] {
  const turn = ({ create }: CreatingChange): number => (create.flow === 'web' ? 0 : 1);
  return changes
    .filter((change) => isCreating(change))
    .toSorted((a, b) => turn(a) - turn(b) || compareText(a.action, b.action));
}

/** Faces that no change names, and that a create may have made. */
function candidates(changes: readonly WritingChange[], faces: readonly Face[]): readonly Face[] {
  const named = new Set(changes.flatMap((change) => (change.action === 'create' ? [] : [change.face.id])));
  return faces.filter((face) => !named.has(face.id) && isInUse(face));
}

interface Undone {
  readonly before: readonly Face[];
  readonly done: ReadonlySet<WritingChange>;
  readonly cleared: ReadonlySet<WritingChange>;
}

/** Takes back all that needs no guess: what was updated, disabled or deleted. */
function undone(changes: readonly WritingChange[], faces: readonly Face[]): Undone {
  const before = new Map(faces.map((face) => [face.id, face]));
  const done = new Set<WritingChange>();
  const cleared = new Set<WritingChange>();
  for (const change of changes) {
    if (change.action === 'create') continue;
    const { face } = change;
    const live = before.get(face.id);
    if (change.action === 'delete' || change.action === 'replace') {
      if (live !== undefined) continue;
      before.set(face.id, face);
      (change.action === 'delete' ? done : cleared).add(change);
    } else if (live !== undefined && isAsWritten(change, live)) {
      before.set(face.id, { ...live, status: face.status, expiry: face.expiry });
      done.add(change);
    }
  }
  return { before: [...before.values()], done, cleared };
}

function isAsWritten(change: Extract<WritingChange, { action: 'update' | 'disable' }>, live: Face): boolean {
  return live.status === change.to.status && live.expiry === change.to.expiry;
}

/** Every way to say which of the faces answer which of the creates; each face answers one at most. */
function* assignments(
  creating: readonly CreatingChange[],
  faces: readonly Face[],
): Generator<ReadonlyMap<WritingChange, Face>, void> {
  const [change, ...others] = creating;
  if (change === undefined) {
    yield new Map();
    return;
  }
  for (const face of [...faces.filter((each) => fits(each, change.create)), undefined]) {
    for (const rest of assignments(
      others,
      faces.filter((other) => other !== face),
    )) {
      yield face === undefined ? rest : new Map([...rest, [change, face]]);
    }
  }
}
