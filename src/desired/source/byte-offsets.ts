/** In UTF-16 units. */
const blockLength = 1024;

/** Bytes of a text in UTF-8 before any place of it. A file may be one long line: no place is counted from afar. */
export class ByteOffsets {
  readonly #text: string;
  /** Bytes before each block. */
  readonly #blocks: readonly number[];

  constructor(text: string) {
    this.#text = text;
    const blocks = [0];
    let bytes = 0;
    for (let index = 1; index * blockLength < text.length; index += 1) {
      bytes += Buffer.byteLength(text.slice(this.#startOf(index - 1), this.#startOf(index)));
      blocks.push(bytes);
    }
    this.#blocks = blocks;
  }

  /** @param offset in UTF-16 units. */
  before(offset: number): number {
    const index = Math.min(Math.floor(offset / blockLength), this.#blocks.length - 1);
    return Number(this.#blocks[index]) + Buffer.byteLength(this.#text.slice(this.#startOf(index), offset));
  }

  /** A block never begins within a character of two units. */
  #startOf(index: number): number {
    const start = index * blockLength;
    return /[\uDC00-\uDFFF]/.test(this.#text.charAt(start)) ? start + 1 : start;
  }
}
