import type { Face } from '../../model/face.ts';
import { TenantError } from '../../model/failure.ts';
import type { Outcome } from '../../model/outcome.ts';
import { isCreating, type CreatingChange } from '../../model/plan.ts';
import { sendsEmail } from '../../model/summary.ts';
import { FacesInUse, type Made } from './faces-in-use.ts';
import {
  facesOrError,
  missingFrom,
  notThere,
  readBackWaitsMs,
  readUntil,
  settle,
  unverified,
  type Step,
} from './read-back.ts';
import type { UserWork } from './user-work.ts';

/** What came of a user's creates, and what was read to find out. */
export interface Decided {
  readonly steps: readonly Step[];
  /** The user's faces after all that was sent by now; missing where they were not read. */
  readonly faces?: readonly Face[] | undefined;
}

/** Milliseconds for which a run waits at least until another has taken back its face. */
const longestCrowdMs = 10_000;
const crowdWaitMs = 1000;

/**
 * Decides which of the faces that this run has made for a user stay, by one reading long enough after the last create
 * that each run sees what the others made. Where as many as the plan asks for came before, this run deletes its own.
 * The argument for it is in docs/company.md.
 */
export async function decideCreates(steps: readonly Step[], work: UserWork): Promise<Decided> {
  if (work.made.length === 0) return { steps };
  if (work.tools.settleMs > 0) await work.tools.sleep(work.tools.settleMs);
  try {
    const { ended, faces } = await decide(work);
    return { steps: steps.map((step) => ended.get(step.change) ?? whereShown(step, faces)), faces };
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    const made = new Set<Outcome['change']>(work.made.map(({ change }) => change));
    return {
      steps: steps.map((step) => (step.state === 'sent' && made.has(step.change) ? unverified(step, error) : step)),
    };
  }
}

/** A create that does not show by now has failed; the old face of a replace stays for it. */
function whereShown(step: Step, faces: readonly Face[]): Step {
  const isCreate = step.state === 'sent' && isCreating(step.change);
  return isCreate && missingFrom(step, faces) === notThere ? settle(step, faces) : step;
}

type Ended = Map<Outcome['change'], Outcome>;

async function decide(work: UserWork): Promise<{ readonly ended: Ended; readonly faces: readonly Face[] }> {
  const { made } = work;
  const among = (faces: readonly Face[]): FacesInUse => new FacesInUse(work, faces);
  const areShown = (faces: readonly Face[]): boolean =>
    made.every(({ face }) => faces.some(({ id }) => id === face.id));
  const first = await readUntil(work, readBackWaitsMs, areShown);
  const yielding = made.filter((one) => among(first).yields(one));
  const ended: Ended = new Map(await takeBack(yielding, work));
  const staying = made.filter(({ change }) => !ended.has(change));
  const isRoomy = (faces: readonly Face[]): boolean =>
    staying.every(({ change }) => among(faces).crowd(change).length === 0);
  const isSettled = yielding.length === 0 && isRoomy(first);
  const faces = isSettled ? first : await readUntil(work, crowdWaits(work), isRoomy);
  for (const one of staying) {
    const crowd = among(faces).crowd(one.change);
    if (crowd.length > 0) ended.set(one.change, duplicate(one, crowd));
    else if (isDisabled(one, faces)) ended.set(one.change, disabled(one));
  }
  return { ended, faces };
}

/** Such as by a run that took it for one face too many. */
function isDisabled({ face }: Made, faces: readonly Face[]): boolean {
  return faces.some(({ id, status }) => id === face.id && status === 'DISABLED');
}

function disabled({ change }: Made): Outcome {
  return { state: 'stale', change, note: 'another run or an administrator disabled the new face just now' };
}

function* crowdWaits({ tools }: UserWork): Generator<number, void> {
  const most = Math.max(longestCrowdMs, 2 * tools.settleMs);
  for (let waited = 0; waited < most; waited += crowdWaitMs) yield crowdWaitMs;
}

/** Deletes this run's own faces, and those alone; then sees whether others are there in their place. */
async function takeBack(
  yielding: readonly Made[],
  work: UserWork,
): Promise<readonly (readonly [CreatingChange, Outcome])[]> {
  if (yielding.length === 0) return [];
  const errors = new Map<Made, TenantError>();
  for (const one of yielding) {
    const { change, face } = one;
    try {
      await work.tools.tenant.deleteFace({ key: change.key, id: face.id, purpose: 'compensation' });
      await work.tools.activations.drop(change);
    } catch (error) {
      if (!(error instanceof TenantError)) throw error;
      errors.set(one, error);
    }
  }
  const reading = await facesOrError(work.readFaces());
  return yielding.map((one) => {
    const { change } = one;
    const error = errors.get(one);
    if (error !== undefined) return [change, notTakenBack(one, error)];
    if (reading instanceof TenantError) return [change, unseen(one, reading)];
    const left = new FacesInUse(work, reading);
    const ids = new Set(yielding.map(({ face }) => face.id));
    return [change, left.areEnough(change, ids) ? yielded(one) : vanished(one)];
  });
}

function yielded({ change }: Made): Outcome {
  const email = sendsEmail(change)
    ? '; this run deleted its own again, and the link in its activation e-mail is dead'
    : '; this run deleted its own again';
  return { state: 'stale', change, note: `another run or an administrator created the face first${email}` };
}

const takenBack = "this run's face was deleted again, since another was there before it";

function vanished({ change }: Made): Outcome {
  return { state: 'failed', change, refusal: { message: `${takenBack}, but the other one is gone` } };
}

function unseen({ change }: Made, { refusal }: TenantError): Outcome {
  const message = `${takenBack}; whether that one is still there could not be read: ${refusal.message}`;
  return { state: 'unknown', change, refusal: { ...refusal, message } };
}

function notTakenBack({ change, face }: Made, { kind, refusal }: TenantError): Outcome {
  const message = `another face was there before face ${face.id}, which could not be deleted again: ${refusal.message}`;
  const state = kind === 'unanswered' ? 'unknown' : 'failed';
  return { state, change, refusal: { ...refusal, problem: 'DUPLICATE_FACE', message } };
}

function duplicate({ change, face }: Made, crowd: readonly Face[]): Outcome {
  const others = crowd.filter(({ id }) => id !== face.id).map(({ id }) => id);
  const message = `face ${face.id} is there, and so is ${others.join(', ')}, which another run or an administrator created`;
  return { state: 'failed', change, refusal: { problem: 'DUPLICATE_FACE', message } };
}
