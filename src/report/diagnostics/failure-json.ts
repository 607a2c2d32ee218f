import { sortedDiagnostics, type Diagnostic } from '../../model/diagnostic.ts';
import { diagnosticJson, type DiagnosticJson } from './diagnostic-json.ts';

/** What a command prints in JSON that ended before it had a document of its own. */
export interface FailureJson {
  readonly format_version: '1.0';
  readonly tool: 'faceform';
  readonly tool_version: string;
  readonly diagnostics: readonly DiagnosticJson[];
}

/**
 * What a document of the command can truly say of a run that came to nothing. It has no list of changes, so that a
 * policy cannot take it for a plan without any.
 */
const verdicts: ReadonlyMap<string, object> = new Map<string, object>([
  ['validate', { valid: false }],
  ['plan', { x_complete: false }],
  ['revert', { x_complete: false }],
  ['show', { x_complete: false }],
  ['status', { x_complete: false }],
  ['apply', { outcomes: [] }],
  ['resend', { outcomes: [] }],
  ['doctor', { ready: false, checks: [] }],
]);

/** @param command its word on the command line, such as `plan`; it may be none. */
export function failureJson(
  command: string | undefined,
  diagnostics: readonly Diagnostic[],
  toolVersion: string,
): FailureJson {
  return {
    format_version: '1.0',
    tool: 'faceform',
    tool_version: toolVersion,
    ...verdicts.get(command ?? ''),
    diagnostics: sortedDiagnostics(diagnostics).map(diagnosticJson),
  };
}
