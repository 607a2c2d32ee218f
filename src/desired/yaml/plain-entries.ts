import { valueOf, type PlainNode } from './plain-node.ts';
import { firstAfter } from './spans-within.ts';
import type { Span } from '../source/source-file.ts';

/** Characters of an entry that takes long to read again. */
const long = 1_000_000;

/** The entries of a file: the value of each, and where it stands. Of its parts nothing is kept, unless it is a long one. */
export class PlainEntries {
  readonly #values: unknown[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #long = new Map<number, PlainNode>();

  get values(): readonly unknown[] {
    return this.#values;
  }

  /** Entries come in the order of the file. False where a member stands twice in this one. */
  add(entry: PlainNode): boolean {
    const value = valueOf(entry);
    if (entry.end - entry.start > long) this.#long.set(this.#values.length, entry);
    this.#values.push(value);
    this.#starts.push(entry.start);
    this.#ends.push(entry.end);
    return value !== undefined;
  }

  spanOf(index: number): Span {
    return { start: Number(this.#starts[index]), end: Number(this.#ends[index]) };
  }

  /** Undefined where it has to be read again. */
  nodeOf(index: number): PlainNode | undefined {
    return this.#long.get(index);
  }

  /** The indices of the entries that have a part in the stretch. */
  within({ start, end }: Span): readonly number[] {
    const found: number[] = [];
    const from = firstAfter(this.#ends.length, (index) => Number(this.#ends[index]), start);
    for (let index = from; Number(this.#starts[index]) < end; index += 1) found.push(index);
    return found;
  }
}
