import type { Diagnostic, Severity, Snippet } from '../../model/diagnostic.ts';
import type { Position, SourceRange } from '../../model/place.ts';

/** Members and spelling are those of `terraform validate -json`, with `code` beside them. */
export interface DiagnosticJson {
  readonly severity: Severity;
  readonly code: string;
  readonly summary: string;
  readonly detail: string;
  readonly range?: SourceRange;
  readonly snippet?: SnippetJson;
}

interface SnippetJson {
  readonly context: string | null;
  readonly code: string;
  readonly start_line: number;
  readonly highlight_start_offset: number;
  readonly highlight_end_offset: number;
  readonly values: readonly never[];
}

export function diagnosticJson(diagnostic: Diagnostic): DiagnosticJson {
  const { severity, code, summary, detail, range, snippet } = diagnostic;
  return {
    severity,
    code,
    summary,
    detail,
    ...(range === undefined ? {} : { range: rangeJson(range) }),
    ...(snippet === undefined ? {} : { snippet: snippetJson(snippet) }),
  };
}

function rangeJson({ filename, start, end }: SourceRange): SourceRange {
  return { filename, start: positionJson(start), end: positionJson(end) };
}

/** Member by member, so that the order of members never depends on who built the value. */
function positionJson({ line, column, byte }: Position): Position {
  return { line, column, byte };
}

function snippetJson(snippet: Snippet): SnippetJson {
  return {
    context: snippet.context,
    code: snippet.code,
    start_line: snippet.startLine,
    highlight_start_offset: snippet.highlightStart,
    highlight_end_offset: snippet.highlightEnd,
    values: [],
  };
}
