import { sortedDiagnostics, type Diagnostic, type Severity } from '../../model/diagnostic.ts';
import { placeOf } from '../../model/place.ts';
import { codeFrame } from './code-frame.ts';
import { count } from '../../model/values/count.ts';
import { plain } from '../text/escape.ts';
import { fitted } from '../text/fitted.ts';
import { wholePlace } from '../text/place-text.ts';
import type { Palette } from '../text/style.ts';

const titles: Readonly<Record<Severity, string>> = { error: 'Error', warning: 'Warning' };

/** More than anybody reads; one mistake in a file of 100,000 entries would else be as many pages. */
const mostShown = 1000;

/**
 * For stderr: each diagnostic with its place and code frame, an empty line between; empty where there are none. Beyond
 * a thousand they are counted, errors shown first.
 */
export function diagnosticsText(diagnostics: readonly Diagnostic[], palette: Palette, width?: number): string {
  const shown = diagnostics.length > mostShown ? worst(diagnostics) : diagnostics;
  const blocks = sortedDiagnostics(shown).map(
    (diagnostic) => `${diagnosticLines(diagnostic, palette, width).join('\n')}\n`,
  );
  const left = diagnostics.length - shown.length;
  if (left > 0) blocks.push(`${count(left, 'more message')} not shown; use --format json to list up to 1,000.\n`);
  return blocks.join('\n');
}

function worst(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const sorted = sortedDiagnostics(diagnostics);
  const of = (severity: Severity): readonly Diagnostic[] => sorted.filter((each) => each.severity === severity);
  return [...of('error'), ...of('warning')].slice(0, mostShown);
}

function diagnosticLines(diagnostic: Diagnostic, palette: Palette, width?: number): readonly string[] {
  const { severity, snippet } = diagnostic;
  const title = palette[severity](`${titles[severity]}:`);
  const lines = (texts: readonly string[]): readonly string[] => texts.map((text) => fitted(text, width));
  return [
    ...lines([
      `${title} ${palette.strong(plain(diagnostic.summary))} ${palette.faint(`[${plain(diagnostic.code)}]`)}`,
      ...whereLines(diagnostic),
    ]),
    ...(snippet === undefined ? [] : codeFrame(snippet, palette, width)),
    ...lines(diagnostic.detail === '' ? [] : [`  ${plain(diagnostic.detail)}`]),
  ];
}

function whereLines({ range, snippet }: Diagnostic): readonly string[] {
  if (range === undefined) return [];
  const context = snippet?.context ?? null;
  return [`  at ${wholePlace(placeOf(range))}${context === null ? '' : `, in ${plain(context)}`}`];
}

/** What a program error says on stderr; `detail` may be empty. */
export function errorText(summary: string, detail: string, palette: Palette, width?: number): string {
  const first = `${palette.error('Error:')} ${palette.strong(plain(summary))}\n`;
  return fitted(detail === '' ? first : `${first}  ${plain(detail)}\n`, width);
}
