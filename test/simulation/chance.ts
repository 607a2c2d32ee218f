/** Numbers that depend on a 64-bit seed alone: xoshiro128**, its state filled by SplitMix64. */
export class Chance {
  readonly #state: Int32Array;

  constructor(seed: bigint) {
    const state = new Int32Array(4);
    let at = seed;
    for (let index = 0; index < 4; index += 2) {
      at = BigInt.asUintN(64, at + 0x9e3779b97f4a7c15n);
      let mixed = at;
      mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n);
      mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn);
      mixed ^= mixed >> 31n;
      state[index] = Number(mixed & 0xffffffffn);
      state[index + 1] = Number(mixed >> 32n);
    }
    this.#state = state;
  }

  /** 0 to 1. */
  real(): number {
    const state = this.#state;
    const [a = 0, b = 0, c = 0, d = 0] = state;
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const [p, q] = [c ^ a, d ^ b];
    state[0] = a ^ q;
    state[1] = b ^ p;
    state[2] = p ^ (b << 9);
    state[3] = rotated(q, 11);
    return result / 2 ** 32;
  }

  /** A whole number from 0, below the given one. */
  below(most: number): number {
    return Math.floor(this.real() * most);
  }

  happens(probability: number): boolean {
    return this.real() < probability;
  }

  /** @throws Error where there is none. */
  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('there is nothing to pick from');
    return item;
  }

  /** Another source of its own, so that what one part draws does not move what another does. */
  fork(): Chance {
    return new Chance((BigInt(this.below(2 ** 32)) << 32n) | BigInt(this.below(2 ** 32)));
  }
}

function rotated(bits: number, by: number): number {
  return (bits << by) | (bits >>> (32 - by));
}
