import type { Face } from '../../model/face.ts';
import type { Outcome } from '../../model/outcome.ts';
import { isCreating, type WritingChange } from '../../model/plan.ts';
import { TenantError, isFailure } from '../../model/failure.ts';
import { sendsEmail } from '../../model/summary.ts';
import { decideCreates } from './decide-creates.ts';
import { missingFrom, readBack, settle, trusted, unverified, type Step, type Written } from './read-back.ts';
import { readToCompare, type Comparison } from './stale.ts';
import type { UserWork } from './user-work.ts';
import { finishReplace, writeChange } from './write-change.ts';
import type { WriteTools } from './write-tools.ts';

/**
 * Carries out one user's changes in order, and reads the faces back. The user is read before the first write: what is
 * done already is not done again; where the faces differ from the plan's in anything else, all changes are stale.
 *
 * @returns one outcome for each change. It rejects only for a bug.
 */
export async function applyUser(
  uuid: string,
  changes: readonly WritingChange[],
  tools: WriteTools,
): Promise<readonly Outcome[]> {
  let readAt = 0;
  const readFaces = async (): Promise<readonly Face[]> => {
    const faces = await tools.tenant.readFaces(uuid);
    readAt = tools.now();
    return faces;
  };
  const read = await readToCompare(changes, readFaces, () => tools.sleep(tools.settleMs));
  if (read.state === 'ended') return read.outcomes;
  const mailed = new Set<Outcome['change']>();
  const work = workOn({ uuid, changes, tools, read, readFaces, readAt: () => readAt, mailed });
  const outcomes = await carryOut(work);
  return outcomes.map((outcome) => (mailed.has(outcome.change) ? { ...outcome, email: 'sent' } : outcome));
}

type Begun = Pick<UserWork, 'uuid' | 'changes' | 'tools' | 'readFaces' | 'readAt'> & {
  readonly read: Extract<Comparison, { state: 'fresh' }>;
  readonly mailed: Set<Outcome['change']>;
};

/** Spelled out, and elsewhere with what is spread at the end: properties behind a spread cost V8 microseconds each. */
function workOn({ uuid, changes, tools, read, readFaces, readAt, mailed }: Begun): UserWork {
  const { faces, progress } = read;
  const made = new Set([...progress.made.values()].map(({ id }) => id));
  const knownIds = new Set(faces.map(({ id }) => id));
  return {
    uuid,
    changes,
    tools,
    readFaces,
    readAt,
    made: [],
    progress,
    knownIds,
    planned: faces.filter(({ id }) => !made.has(id)),
    created: async (change, created) => {
      // What comes after the create may fail.
      if (sendsEmail(change)) mailed.add(change);
      await tools.activations.keep(change, created);
    },
  };
}

async function carryOut(work: UserWork): Promise<readonly Outcome[]> {
  const ordered = inOrder(work.changes);
  const isLast = ({ action }: WritingChange): boolean => action === 'disable' || action === 'delete';
  // Deletions that make room come before the first create; the rest waits until it is known which creates hold.
  const split = ordered.findLastIndex((change) => !isLast(change)) + 1;
  const steps: Step[] = [];
  for (const change of ordered.slice(0, split)) steps.push(await attempt(change, () => writeChange(change, work)));
  const decided = await decideCreates(steps, work);
  const ended: Step[] = [];
  for (const step of decided.steps) {
    ended.push(step.state === 'sent' ? await attempt(step.change, () => finishReplace(step, work)) : step);
  }
  for (const change of ordered.slice(split)) {
    ended.push(heldBack(change, ended) ?? (await attempt(change, () => writeChange(change, work))));
  }
  const isRead = ended.every((step, index) => step === decided.steps[index]);
  return verifyAll(ended, isRead ? decided.faces : undefined, work);
}

/** Deletes go first only where the user would otherwise pass the maximum, so that nobody is left without a face. */
export function inOrder(changes: readonly WritingChange[]): readonly WritingChange[] {
  const creates = changes.filter((change) => change.action === 'create').length;
  const full = changes.some((change) => change.facesInUse + creates > change.facesAllowed);
  const turn: Readonly<Record<WritingChange['action'], number>> = {
    delete: full ? 0 : 4,
    update: 1,
    create: 2,
    replace: 3,
    disable: 5,
  };
  return changes.toSorted((a, b) => turn[a.action] - turn[b.action]);
}

/** A face that is merely unmatched stays as long as the one that was to be created is not there. */
function heldBack(change: WritingChange, steps: readonly Step[]): Outcome | undefined {
  const { reason } = change;
  if (reason !== 'delete_because_unmatched' && reason !== 'disable_because_unmatched') return undefined;
  const lacking = steps.find(({ state, change: { action } }) => isMissing(state) && isCreating({ action }));
  if (lacking === undefined) return undefined;
  const state = lacking.state === 'stale' ? 'stale' : 'skipped';
  return { state, change, note: 'not started: the face that was to be created for the user is not there' };
}

function isMissing(state: Step['state']): boolean {
  return state !== 'sent' && state !== 'already';
}

async function attempt(change: WritingChange, write: () => Promise<Step>): Promise<Step> {
  try {
    return await write();
  } catch (error) {
    return failure(change, error);
  }
}

function failure(change: WritingChange, error: unknown): Outcome {
  if (!isFailure(error)) throw error;
  return { state: error.kind === 'unanswered' ? 'unknown' : 'failed', change, refusal: error.refusal };
}

/** @param read the user's faces, where nothing was written since they were read. */
async function verifyAll(
  steps: readonly Step[],
  read: readonly Face[] | undefined,
  work: UserWork,
): Promise<readonly Outcome[]> {
  const sent = steps.filter((step) => step.state === 'sent');
  const isSeen = read !== undefined && sent.every((one) => missingFrom(one, read) === undefined);
  const reading = isSeen ? read : await readingOf(sent, work);
  return steps.map((step) => outcomeOf(step, reading));
}

type Reading = readonly Face[] | TenantError | 'none';

async function readingOf(sent: readonly Written[], work: UserWork): Promise<Reading> {
  const isWritten = sent.some(({ calls }) => calls !== 'none');
  return isWritten && work.tools.verify !== 'trust' ? readBack(sent, work) : 'none';
}

function outcomeOf(step: Step, reading: Reading): Outcome {
  if (step.state !== 'sent') return step;
  if (reading === 'none') return trusted(step);
  return reading instanceof TenantError ? unverified(step, reading) : settle(step, reading);
}
