import type { Flow, PresentEnrollment } from '../../model/enrollment.ts';
import type { Face } from '../../model/face.ts';
import type { Instant } from '../../model/instant.ts';
import { pinOf, type Claim } from './claim.ts';
import { steps, type Others, type Step } from './flow-steps.ts';
import { healthiest, newestUsable, takeOut } from './take-face.ts';

/** Faces that nobody has claimed yet, and what decides who may. */
export interface Pool {
  readonly left: Face[];
  readonly applicants: ReadonlySet<string>;
  readonly now: Instant;
}

export type Taken = Omit<Claim, 'alike'>;

/** A token entry chooses after the mobile ones, since it may do with what they leave. */
const flows: readonly Flow[] = ['web', 'mobile', 'token'];

const stepsOf: Readonly<Record<Flow, readonly Step[]>> = {
  web: steps.filter(({ flow }) => flow === 'web'),
  mobile: steps.filter(({ flow }) => flow === 'mobile'),
  token: steps.filter(({ flow }) => flow === 'token'),
};

/**
 * Gives each entry the healthiest face of the first step that has one, flow by flow. Those whose pin is lost choose
 * first, and take the newest usable face of any step: the one that came in place of the pinned one.
 *
 * @param pool what is given away is taken out of it.
 */
export function stepThrough(entries: readonly PresentEnrollment[], { left, applicants, now }: Pool): readonly Taken[] {
  if (entries.length === 0 || left.length === 0) return [];
  const claimed = new Map<PresentEnrollment, Taken & { readonly face: Face }>();
  const others: Others = {
    applicants,
    left,
    now,
    mobile: () => [...claimed.values()].flatMap(({ entry, face }) => (entry.face.flow === 'mobile' ? [face] : [])),
    waiting: (flow) => entries.filter((entry) => entry.face.flow === flow && !claimed.has(entry)),
  };
  const give = (entry: PresentEnrollment, face: Face, { name }: Step): void => {
    takeOut(left, face);
    claimed.set(entry, { entry, face, fit: 'same', pin: pinOf(entry), step: name });
  };
  for (const flow of flows) {
    const asking = entries.filter((entry) => entry.face.flow === flow);
    const lost = asking.filter((entry) => pinOf(entry) === 'lost');
    for (const entry of lost.filter(({ enabled }) => enabled)) {
      const candidates = left.flatMap((face) => {
        const step = stepsOf[flow].find(({ fits }) => fits(face, entry, others));
        return step === undefined ? [] : [{ face, step }];
      });
      const found = newestUsable(candidates, entry, now);
      if (found !== undefined) give(entry, found.face, found.step);
    }
    for (const some of [lost, asking]) {
      for (const step of stepsOf[flow]) {
        for (const entry of some) {
          if (claimed.has(entry)) continue;
          const face = healthiest(
            left.filter((face) => step.fits(face, entry, others)),
            entry,
            now,
          );
          if (face !== undefined) give(entry, face, step);
        }
      }
    }
  }
  return [...claimed.values()];
}
