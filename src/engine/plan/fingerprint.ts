import { hash } from 'node:crypto';
import type { Face } from '../../model/face.ts';
import { keysOf } from '../../model/values/keys-of.ts';
import { compareText } from '../../model/values/order.ts';
import { revealed } from '../../model/values/secret.ts';

/** Whether a plan is stale once the property has moved. The order is that of the hash, which saved plans hold. */
const roles: { readonly [K in keyof Face]-?: 'hashed' | 'ignored' } = {
  id: 'hashed',
  serialNumber: 'hashed',
  status: 'hashed',
  applicantId: 'hashed',
  created: 'hashed',
  expiry: 'hashed',
  mobile: 'hashed',
  platform: 'ignored',
};
const hashed = keysOf(roles).filter((name) => roles[name] === 'hashed');

/**
 * Says in 64 hex digits what a user's faces were, so that a later reading can tell whether anything moved.
 * `lastUsed` is no part of a Face: logging in does not make a plan stale.
 */
export function fingerprint(faces: readonly Face[]): string {
  const sorted = faces.length < 2 ? faces : faces.toSorted((a, b) => compareText(a.id, b.id));
  const rows = sorted.map((face) => hashed.map((name) => revealed(face[name]) ?? null));
  return hash('sha256', JSON.stringify(rows), 'hex');
}
