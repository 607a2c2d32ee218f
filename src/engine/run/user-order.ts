/**
 * Puts items into an order that depends on the seed alone: the same items and seed give the same order.
 *
 * @param seed 32 bits.
 */
export function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  const keyed = items.map((item, index) => ({ item, key: mixed(seed + Math.imul(index + 1, 0x9e3779b9)) }));
  return keyed.toSorted((a, b) => a.key - b.key).map(({ item }) => item);
}

/** The finalizer of SplitMix32, which spreads neighbouring numbers evenly over 32 bits. */
function mixed(number: number): number {
  let bits = number;
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
  return (bits ^ (bits >>> 15)) >>> 0;
}
