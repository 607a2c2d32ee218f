import type { Readings } from '../state/readings.ts';
import { Refusal } from './refusal.ts';
import type { FaceFlow, FaceStatus } from '../state/seed.ts';
import type { StoredFace } from '../state/stored.ts';

/** What an update asks for; a member that is undefined was left out. */
export interface FaceUpdate {
  readonly status: FaceStatus | undefined;
  readonly expiry: number | undefined;
}

/** Statuses that stand for an unfinished or failed proof of identity, which an update must not skip. */
const unproven: ReadonlySet<FaceStatus> = new Set(['NEW', 'ACTIVATING', 'FAILED']);

export function initialStatus(flow: FaceFlow, readings: Readings): FaceStatus {
  return { mobile: readings.mobileInitial, web: readings.webInitial, token: readings.tokenInitial }[flow];
}

/** The status that a reader sees at `now` (milliseconds since 1970 UTC). */
export function statusAt(face: StoredFace, now: number, readings: Readings): FaceStatus {
  const passed = face.expiry !== undefined && face.expiry <= now;
  return passed && face.status === 'ACTIVE' && readings.expiredStatus === 'computed' ? 'EXPIRED' : face.status;
}

/**
 * The face as it is after an update.
 *
 * @throws Refusal (400) for a status that may not be written onto the face's present one.
 */
export function updatedFace(
  face: StoredFace,
  update: FaceUpdate,
  rules: { readonly now: number; readonly readings: Readings },
): StoredFace {
  const { now, readings } = rules;
  const before = statusAt(face, now, readings);
  const expiry = update.expiry ?? (readings.put === 'merge' ? face.expiry : undefined);
  if (update.status !== undefined) return { ...face, expiry, status: statusWritten(before, update.status) };
  if (before === 'EXPIRED') {
    const moved = update.expiry !== undefined && update.expiry > now;
    return { ...face, expiry, status: moved && readings.expiryRevives === 'yes' ? 'ACTIVE' : 'EXPIRED' };
  }
  return { ...face, expiry, status: readings.put === 'merge' ? before : initialStatus(face.flow, readings) };
}

function statusWritten(before: FaceStatus, wanted: FaceStatus): FaceStatus {
  const allowed = wanted === before || wanted === 'DISABLED' || (wanted === 'ACTIVE' && !unproven.has(before));
  if (allowed) return wanted;
  throw new Refusal(400, 'invalid_face_status', `A face that is ${before} cannot be set to ${wanted}.`);
}
