import type { FaultKind } from '../../src/sandbox/index.ts';
import type { Strike } from './strike.ts';

/** `FAULT_RUNS=all npx vitest run test/faults` tries every cell of every grid, which takes some minutes. */
export const everyCell = process.env['FAULT_RUNS'] === 'all';

/** For one row of a grid. */
export const gridTimeoutMs = everyCell ? 600_000 : 30_000;

/** Faults that a reading may meet; `hang` is apart, since each takes a second of real time. */
export const readFaults = [
  '401',
  '403',
  '404',
  '429',
  '500',
  '502-html',
  '503',
  'html',
  'redirect',
  'repeated-cursor',
  'reset',
  'short-page',
  'truncated',
  'wrong-shape',
  'not-json',
  '409',
] as const satisfies readonly FaultKind[];

/** Those and the ones that only a write can tell apart. */
export const writeFaults = [
  ...readFaults,
  'accepted-not-done',
  '500-after-commit',
  'reset-after-commit',
] as const satisfies readonly FaultKind[];

/**
 * The k-th call fails in way m, once or for ever: the cells of one `kind`. By default a sample, in which each index
 * and each kind of the whole grid still comes at least once.
 *
 * @param calls how many calls there are without a fault.
 * @param stride one cell in so many is tried: odd, so that no index is passed over, and no more than there are calls,
 * nor kinds.
 */
export function cellsOf(kind: FaultKind, calls: number, stride: number): readonly Strike[] {
  if (stride % 2 === 0 || stride > calls) throw new Error(`1 in ${stride} of ${calls} calls would miss some`);
  const row = writeFaults.findIndex((each) => each === kind);
  const isSampled = (at: number, column: number): boolean => (at + 2 * row + column * (stride >> 1)) % stride === 0;
  return Array.from({ length: calls }, (_, at) => at).flatMap((at) =>
    [1, Infinity].flatMap((times, column) => (everyCell || isSampled(at, column) ? [{ kind, at, times }] : [])),
  );
}

/** Where each call hangs, once; where all cells are asked for, also for ever. */
export function hangingCells(kind: 'hang' | 'hang-after-commit', calls: number, stride: number): readonly Strike[] {
  return Array.from({ length: calls }, (_, at) => at).flatMap((at) => {
    const once = everyCell || at % stride === 0 ? [{ kind, at, times: 1 }] : [];
    return everyCell ? [...once, { kind, at, times: Infinity }] : once;
  });
}
