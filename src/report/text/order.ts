import { compareText } from '../../model/values/order.ts';

/** By name; whole-number names too, which an object would put first. */
export function sortedMembers<T>(record: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(record).toSorted(([left], [right]) => compareText(left, right));
}
