import type { Diagnostic } from '../../model/diagnostic.ts';
import { diagnosticsText, palette, type Palette } from '../../report/index.ts';
import type { Io, Output } from './io.ts';
import type { OutputOptions } from './options.ts';

/** Colours, as the flags, the environment and the output want them. */
export function paletteFor(output: Output, io: Io, options: Pick<OutputOptions, 'color'>): Palette {
  return palette(options.color && wantsColor(output, io.environment) ? 'color' : 'plain');
}

/**
 * By the first of these that is set: NO_COLOR, which says no; FORCE_COLOR and CLICOLOR_FORCE, by which the log of a
 * pipeline has colours; else by whether a terminal shows them.
 *
 * @see https://no-color.org, https://force-color.org and https://bixense.com/clicolors
 */
function wantsColor({ isTerminal }: Output, environment: Io['environment']): boolean {
  const { NO_COLOR = '', FORCE_COLOR = '', CLICOLOR_FORCE = '', CLICOLOR, TERM } = environment;
  if (NO_COLOR !== '') return false;
  if (FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  if (CLICOLOR_FORCE !== '' && CLICOLOR_FORCE !== '0') return true;
  return isTerminal && CLICOLOR !== '0' && TERM !== 'dumb';
}

/** Writes diagnostics to stderr; nothing where there are none. */
export function showDiagnostics(diagnostics: readonly Diagnostic[], io: Io, options: OutputOptions): void {
  if (diagnostics.length > 0)
    io.stderr.write(diagnosticsText(diagnostics, paletteFor(io.stderr, io, options), io.stderr.columns));
}
