import type { Diagnostic, Snippet } from '../../model/diagnostic.ts';
import { given } from '../../model/values/given.ts';
import type { Position, SourceRange } from '../../model/place.ts';
import type { DiagnosticJson, PositionJson } from '../generated/plan-file.generated.ts';

export type { DiagnosticJson } from '../generated/plan-file.generated.ts';

/** Members and spelling are those of `terraform validate -json`, with `code` beside them. */
export function diagnosticJson(diagnostic: Diagnostic): DiagnosticJson {
  const { severity, code, summary, detail, range, snippet } = diagnostic;
  return given<DiagnosticJson>({
    severity,
    code,
    summary,
    detail,
    range: range && rangeJson(range),
    snippet: snippet && snippetJson(snippet),
  });
}

function rangeJson({ filename, start, end }: SourceRange): NonNullable<DiagnosticJson['range']> {
  return { filename, start: positionJson(start), end: positionJson(end) };
}

/** Member by member, so that the order of members never depends on who built the value. */
function positionJson({ line, column, byte }: Position): PositionJson {
  return { line, column, byte };
}

function snippetJson(snippet: Snippet): NonNullable<DiagnosticJson['snippet']> {
  return {
    context: snippet.context,
    code: snippet.code,
    start_line: snippet.startLine,
    highlight_start_offset: snippet.highlightStart,
    highlight_end_offset: snippet.highlightEnd,
    values: [],
  };
}
