import type { NewFace } from '../../model/enrollment.ts';
import type { Face } from '../../model/face.ts';
import type { AskedFace } from '../../model/shown/past-run.ts';
import { isCreating, type CreatingChange, type WritingChange } from '../../model/plan.ts';
import type { Created } from '../../model/tenant.ts';
import { compareText } from '../../model/values/order.ts';
import { looksMobile } from '../match/flow-steps.ts';
import { isInUse, isPending } from '../match/health.ts';

/**
 * Whether a face may be what a create makes. The vendor does not say what `mobile` is before a face is activated, nor
 * whether a token face has an applicant.
 */
export function mayBe(face: Face, create: NewFace): boolean {
  switch (create.flow) {
    case 'mobile':
      return face.mobile !== false || (face.applicantId === undefined && isPending(face));
    case 'web':
      return face.applicantId === create.applicantId;
    case 'token':
      return face.mobile !== true;
  }
}

/** Whether the planner would take the face for what a create makes. */
export function fits(face: Face, create: AskedFace): boolean {
  switch (create.flow) {
    case 'mobile':
      return looksMobile(face);
    case 'web':
      return face.applicantId === create.applicantId;
    case 'token':
      return face.mobile === false;
  }
}

/** Whether a face looks as the one does that a create made. A token face may show an applicant, and a web one always does. */
function looksLike(face: Face, mine: Face, { flow }: NewFace): boolean {
  if (flow !== 'token') return true;
  return (face.applicantId === undefined) === (mine.applicantId === undefined) && isPending(face) === isPending(mine);
}

/** What two creates of one user have in common if no face tells theirs apart. */
function kindOf(create: NewFace): string {
  return create.flow === 'web' ? `web ${create.applicantId}` : create.flow;
}

/** A face that answers a create: made by it, or `found`. */
export interface Obtained {
  readonly change: CreatingChange;
  /** As the answer to the create had it, or a later reading. */
  readonly face: Face;
  /** `answer`: its id came in the answer to this run's create. Only such a face is ever taken back. */
  readonly via: Created['via'];
}

/** A face that a change of this run has made. */
export type Made = Obtained & { readonly via: 'answer' | 'adopted' };

/** One user's new faces, as one reading shows them, beside the creates of the plan. */
export class NewFaces {
  readonly #creating: readonly CreatingChange[];
  readonly #faces: readonly Face[];

  /** @param plannedIds the faces that the plan was made for; all others are new. */
  constructor(changes: readonly WritingChange[], plannedIds: ReadonlySet<string>, faces: readonly Face[]) {
    this.#creating = changes.filter((change) => isCreating(change));
    this.#faces = faces.filter((face) => !plannedIds.has(face.id) && isInUse(face));
  }

  /**
   * Whether this run has to take its face back, since as many as the plan asks for were there before it. All runs decide
   * alike, for they compare by `created` and then by id, and never by status, which may change between two readings.
   */
  yields({ change, face: answered, via }: Made): boolean {
    const mine = this.#faces.find(({ id }) => id === answered.id);
    if (mine === undefined || via !== 'answer' || !this.#isSurely(mine, change)) return false;
    // Somebody has acted on it since.
    if (!isPending(mine) && mine.status !== answered.status) return false;
    const first = this.#faces.filter(
      (face) => isBefore(face, mine) && this.#isSurely(face, change) && looksLike(face, mine, change.create),
    );
    return first.length >= this.#wanted(change);
  }

  /** New faces that answer a change, or others that ask for the same, beyond those that the plan asks for. */
  crowd(change: CreatingChange): readonly Face[] {
    const sure = this.#faces.filter((face) => this.#isSurely(face, change));
    if (sure.length > this.#wanted(change)) return sure;
    const possible = this.#faces.filter((face) => this.#creating.some(({ create }) => mayBe(face, create)));
    return possible.length > this.#creating.length ? possible.filter((face) => mayBe(face, change.create)) : [];
  }

  /** Whether there are as many faces as the plan asks for, without the given ones. */
  areEnough(change: CreatingChange, without: ReadonlySet<string>): boolean {
    const left = this.#faces.filter((face) => !without.has(face.id) && mayBe(face, change.create));
    return left.length >= this.#wanted(change);
  }

  #wanted({ create }: CreatingChange): number {
    return this.#creating.filter((other) => kindOf(other.create) === kindOf(create)).length;
  }

  #isSurely(face: Face, { create }: CreatingChange): boolean {
    return isSurely(face, create, this.#creating);
  }
}

/** Whether the face is what the create makes, and can be nothing else that the plan makes. */
export function isSurely(face: Face, create: NewFace, changes: readonly WritingChange[]): boolean {
  const isOther = (change: WritingChange): boolean =>
    isCreating(change) && kindOf(change.create) !== kindOf(create) && mayBe(face, change.create);
  return fits(face, create) && !changes.some(isOther);
}

/** `created` may have whole seconds. A face without it is before none. */
function isBefore(one: Face, other: Face): boolean {
  if (one.created === undefined || other.created === undefined || one.id === other.id) return false;
  return one.created < other.created || (one.created === other.created && compareText(one.id, other.id) < 0);
}
