/** Where a value stands in a file. Line and column count from 1; the column counts UTF-16 units, as editors do. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A point in a file: line and column from 1, byte from 0, as in Terraform's diagnostics. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly byte: number;
}

export interface SourceRange {
  readonly filename: string;
  readonly start: Position;
  readonly end: Position;
}

/** The range of no length at a place of which no more is known. */
export function rangeAt({ file, line, column }: Place): SourceRange {
  const point = { line, column, byte: 0 };
  return { filename: file, start: point, end: point };
}

export function placeOf(range: SourceRange): Place {
  return { file: range.filename, line: range.start.line, column: range.start.column };
}

/** `file:line:column`, as editors and terminals make it a link; the file's name is as it came. */
export function placeName({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}
