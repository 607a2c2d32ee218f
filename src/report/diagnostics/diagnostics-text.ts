import type { Diagnostic, Severity } from '../../model/diagnostic.ts';
import { placeOf } from '../../model/place.ts';
import { codeFrame } from './code-frame.ts';
import { collapsed, type Collapsed } from './collapsed.ts';
import { plain } from '../text/escape.ts';
import { fitted } from '../text/fitted.ts';
import { wholePlace } from '../text/place-text.ts';
import type { Palette } from '../text/style.ts';

const titles: Readonly<Record<Severity, string>> = { error: 'Error', warning: 'Warning' };

/**
 * For stderr: each diagnostic with its place and code frame, an empty line between; empty where there are none. Where a
 * code has more than 20, they are counted, and the first three places named.
 *
 * @param width columns of the terminal; undefined where there is none.
 */
export function diagnosticsText(diagnostics: readonly Diagnostic[], palette: Palette, width?: number): string {
  return collapsed(diagnostics)
    .map((each) => `${diagnosticLines(each, palette, width).join('\n')}\n`)
    .join('\n');
}

function diagnosticLines(of: Collapsed, palette: Palette, width: number | undefined): readonly string[] {
  const { severity, snippet, summary, code, detail } = of.diagnostic;
  const title = palette[severity](`${titles[severity]}:`);
  const lines = (texts: readonly string[]): readonly string[] => texts.map((text) => fitted(text, width));
  return [
    ...lines([
      `${title} ${palette.strong(plain(summary))} ${palette.faint(`[${plain(code)}]`)}`,
      ...whereLines(of.diagnostic),
    ]),
    ...(snippet === undefined ? [] : codeFrame(snippet, palette, width)),
    ...lines([...(detail === '' ? [] : [`  ${plain(detail)}`]), ...alsoLines(of)]),
  ];
}

function whereLines({ range, snippet }: Diagnostic): readonly string[] {
  if (range === undefined) return [];
  const context = snippet?.context ?? null;
  return [`  at ${wholePlace(placeOf(range))}${context === null ? '' : `, in ${plain(context)}`}`];
}

function alsoLines({ diagnostic, also, left }: Collapsed): readonly string[] {
  if (left === 0) return [];
  const places = also.map(({ range, summary }) => {
    const place = range === undefined ? '' : ` at ${wholePlace(placeOf(range))}`;
    return `  also${place}${summary === diagnostic.summary ? '' : `: ${plain(summary)}`}`;
  });
  return [...places, `  and ${left} more with this code`];
}

/** What a program error says on stderr; `detail` may be empty. */
export function errorText(summary: string, detail: string, palette: Palette, width?: number): string {
  const first = `${palette.error('Error:')} ${palette.strong(plain(summary))}\n`;
  return fitted(detail === '' ? first : `${first}  ${plain(detail)}\n`, width);
}
