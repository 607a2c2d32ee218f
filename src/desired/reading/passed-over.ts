import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Scope } from '../../model/enrollment.ts';
import type { SourceRange } from '../../model/place.ts';
import { count } from '../../model/values/count.ts';

/** Names that a warning shows; `--debug` lists all. */
const mostNamed = 5;

/**
 * Notes for files below a directory that hold no enrollments. Under a scope of a group or the tenant each is an error: a
 * file that lost its properties by mistake would mean that the faces of its users are not wanted.
 */
export function passedOverDiagnostics(files: readonly string[], scope: Scope): readonly Diagnostic[] {
  if (scope.users !== 'listed') return files.map(errorFor);
  const [first] = files;
  if (first === undefined) return [];
  return [
    {
      severity: 'warning',
      code: 'NOT_ENROLLMENTS',
      summary: `${count(files.length, 'file')} without enrollments passed over`,
      detail: `${namesOf(files)} ${advice}`,
      range: startOf(first),
    },
  ];
}

const advice =
  'If one should be read, correct its top-level properties, or name it on the command line to see its errors.';

function errorFor(file: string): Diagnostic {
  return {
    severity: 'error',
    code: 'NOT_ENROLLMENTS',
    summary: `${file} holds no enrollments`,
    detail:
      "Under 'scope: { users: group }' or 'tenant', a file that is left out by mistake may delete faces. " +
      'Correct its top-level properties, or move the file out of the directory.',
    range: startOf(file),
  };
}

/** The first few, and how many more. */
function namesOf(files: readonly string[]): string {
  const named = files.slice(0, mostNamed).join(', ');
  return files.length > mostNamed ? `${named} and ${files.length - mostNamed} more.` : `${named}.`;
}

/** Where a diagnostic about a whole file points to. */
function startOf(file: string): SourceRange {
  const start = { line: 1, column: 1, byte: 0 };
  return { filename: file, start, end: start };
}
