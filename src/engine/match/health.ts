import { isKnownStatus, type Face, type KnownStatus } from '../../model/face.ts';
import type { Instant } from '../../model/instant.ts';
import { compareText } from '../../model/values/order.ts';

/** What a face amounts to now. A status that this version does not know is waiting, like REVIEW. */
export type Health = KnownStatus | 'UNKNOWN';

const rank: Readonly<Record<Health, number>> = {
  ACTIVE: 0,
  REVIEW: 1,
  ACTIVATING: 2,
  NEW: 3,
  UNKNOWN: 4,
  DISABLED: 5,
  EXPIRED: 6,
  FAILED: 7,
};

/**
 * Status with a passed expiry taken into account: the vendor does not say whether the status of an expired face
 * changes, so any face whose expiry has passed is EXPIRED, unless it FAILED before.
 */
export function healthOf(face: Pick<Face, 'status' | 'expiry'>, now: Instant): Health {
  if (!isKnownStatus(face.status)) return 'UNKNOWN';
  const hasExpired = face.expiry !== undefined && face.expiry <= now;
  return hasExpired && face.status !== 'FAILED' ? 'EXPIRED' : face.status;
}

/** Begun, and not yet registered: what such a face shows of `mobile` and `applicantId` is not documented. */
export function isPending(face: Face): boolean {
  return face.status === 'NEW' || face.status === 'ACTIVATING';
}

/** Whether the user or the vendor has a step to take: writing ACTIVE would skip the proof of identity. */
export function isUnproven(face: Face): boolean {
  return isPending(face) || face.status === 'REVIEW';
}

/** Whether an activation e-mail may be what the face waits for: one with an applicant that is not mobile is a web face. */
export function awaitsActivation(face: Face): boolean {
  return isPending(face) && (face.mobile === true || face.applicantId === undefined);
}

/** Whether the face has had its time. */
export function isSpent(health: Health): health is 'EXPIRED' | 'FAILED' {
  return health === 'EXPIRED' || health === 'FAILED';
}

/** Whether the face is in use, or may come to be without another write. */
export function isUsable(health: Health): boolean {
  return health !== 'DISABLED' && !isSpent(health);
}

/**
 * Whether somebody uses the face, or can come to use it without another write. Disabling any other takes nothing away:
 * EXPIRED and FAILED faces do not authenticate anyhow.
 */
export function isInUse(face: Face): boolean {
  return face.status === 'ACTIVE' || isUnproven(face);
}

/** Orders the newest first, then the smallest id. */
export function byAge(a: Face, b: Face): number {
  return (b.created ?? -Infinity) - (a.created ?? -Infinity) || compareText(a.id, b.id);
}

/** Orders the healthiest first. */
export function compareHealth(a: Health, b: Health): number {
  return rank[a] - rank[b];
}

/** Orders the healthiest first, then by age. */
export function byHealth(now: Instant): (a: Face, b: Face) => number {
  return (a, b) => compareHealth(healthOf(a, now), healthOf(b, now)) || byAge(a, b);
}
