import { sortedDiagnostics, hasErrors, type Diagnostic, type Severity } from '../../model/diagnostic.ts';
import { count } from '../../model/values/count.ts';
import { filesText } from '../text/files-text.ts';
import { diagnosticJson, type DiagnosticJson } from './diagnostic-json.ts';
import type { Palette } from '../text/style.ts';

/** What `validate --format json` prints; the same members as `terraform validate -json`. */
export interface ValidationJson {
  readonly format_version: '1.0';
  readonly tool: 'faceform';
  readonly tool_version: string;
  readonly valid: boolean;
  readonly error_count: number;
  readonly warning_count: number;
  /** Missing where no file was skipped. */
  readonly x_files_skipped?: number;
  readonly diagnostics: readonly DiagnosticJson[];
}

export function validateJson(
  { diagnostics, leftOut, skipped }: Omit<Validated, 'enrollments' | 'files'>,
  toolVersion: string,
): ValidationJson {
  return {
    format_version: '1.0',
    tool: 'faceform',
    tool_version: toolVersion,
    valid: !hasErrors(diagnostics),
    error_count: countOf('error', { diagnostics, leftOut }),
    warning_count: countOf('warning', { diagnostics, leftOut }),
    ...(skipped === 0 ? {} : { x_files_skipped: skipped }),
    diagnostics: sortedDiagnostics(diagnostics).map(diagnosticJson),
  };
}

/** How much was checked. */
export interface Validated {
  readonly files: number;
  readonly enrollments: number;
  /** Files below the directories that were skipped. */
  readonly skipped: number;
  readonly diagnostics: readonly Diagnostic[];
  /** How many more were found than `diagnostics` lists. */
  readonly leftOut: Readonly<Record<Severity, number>>;
}

/** The verdict in one line; the diagnostics themselves are `diagnosticsText`. */
export function validateText({ files, skipped, enrollments, ...found }: Validated, palette: Palette): string {
  const errors = countOf('error', found);
  const warnings = countOf('warning', found);
  const noted = warnings === 0 ? '' : `, ${count(warnings, 'warning')}`;
  const read = filesText(files, skipped);
  if (errors === 0) return `${palette.good('Success!')} ${read}, ${count(enrollments, 'enrollment')}${noted}.\n`;
  // A path that does not exist is an error in no file.
  const where = files === 0 && skipped === 0 ? '' : ` in ${read}`;
  return `${palette.error('Failure:')} ${count(errors, 'error')}${noted}${where}.\n`;
}

function countOf(severity: Severity, { diagnostics, leftOut }: Pick<Validated, 'diagnostics' | 'leftOut'>): number {
  const listed = diagnostics.filter((each) => each.severity === severity && each.code !== 'MORE_DIAGNOSTICS');
  return listed.length + leftOut[severity];
}
