import type { Held } from '../../model/shown/conditions.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';

/** Says on stderr which conditions of `--fail-on` hold; nothing where none does. */
export function tellHeld(held: readonly Held[], io: Io): void {
  if (held.length === 0) return;
  const words = held.map(({ condition, count: times }) => `${times} ${condition}`).join(', ');
  io.stderr.write(`Conditions of --fail-on that hold: ${words}\n`);
}

export function codeOfHeld(held: readonly Held[]): ExitCode {
  return held.length === 0 ? exitCode.done : exitCode.condition;
}
