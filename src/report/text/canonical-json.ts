import { createHash } from 'node:crypto';
import { sortedMembers } from './order.ts';

/** JSON without white space, members sorted by UTF-16 units: the form that a digest is taken of. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = sortedMembers<unknown>({ ...value }).map(
    ([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`,
  );
  return `{${members.join(',')}}`;
}

/** `sha256:` and the digest of a plan's JSON form, leaving out `timestamp` and `x_digest`. */
export function planDigest(plan: object): string {
  const digested = Object.entries(plan).filter(([name]) => name !== 'timestamp' && name !== 'x_digest');
  return `sha256:${createHash('sha256')
    .update(canonicalJson(Object.fromEntries(digested)))
    .digest('hex')}`;
}
