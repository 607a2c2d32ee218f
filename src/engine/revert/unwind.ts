import type { Instant } from '../../model/instant.ts';
import { areSame, returnTo, type Values } from './values.ts';

/** One update of a face: from these values to those. */
export interface Step {
  readonly before: Values;
  readonly after: Values;
}

/** What a face goes back to. */
export type Unwound =
  | { readonly state: 'as-before' }
  /** Others have changed it since. */
  | { readonly state: 'moved' }
  /** `interrupted`: others had changed the face before the last steps, and only those are undone. */
  | { readonly state: 'back'; readonly to: Values; readonly course: 'whole' | 'interrupted' };

/** A step, and the values before the first of those that lead to it without a change by others between them. */
interface Link extends Step {
  readonly oldest: Values;
  readonly course: 'whole' | 'interrupted';
}

/**
 * Undoes the steps of one face, the last first. A step counts only where the face has what it left; so one that was never
 * carried out, or is undone already, is passed over.
 *
 * @param steps in the order of time.
 */
export function unwind(face: Values, steps: readonly Step[], now: Instant): Unwound {
  const links = linked(steps, now);
  const last = links.findLast((link) => isLeftBy(link, face, now));
  if (last !== undefined) return { state: 'back', to: last.oldest, course: last.course };
  const isBack = links.some(({ oldest }) => areSame(face, oldest, now));
  return { state: isBack ? 'as-before' : 'moved' };
}

/** The face is as the step left it, or as undoing the step has left it. */
function isLeftBy({ after, oldest }: Link, face: Values, now: Instant): boolean {
  return areSame(face, after, now) || areSame(face, returnTo(after, oldest, now).ends, now);
}

function linked(steps: readonly Step[], now: Instant): readonly Link[] {
  const links: Link[] = [];
  for (const step of steps) {
    const previous = links.at(-1);
    const follows = previous === undefined || isNextTo(previous, step, now);
    const course = follows ? (previous?.course ?? 'whole') : 'interrupted';
    const oldest = follows ? (previous?.oldest ?? step.before) : step.before;
    links.push({ ...step, oldest, course });
  }
  return links;
}

/** The step found what the one before it left, or what that one had found, where it was never carried out. */
function isNextTo(previous: Step, { before }: Step, now: Instant): boolean {
  return areSame(before, previous.after, now) || areSame(before, previous.before, now);
}
