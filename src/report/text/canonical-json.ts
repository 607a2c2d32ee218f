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

/** `sha256:` and the digest of a plan's JSON form, leaving out `timestamp`, `x_digest` and `x_signature`. */
export function planDigest(plan: object): string {
  return digestOf(without(plan, ['timestamp', 'x_digest', 'x_signature']));
}

/** `sha256:` and the digest of the canonical form. */
export function digestOf(value: unknown): string {
  return `sha256:${createHash('sha256').update(canonicalJson(value)).digest('hex')}`;
}

/** The members of an object but those named. */
export function without(value: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}
