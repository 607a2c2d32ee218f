import type { Diagnostic } from '../../model/diagnostic.ts';
import { compareText } from '../../model/order.ts';
import type { Position } from '../../model/place.ts';

export function sortedByKey<T extends { readonly key: string }>(items: readonly T[]): readonly T[] {
  return items.toSorted((left, right) => compareText(left.key, right.key));
}

/** By name; whole-number names too, which an object would put first. */
export function sortedMembers<T>(record: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(record).toSorted(([left], [right]) => compareText(left, right));
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
