import { hash } from 'node:crypto';
import type { Face } from '../../model/face.ts';
import { compareText } from '../../model/order.ts';

/**
 * Says in 64 hex digits what a user's faces were, so that a later reading can tell whether anything moved.
 * `lastUsed` is no part of a Face: logging in does not make a plan stale.
 */
export function fingerprint(faces: readonly Face[]): string {
  const sorted = faces.length < 2 ? faces : faces.toSorted((a, b) => compareText(a.id, b.id));
  const rows = sorted.map((face) => [
    face.id,
    face.serialNumber ?? null,
    face.status,
    face.applicantId ?? null,
    face.created ?? null,
    face.expiry ?? null,
    face.mobile ?? null,
  ]);
  return hash('sha256', JSON.stringify(rows), 'hex');
}
