/** By key, as `compareText` orders. */
export function sortedByKey<T extends { readonly key: string }>(items: readonly T[]): readonly T[] {
  return items.toSorted((left, right) => compareText(left.key, right.key));
}

/** Orders by UTF-16 units: the same on every machine, whatever its locale. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
