import { sign, verify, type KeyObject } from 'node:crypto';
import type { PlanFile } from '../generated/plan-file.generated.ts';
import { canonicalJson, without } from '../text/canonical-json.ts';

/** The plan with an Ed25519 signature over the canonical form of all of it, its time included. */
export function signedPlan(plan: PlanFile, key: KeyObject): PlanFile {
  const signature = sign(null, signedBytes(plan), key).toString('base64');
  return { ...plan, x_signature: `ed25519:${signature}` };
}

/** What a text says of who made it. */
export type SignatureCheck = 'fits' | 'missing' | 'of another key, or the plan was changed';

/** @param json of a plan, whatever else is wrong with it. */
export function checkSignature(json: unknown, keys: readonly KeyObject[]): SignatureCheck {
  if (typeof json !== 'object' || json === null || !('x_signature' in json)) return 'missing';
  if (typeof json.x_signature !== 'string') return 'missing';
  const signature = Buffer.from(json.x_signature.replace(/^ed25519:/, ''), 'base64');
  const bytes = signedBytes(json);
  return keys.some((key) => verify(null, bytes, key, signature)) ? 'fits' : 'of another key, or the plan was changed';
}

/** Nothing else that the same key may sign begins like this. */
function signedBytes(plan: object): Buffer {
  return Buffer.from(`faceform plan\n${canonicalJson(without(plan, ['x_signature']))}`);
}
