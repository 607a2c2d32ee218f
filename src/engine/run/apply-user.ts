import type { Face } from '../../model/face.ts';
import type { Outcome } from '../../model/outcome.ts';
import { isCreating, type WritingChange } from '../../model/plan.ts';
import { TenantError, isFailure } from '../../model/failure.ts';
import { missingFrom, settle, trusted, unverified, type Written } from './read-back.ts';
import { readToCompare } from './stale.ts';
import { sendsEmail } from '../../model/summary.ts';
import { writeChange, type WriteTools } from './write-change.ts';

/** Waits between readings: a write may show late. */
const readBackWaitsMs = [500, 1500, 3000];

/**
 * Carries out one user's changes in order, and reads the faces back. The user is read before the first write: where the
 * faces are no longer those of the plan, whoever changed them, all of the changes are stale.
 *
 * @returns one outcome for each change. It rejects only for a bug.
 */
export async function applyUser(
  uuid: string,
  changes: readonly WritingChange[],
  tools: WriteTools,
): Promise<readonly Outcome[]> {
  const read = await readToCompare(changes, () => tools.tenant.readFaces(uuid));
  if (read.state === 'ended') return read.outcomes;
  const knownIds = new Set(read.faceIds);
  const results: (Written | Outcome)[] = [];
  const mailed = new Set<Outcome['change']>();
  const noting = notingEmails(tools, mailed);
  for (const change of inOrder(changes)) {
    results.push(waitsForNewFace(change, results) ? held(change) : await attempt(change, noting, knownIds));
  }
  const outcomes = await verifyAll(uuid, results, tools);
  return outcomes.map((outcome) => (mailed.has(outcome.change) ? { ...outcome, email: 'sent' } : outcome));
}

/** Notes each change whose create has sent an e-mail, since what comes after the create may fail. */
function notingEmails(tools: WriteTools, mailed: Set<Outcome['change']>): WriteTools {
  const onCreated: WriteTools['onCreated'] = async (change, created) => {
    if (sendsEmail(change)) mailed.add(change);
    await tools.onCreated(change, created);
  };
  return { ...tools, onCreated };
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
function waitsForNewFace({ reason }: WritingChange, results: readonly (Written | Outcome)[]): boolean {
  if (reason !== 'delete_because_unmatched' && reason !== 'disable_because_unmatched') return false;
  return results.some(({ state, change }) => state !== 'sent' && isCreating(change));
}

function held(change: WritingChange): Outcome {
  return { state: 'skipped', change, note: 'not started: the face that was to be created for the user is not there' };
}

async function attempt(change: WritingChange, tools: WriteTools, knownIds: Set<string>): Promise<Written | Outcome> {
  try {
    return await writeChange(change, tools, knownIds);
  } catch (error) {
    return failure(change, error);
  }
}

function failure(change: WritingChange, error: unknown): Outcome {
  if (!isFailure(error)) throw error;
  return { state: error.kind === 'unanswered' ? 'unknown' : 'failed', change, refusal: error.refusal };
}

async function verifyAll(
  uuid: string,
  results: readonly (Written | Outcome)[],
  tools: WriteTools,
): Promise<readonly Outcome[]> {
  const sent = results.filter((result) => result.state === 'sent');
  const reading = tools.verify === 'trust' || sent.length === 0 ? 'none' : await readBack(uuid, sent, tools);
  return results.map((result) => {
    if (result.state !== 'sent') return result;
    if (reading === 'none') return trusted(result);
    return reading instanceof TenantError ? unverified(result, reading) : settle(result, reading);
  });
}

async function readBack(
  uuid: string,
  sent: readonly Written[],
  tools: WriteTools,
): Promise<readonly Face[] | TenantError> {
  try {
    let faces = await tools.tenant.readFaces(uuid);
    for (const waitMs of readBackWaitsMs) {
      if (sent.every((one) => missingFrom(one, faces) === undefined)) break;
      await tools.sleep(waitMs);
      faces = await tools.tenant.readFaces(uuid);
    }
    return faces;
  } catch (error) {
    if (error instanceof TenantError) return error;
    throw error;
  }
}
