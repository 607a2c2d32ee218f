import { sortedDiagnostics, type Diagnostic } from '../../model/diagnostic.ts';
import type { SourceRange } from '../../model/place.ts';
import { plain } from '../text/escape.ts';

/**
 * Workflow commands that GitHub Actions turns into annotations, one a line.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function diagnosticsGithub(diagnostics: readonly Diagnostic[]): string {
  return sortedDiagnostics(diagnostics)
    .map((diagnostic) => `${annotation(diagnostic)}\n`)
    .join('');
}

function annotation(diagnostic: Diagnostic): string {
  const properties = [...rangeProperties(diagnostic.range), ['title', diagnostic.summary] as const]
    .map(([name, value]) => `${name}=${escapedProperty(value)}`)
    .join(',');
  const message = `${plain(diagnostic.detail)} [${plain(diagnostic.code)}]`.trimStart();
  return `::${diagnostic.severity} ${properties}::${escapedMessage(message)}`;
}

function rangeProperties(range: SourceRange | undefined): readonly (readonly [string, string])[] {
  if (range === undefined) return [];
  const { filename, start, end } = range;
  return [
    ['file', filename],
    ['line', String(start.line)],
    ['col', String(start.column)],
    ['endLine', String(end.line)],
    ['endColumn', String(end.column)],
  ];
}

function escapedMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedMessage(plain(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
