import { createHash } from 'node:crypto';
import type { Snippet, Diagnostic, Severity } from '../model/diagnostic.ts';
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

  constructor(file: string, bytes: Uint8Array, text: string) {
    this.file = file;
    this.text = text;
    this.sha256 = createHash('sha256').update(bytes).digest('hex');
    this.#lineStarts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
    this.#bomBytes = bytes[0] === 0xef && text[0] !== '\ufeff' && bytes[1] === 0xbb ? 3 : 0;
    this.#lineBytes = bytes.length - this.#bomBytes === text.length ? undefined : this.#countBytes();
  }

  rangeOf({ start, end }: Span): SourceRange {
    return { filename: this.file, start: this.#positionOf(start), end: this.#positionOf(end) };
  }

  /**
   * @param context the enclosing entry, such as `enrollments[3]`.
   * @param hidden stretches whose text is not shown: a token somebody wrote into the file.
   */
  diagnose(words: Words, span: Span, context: string | null, hidden: readonly Span[]): Diagnostic {
    const range = this.rangeOf(span);
    const { severity, ...rest } = words;
    return { severity: severity ?? 'error', ...rest, range, snippet: this.#snippet(range, span, context, hidden) };
  }

  #snippet(range: SourceRange, span: Span, context: string | null, hidden: readonly Span[]): Snippet {
    const { line } = range.start;
    const lineStart = this.#startOf(line);
    const lineEnd = this.#startOf(line + 1);
    const shown = this.text.slice(lineStart, lineEnd).replace(/\r?\n$/, '');
    const masked = hidden.reduce((text, secret) => mask(text, secret, lineStart), shown);
    const from = Math.max(0, span.start - lineStart - widestLine / 2);
    const code = masked.slice(from, from + widestLine);
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

function mask(text: string, secret: Span, lineStart: number): string {
  const start = Math.max(0, secret.start - lineStart);
  const end = Math.min(text.length, secret.end - lineStart);
  return start >= end ? text : `${text.slice(0, start)}${'*'.repeat(end - start)}${text.slice(end)}`;
}
