import type { Face } from '../../model/face.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Resend } from '../../model/shown/resend.ts';
import { TenantError, isFailure } from '../../model/failure.ts';
import type { TenantResender } from '../../model/tenant.ts';
import { awaitsActivation } from '../match/health.ts';

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
  const waiting = await readWaiting(uuid, tenant);
  if (waiting instanceof TenantError) return resends.map((change) => unread(change, waiting));
  const outcomes: Outcome[] = [];
  for (const change of resends) {
    const { id } = change.face;
    outcomes.push(waiting.has(id) ? await send(change, tenant) : { state: 'stale', change, note: staleNote });
  }
  return outcomes;
}

const staleNote = 'the face no longer waits for its activation';

async function readWaiting(uuid: string, tenant: TenantResender): Promise<ReadonlySet<string> | TenantError> {
  try {
    const faces: readonly Face[] = await tenant.readFaces(uuid);
    return new Set(faces.filter(awaitsActivation).map(({ id }) => id));
  } catch (error) {
    if (error instanceof TenantError) return error;
    throw error;
  }
}

/** Nothing was sent, so that even a reading without an answer leaves no doubt. */
function unread(change: Resend, { refusal }: TenantError): Outcome {
  if (refusal.status === 404) return { state: 'stale', change, note: 'the tenant no longer knows the user' };
  return { state: 'failed', change, refusal };
}

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
