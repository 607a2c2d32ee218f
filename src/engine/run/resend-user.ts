import type { Outcome } from '../../model/outcome.ts';
import type { Resend } from '../../model/shown/resend.ts';
import { isFailure } from '../../model/failure.ts';
import type { TenantResender } from '../../model/tenant.ts';
import { awaitsActivation } from '../match/health.ts';
import { readBefore } from './read-before.ts';

/**
 * Sends one user's e-mails, one for each of his faces. He is read first, since he may have acted meanwhile. Nothing is
 * ever sent again, so that an e-mail without an answer ends as unknown.
 *
 * @returns one outcome for each. It rejects only for a bug.
 */
export async function resendToUser(
  uuid: string,
  resends: readonly Resend[],
  tenant: TenantResender,
): Promise<readonly Outcome[]> {
  const read = await readBefore(resends, () => tenant.readFaces(uuid), 'the tenant no longer knows the user');
  if (read.state === 'ended') return read.outcomes;
  const waiting = new Set(read.faces.filter(awaitsActivation).map(({ id }) => id));
  const outcomes: Outcome[] = [];
  for (const change of resends) {
    const { id } = change.face;
    outcomes.push(waiting.has(id) ? await send(change, tenant) : { state: 'stale', change, note: staleNote });
  }
  return outcomes;
}

const staleNote = 'the face no longer waits for its activation';

async function send(change: Resend, tenant: TenantResender): Promise<Outcome> {
  const { key, face } = change;
  try {
    await tenant.resendActivation({ key, id: face.id });
    return { state: 'applied', change, faceId: face.id, email: 'sent' };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return { state: error.kind === 'unanswered' ? 'unknown' : 'failed', change, refusal: error.refusal };
  }
}
