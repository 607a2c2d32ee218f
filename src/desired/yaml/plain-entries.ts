import { valueOf, type PlainNode } from './plain-node.ts';
import { firstAfter } from './spans-within.ts';
import type { Span } from '../source/source-file.ts';

/** The entries of a file: the value of each, and where it stands. Of its parts nothing is kept. */
export class PlainEntries {
  readonly #values: unknown[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  get values(): readonly unknown[] {
    return this.#values;
  }

  /** Entries come in the order of the file. False where a member stands twice in this one. */
  add(entry: PlainNode): boolean {
    const value = valueOf(entry);
    this.#values.push(value);
    this.#starts.push(entry.start);
    this.#ends.push(entry.end);
    return value !== undefined;
  }

  spanOf(index: number): Span {
    return { start: Number(this.#starts[index]), end: Number(this.#ends[index]) };
  }

  /** The indices of the entries that have a part in the stretch. */
  within({ start, end }: Span): readonly number[] {
    const found: number[] = [];
    const from = firstAfter(this.#ends.length, (index) => Number(this.#ends[index]), start);
    for (let index = from; Number(this.#starts[index]) < end; index += 1) found.push(index);
    return found;
  }
}
