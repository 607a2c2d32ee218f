import type { Diagnostic } from '../../model/diagnostic.ts';
import { diagnosticsText, palette, type Palette } from '../../report/index.ts';
import type { Io, Output } from './io.ts';
import type { OutputOptions } from './options.ts';

/** Colours only on a terminal, and never against `--no-color` or NO_COLOR (any value but the empty one). */
export function paletteFor(output: Output, io: Io, options: Pick<OutputOptions, 'color'>): Palette {
  const unwanted = (io.environment['NO_COLOR'] ?? '') !== '';
  return palette(options.color && output.isTerminal && !unwanted ? 'color' : 'plain');
}

/** Writes diagnostics to stderr; nothing where there are none. */
export function showDiagnostics(diagnostics: readonly Diagnostic[], io: Io, options: OutputOptions): void {
  if (diagnostics.length > 0) io.stderr.write(diagnosticsText(diagnostics, paletteFor(io.stderr, io, options)));
}
