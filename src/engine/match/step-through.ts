import type { Flow, PresentEnrollment } from '../../model/enrollment.ts';
import type { Face } from '../../model/face.ts';
import { pinOf, type Claim } from './claim.ts';
import { steps, type Others, type Step } from './flow-steps.ts';
import { healthiest, newestUsable, takeOut } from './take-face.ts';

/** Faces that nobody has claimed yet, and what decides who may. */
export type Pool = Pick<Others, 'left' | 'applicants' | 'now'>;

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
export function stepThrough(entries: readonly PresentEnrollment[], pool: Pool): readonly Taken[] {
  if (entries.length === 0 || pool.left.length === 0) return [];
  const round = new Round(entries, pool);
  for (const flow of flows) {
    const asking = entries.filter((entry) => entry.face.flow === flow);
    if (asking.length === 0) continue;
    const lost = asking.filter((entry) => pinOf(entry) === 'lost');
    for (const entry of lost.filter(({ enabled }) => enabled)) round.giveNewest(entry);
    for (const step of stepsOf[flow]) for (const entry of lost) round.giveHealthiest(entry, step);
    for (const step of stepsOf[flow]) for (const entry of asking) round.giveHealthiest(entry, step);
  }
  return round.taken;
}

/** What has been given to whom by now. */
class Round {
  readonly #claimed = new Map<PresentEnrollment, Taken & { readonly face: Face }>();
  readonly #others: Others;

  constructor(entries: readonly PresentEnrollment[], pool: Pool) {
    const claims = this.#claimed;
    const { left, applicants, now } = pool;
    // Spelled out: V8 takes a hundred times as long where a spread comes first, and each user with entries passes here.
    this.#others = {
      left,
      applicants,
      now,
      mobile: () => [...claims.values()].filter(({ entry }) => entry.face.flow === 'mobile').map(({ face }) => face),
      waiting: (flow) => entries.filter((entry) => entry.face.flow === flow && !claims.has(entry)),
    };
  }

  get taken(): readonly Taken[] {
    return [...this.#claimed.values()];
  }

  giveNewest(entry: PresentEnrollment): void {
    const { left, now } = this.#others;
    const candidates = left.flatMap((face) => {
      const step = stepsOf[entry.face.flow].find(({ fits }) => fits(face, entry, this.#others));
      return step === undefined ? [] : [{ face, step }];
    });
    const newest = newestUsable(candidates, entry, now);
    if (newest !== undefined) this.#give(entry, newest.face, newest.step);
  }

  giveHealthiest(entry: PresentEnrollment, step: Step): void {
    if (this.#claimed.has(entry)) return;
    const { left, now } = this.#others;
    const fitting = left.filter((face) => step.fits(face, entry, this.#others));
    const face = healthiest(fitting, entry, now);
    if (face !== undefined) this.#give(entry, face, step);
  }

  #give(entry: PresentEnrollment, face: Face, { name }: Step): void {
    takeOut(this.#others.left, face);
    this.#claimed.set(entry, { entry, face, fit: 'same', pin: pinOf(entry), step: name });
  }
}
