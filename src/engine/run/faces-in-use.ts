import type { NewFace } from '../../model/enrollment.ts';
import type { Face } from '../../model/face.ts';
import type { AskedFace } from '../../model/shown/past-run.ts';
import { isCreating, type CreatingChange, type WritingChange } from '../../model/plan.ts';
import type { Created } from '../../model/tenant.ts';
import { compareText } from '../../model/values/order.ts';
import type { Claimed } from './claimed-faces.ts';
import { looksMobile } from '../match/flow-steps.ts';
import { isInUse, isPending } from '../match/health.ts';

/**
 * Whether a face may be what a create makes. The vendor does not say what `mobile` is before a face is activated, nor
 * whether a token face has an applicant. A face that was disabled before its activation still shows what it showed.
 */
export function mayBe(face: Face, create: NewFace): boolean {
  switch (create.flow) {
    case 'mobile':
      return (
        face.mobile !== false || (face.applicantId === undefined && (isPending(face) || face.status === 'DISABLED'))
      );
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

/** One user's faces, as one reading shows them, beside those that the plan leaves and makes. */
export class FacesInUse {
  readonly #creating: readonly CreatingChange[];
  /** Faces in use that were there when the plan was made, and that it leaves. */
  readonly #left: readonly Face[];
  readonly #claimed: Claimed;
  readonly #new: readonly Face[];
  readonly #inUse: readonly Face[];

  constructor({ changes, planned, tools: { claimed } }: PlannedFaces, faces: readonly Face[]) {
    this.#creating = changes.filter((change) => isCreating(change));
    const going = new Set(changes.flatMap((change) => (isGoing(change) ? change.face.id : [])));
    this.#left = planned.filter((face) => isInUse(face) && !going.has(face.id));
    this.#claimed = claimed;
    this.#new = faces.filter((face) => !isAmong(planned, face));
    this.#inUse = faces.filter((face) => isInUse(face));
  }

  /**
   * Whether this run has to take its face back, since as many as the plan asks for were there before it. All runs decide
   * alike, for they compare by `created` and then by id, and never by status, which may change between two readings. What
   * the plan leaves counts, too: it may be what a run makes that planned a little earlier, and for which it is new.
   */
  yields({ change, face: answered, via }: Made): boolean {
    const mine = this.#inUse.find(({ id }) => id === answered.id);
    if (mine === undefined || via !== 'answer' || !this.#isSurely(mine, change)) return false;
    // Somebody has acted on it since.
    if (!isPending(mine) && mine.status !== answered.status) return false;
    const left = this.#left.filter((face) => this.#isSurely(face, change) && this.#mayAnswer(face, change));
    const first = this.#inUseOf(left).filter(
      (face) => isBefore(face, mine) && this.#isSurely(face, change) && looksLike(face, mine, change.create),
    );
    return first.length >= this.#asked(change) + left.length;
  }

  /**
   * New faces that answer a change, or others that ask for the same, where there are more than the plan asks for. A face
   * that the plan has for another entry may be gone by now, and a new one in its place.
   */
  crowd(change: CreatingChange): readonly Face[] {
    const left = this.#leftTo([change]);
    const most = this.#asked(change) + left.length;
    const isOfPlan = (face: Face): boolean => isAmong(left, face);
    const inUse = this.#inUseOf(left);
    const sure = inUse.filter((face) => isOfPlan(face) || this.#isSurely(face, change));
    if (sure.length > most) return sure.filter((face) => !isOfPlan(face));
    const possible = inUse.filter((face) => isOfPlan(face) || mayBe(face, change.create));
    const areMore = possible.length > most && this.#areMoreThanAsked();
    return areMore ? possible.filter((face) => !isOfPlan(face)) : [];
  }

  /** Whether there are as many faces as the plan asks for, without the given ones. */
  areEnough(change: CreatingChange, without: ReadonlySet<string>): boolean {
    const left = this.#leftTo([change]);
    const others = this.#inUseOf(left).filter((face) => !without.has(face.id) && mayBe(face, change.create));
    return others.length >= this.#asked(change) + left.length;
  }

  /** How many faces of its kind the plan makes. */
  #asked({ create }: CreatingChange): number {
    return this.#creating.filter((other) => kindOf(other.create) === kindOf(create)).length;
  }

  /** Of all kinds together. New faces that have come out of use count, too: they tell what the others are. */
  #areMoreThanAsked(): boolean {
    const left = this.#leftTo(this.#creating);
    const made = this.#new.filter((face) => this.#creating.some(({ create }) => mayBe(face, create)));
    const stays = this.#inUse.filter((face) => isAmong(left, face));
    return made.length + stays.length > this.#creating.length + left.length;
  }

  /** Faces that the plan has for other entries that ask for the same as one of the changes. */
  #leftTo(changes: readonly CreatingChange[]): readonly Face[] {
    const isFor = (face: Face, { create }: CreatingChange): boolean =>
      this.#claimed.get(face.id) === create.flow && mayBe(face, create);
    return this.#left.filter((face) => changes.some((change) => isFor(face, change)));
  }

  #mayAnswer(face: Face, { create }: CreatingChange): boolean {
    return (this.#claimed.get(face.id) ?? create.flow) === create.flow;
  }

  /** New faces and those that are left, as they are now, where they are in use. */
  #inUseOf(left: readonly Face[]): readonly Face[] {
    return this.#inUse.filter((face) => this.#new.includes(face) || isAmong(left, face));
  }

  #isSurely(face: Face, { create }: CreatingChange): boolean {
    return isSurely(face, create, this.#creating);
  }
}

/** A user's changes, and the faces that they were planned for. */
export interface PlannedFaces {
  readonly changes: readonly WritingChange[];
  readonly planned: readonly Face[];
  readonly tools: { readonly claimed: Claimed };
}

function isAmong(faces: readonly Face[], { id }: Face): boolean {
  return faces.some((face) => face.id === id);
}

function isGoing(change: WritingChange): change is Exclude<WritingChange, { action: 'create' | 'update' }> {
  return change.action === 'delete' || change.action === 'replace' || change.action === 'disable';
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
