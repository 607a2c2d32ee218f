import { createHash } from 'node:crypto';
import type { Diagnostic, Snippet } from '../../model/diagnostic.ts';
import { ByteOffsets } from './byte-offsets.ts';
import { maskTokens } from './mask-tokens.ts';
import type { Position, SourceRange } from '../../model/place.ts';

const widestLine = 160;

/** What a diagnostic says; the file adds the place. */
export type Words = Pick<Diagnostic, 'code' | 'summary' | 'detail'> & Partial<Pick<Diagnostic, 'severity'>>;

/** A stretch of a file, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A stretch of a file's text as it may be shown, of the same length, or empty. */
export type Show = (span: Span) => string;

/** For a line of which nothing may be shown. */
export const nothing: Show = () => '';

/** One file as text, and where everything in it stands. */
export class SourceFile {
  readonly file: string;
  readonly text: string;
  readonly sha256: string;
  readonly #lineStarts: readonly number[];
  /** Missing where every character is one byte. */
  readonly #bytes: ByteOffsets | undefined;
  readonly #bomBytes: number;

  /** @param text the bytes as text, without the byte order mark. */
  constructor(file: string, bytes: Uint8Array, text: string) {
    this.file = file;
    this.text = text;
    this.sha256 = sha256Of(bytes);
    const textBytes = Buffer.byteLength(text);
    this.#bomBytes = bytes.length - textBytes;
    this.#lineStarts = startsOfLines(text);
    this.#bytes = textBytes === text.length ? undefined : new ByteOffsets(text);
  }

  rangeOf({ start, end }: Span): SourceRange {
    return { filename: this.file, start: this.#positionOf(start), end: this.#positionOf(end) };
  }

  /**
   * @param context the enclosing entry, such as `enrollments[3]`.
   * @param show missing where the place is all that may be said.
   */
  diagnose(words: Words, span: Span, context: string | null, show?: Show): Diagnostic {
    const range = this.rangeOf(span);
    return {
      severity: words.severity ?? 'error',
      code: words.code,
      summary: maskTokens(words.summary),
      detail: maskTokens(words.detail),
      range,
      snippet: show && this.#snippet(range, span, context, show),
    };
  }

  #snippet(range: SourceRange, span: Span, context: string | null, show: Show): Snippet {
    const { line } = range.start;
    const lineStart = this.#startOf(line);
    const lineEnd = this.#endOf(line);
    const from = Math.max(lineStart, span.start - widestLine / 2);
    const code = show({ start: Math.min(from, lineEnd), end: Math.min(from + widestLine, lineEnd) });
    const highlightStart = Math.min(span.start - from, code.length);
    const highlightEnd = Math.min(Math.max(span.end - from, highlightStart), code.length);
    return { context, code, startLine: line, highlightStart, highlightEnd };
  }

  #positionOf(offset: number): Position {
    const line = this.#lineOf(offset);
    const byte = this.#bomBytes + (this.#bytes?.before(offset) ?? offset);
    return { line, column: offset - this.#startOf(line) + 1, byte };
  }

  /** By bisection: a file may have a million lines. */
  #lineOf(offset: number): number {
    let low = 0;
    let high = this.#lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#startOf(middle + 1) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  #startOf(line: number): number {
    return this.#lineStarts[line - 1] ?? this.text.length;
  }

  /** Without what ends the line. */
  #endOf(line: number): number {
    const next = this.#startOf(line + 1);
    if (this.text[next - 1] !== '\n') return next;
    return Math.max(this.#startOf(line), this.text[next - 2] === '\r' ? next - 2 : next - 1);
  }
}

/** Lower-case hex. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function startsOfLines(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
