import { createHash } from 'node:crypto';
import type { Snippet, Diagnostic, Severity } from '../model/diagnostic.ts';
import { maskTokens } from './mask-tokens.ts';
import type { Position, SourceRange } from '../model/place.ts';

const widestLine = 160;

/** What a diagnostic says; the file adds the place. */
export interface Words {
  readonly severity?: Severity;
  readonly code: string;
  readonly summary: string;
  readonly detail: string;
}

/** A stretch of a file, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One file as text, and where everything in it stands. */
export class SourceFile {
  readonly file: string;
  readonly text: string;
  readonly sha256: string;
  readonly #lineStarts: readonly number[];
  /** Bytes before each line; undefined where every character is one byte. */
  readonly #lineBytes: readonly number[] | undefined;
  readonly #bomBytes: number;

  /** @param text the bytes as text, without the byte order mark. */
  constructor(file: string, bytes: Uint8Array, text: string) {
    this.file = file;
    this.text = text;
    this.sha256 = createHash('sha256').update(bytes).digest('hex');
    this.#lineStarts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
    const textBytes = Buffer.byteLength(text);
    this.#bomBytes = bytes.length - textBytes;
    this.#lineBytes = textBytes === text.length ? undefined : this.#countBytes();
  }

  rangeOf({ start, end }: Span): SourceRange {
    return { filename: this.file, start: this.#positionOf(start), end: this.#positionOf(end) };
  }

  /**
   * @param context the enclosing entry, such as `enrollments[3]`.
   * @param shown the file's text as it may be shown, of the same length; empty where nothing may.
   */
  diagnose(words: Words, span: Span, context: string | null, shown: string): Diagnostic {
    const range = this.rangeOf(span);
    return {
      severity: words.severity ?? 'error',
      code: words.code,
      summary: maskTokens(words.summary),
      detail: maskTokens(words.detail),
      range,
      snippet: this.#snippet(range, span, context, shown),
    };
  }

  #snippet(range: SourceRange, span: Span, context: string | null, shown: string): Snippet {
    const { line } = range.start;
    const lineStart = this.#startOf(line);
    const whole = shown.slice(lineStart, this.#startOf(line + 1)).replace(/\r?\n$/, '');
    const from = Math.max(0, span.start - lineStart - widestLine / 2);
    const code = whole.slice(from, from + widestLine);
    const highlightStart = Math.min(span.start - lineStart - from, code.length);
    const highlightEnd = Math.min(Math.max(span.end - lineStart - from, highlightStart), code.length);
    return { context, code, startLine: line, highlightStart, highlightEnd };
  }

  #positionOf(offset: number): Position {
    const line = this.#lineOf(offset);
    const lineStart = this.#startOf(line);
    const before = this.#lineBytes?.[line - 1] ?? lineStart;
    const within =
      this.#lineBytes === undefined ? offset - lineStart : Buffer.byteLength(this.text.slice(lineStart, offset));
    return { line, column: offset - lineStart + 1, byte: this.#bomBytes + before + within };
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

  #countBytes(): readonly number[] {
    let bytes = 0;
    return this.#lineStarts.map((start, index) => {
      const before = bytes;
      bytes += Buffer.byteLength(this.text.slice(start, this.#startOf(index + 2)));
      return before;
    });
  }
}
