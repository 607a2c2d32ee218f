import type { UpdatableName } from '../../model/attributes.ts';
import type { Face } from '../../model/face.ts';
import type { Instant } from '../../model/instant.ts';
import { healthOf, type Health } from '../match/health.ts';

/** What an update may change of a face, at one time. */
export type Values = Pick<Face, UpdatableName>;

/** Whether both are one state of a face. Time alone makes an expired face EXPIRED, whatever it was before. */
export function areSame(one: Values, other: Values, now: Instant): boolean {
  if (one.expiry !== other.expiry) return false;
  if (one.status === other.status) return true;
  const hasPassed = one.expiry !== undefined && one.expiry <= now;
  return hasPassed && (one.status === 'EXPIRED' || other.status === 'EXPIRED');
}

/** The way back to earlier values, as far as there is one. */
export interface Return {
  readonly action: 'update' | 'disable' | 'none';
  /** What the face ends with. */
  readonly ends: Values;
  /** Why it does not end with the earlier values. */
  readonly lack?: Lack | undefined;
}

/**
 * - `expiry-cannot-be-cleared`: there was no expiry, and no call is documented that takes one away.
 * - `had-expired`: the earlier expiry has passed, and is not written; the face is left without access.
 * - `status-cannot-be-set`: only ACTIVE and DISABLED are ever written.
 */
export type Lack = 'expiry-cannot-be-cleared' | 'had-expired' | 'status-cannot-be-set';

/** Reads the table of what may be written. ACTIVE is written for a face that was ACTIVE, and for no other. */
export function returnTo(from: Values, to: Values, now: Instant): Return {
  const way = ways[healthOf(to, now)](from, to);
  const isBack = areSame(way.ends, to, now);
  return isBack ? { action: way.action, ends: way.ends } : way;
}

type Way = Required<Return>;

function enable(from: Values, { expiry }: Values): Way {
  const ends: Values = { status: 'ACTIVE', expiry: expiry ?? from.expiry };
  const isThere = from.status === ends.status && from.expiry === ends.expiry;
  return { action: isThere ? 'none' : 'update', ends, lack: 'expiry-cannot-be-cleared' };
}

function disableAgain(from: Values, { expiry }: Values): Way {
  const ends: Values = { status: 'DISABLED', expiry: expiry ?? from.expiry };
  const isThere = from.status === ends.status && from.expiry === ends.expiry;
  return { action: isThere ? 'none' : 'disable', ends, lack: 'expiry-cannot-be-cleared' };
}

/** An EXPIRED face authenticates nobody anyhow. */
function withdraw(from: Values): Way {
  if (from.status !== 'ACTIVE') return { action: 'none', ends: from, lack: 'had-expired' };
  return { action: 'disable', ends: { ...from, status: 'DISABLED' }, lack: 'had-expired' };
}

function stay(from: Values): Way {
  return { action: 'none', ends: from, lack: 'status-cannot-be-set' };
}

const ways: Readonly<Record<Health, (from: Values, to: Values) => Way>> = {
  ACTIVE: enable,
  DISABLED: disableAgain,
  EXPIRED: withdraw,
  NEW: stay,
  ACTIVATING: stay,
  REVIEW: stay,
  FAILED: stay,
  UNKNOWN: stay,
};
