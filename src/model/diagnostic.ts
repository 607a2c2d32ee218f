import type { DiagnosticCode } from './diagnostic-codes.ts';
import { compareText } from './values/order.ts';
import type { Position, SourceRange } from './place.ts';

/** An error stops every write; a warning stops nothing. */
export type Severity = 'error' | 'warning';

/** The lines of the file that a diagnostic speaks of; offsets count UTF-16 units into `code`. */
export interface Snippet {
  /** The enclosing entry, such as `enrollments[3]`; null at the top of the file. */
  readonly context: string | null;
  readonly code: string;
  readonly startLine: number;
  readonly highlightStart: number;
  readonly highlightEnd: number;
}

/** What is wrong or odd about the input. It is returned, never thrown; `code` is stable, the prose is not. */
export interface Diagnostic {
  readonly severity: Severity;
  readonly code: DiagnosticCode;
  /** What was found, in one line. */
  readonly summary: string;
  /** What to do about it. */
  readonly detail: string;
  readonly range?: SourceRange | undefined;
  readonly snippet?: Snippet | undefined;
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}

/** Those without a place first, then by place; last the one that counts the rest. */
export function sortedDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted(
    (left, right) =>
      Number(left.code === 'MORE_DIAGNOSTICS') - Number(right.code === 'MORE_DIAGNOSTICS') ||
      compareText(left.range?.filename ?? '', right.range?.filename ?? '') ||
      comparePositions(left.range?.start, right.range?.start) ||
      compareText(left.code, right.code) ||
      compareText(left.summary, right.summary),
  );
}

function comparePositions(left: Position | undefined, right: Position | undefined): number {
  if (left === undefined || right === undefined) return 0;
  return left.line - right.line || left.column - right.column;
}
