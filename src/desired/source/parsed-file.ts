import type { Diagnostic } from '../../model/diagnostic.ts';
import type { SourceFile, Span, Words } from './source-file.ts';

/** The way to a value from the top of the file: member names and indices. */
export type Path = readonly (string | number)[];

/** A file that is YAML, and where each part of its value stands. */
export interface ParsedFile {
  readonly source: SourceFile;
  /** Of the value at a path, or of the nearest enclosing one; `key` asks for the member's name. */
  readonly spanOf: (path: Path, part: 'key' | 'value') => Span;
  readonly diagnose: (words: Words, path: Path, part?: 'key' | 'value') => Diagnostic;
}

/** A file with the value that it stands for. */
export interface Parsed {
  readonly file: ParsedFile;
  readonly value: unknown;
}

export function contextOf([member, index]: Path): string | null {
  return typeof index === 'number' ? `${String(member)}[${index}]` : null;
}
