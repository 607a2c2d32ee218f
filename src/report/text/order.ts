import { compareText } from '../../model/values/order.ts';

/** Of one locale, so that the order is the same on every machine. */
const collator = new Intl.Collator('en', { numeric: true });

/** As people order names: `user2` before `user10`, whatever the case. */
export function compareNaturally(left: string, right: string): number {
  return collator.compare(left, right) || compareText(left, right);
}

/** By key, as people order names. */
export function naturally<T extends { readonly key: string }>(items: readonly T[]): readonly T[] {
  return items.toSorted((left, right) => compareNaturally(left.key, right.key));
}

/** By name; whole-number names too, which an object would put first. */
export function sortedMembers<T>(record: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(record).toSorted(([left], [right]) => compareText(left, right));
}
