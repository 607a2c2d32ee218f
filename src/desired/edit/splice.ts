import type { Span } from '../source/source-file.ts';

/** A stretch of a text, empty or not, and what comes in its place. */
export interface Splice extends Span {
  readonly text: string;
}

/** The text with all splices made; those at the same place come in their order. */
export function spliced(text: string, splices: readonly Splice[]): string {
  const pieces: string[] = [];
  let done = 0;
  for (const splice of splices.toSorted((a, b) => a.start - b.start)) {
    pieces.push(text.slice(done, splice.start), splice.text);
    done = Math.max(done, splice.end);
  }
  return pieces.join('') + text.slice(done);
}
