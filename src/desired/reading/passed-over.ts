import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Scope } from '../../model/enrollment.ts';
import type { SourceRange } from '../../model/place.ts';
import { count } from '../../model/values/count.ts';
import { ignoreFileName } from './ignore-rules.ts';

/** Names that a warning shows; `--debug` lists all. */
const mostNamed = 5;

/**
 * Notes for files below a directory that hold no enrollments. Under a scope of a group or the tenant each is an error: a
 * file that lost its properties by mistake would mean that the faces of its users are not wanted.
 */
export function passedOverDiagnostics(files: readonly string[], scopes: readonly Scope[]): readonly Diagnostic[] {
  if (scopes.some(isWide)) return files.map(errorFor);
  const [first] = files;
  if (first === undefined) return [];
  return [
    {
      severity: 'warning',
      code: 'NOT_ENROLLMENTS',
      summary: `${count(files.length, 'file')} without enrollments passed over`,
      detail:
        `${namesOf(files)} If one should be read, correct its top-level properties. ` +
        `To leave a file out without this warning, name it in ${ignoreFileName}.`,
      range: startOf(first),
    },
  ];
}

/**
 * A note for files that ignore files leave out. They may be what protects a user or holds a budget, so that a reviewer of
 * the plan must see it.
 */
export function ignoredDiagnostics(files: readonly string[], scopes: readonly Scope[]): readonly Diagnostic[] {
  const [first] = files;
  if (first === undefined) return [];
  return [
    {
      severity: 'warning',
      code: 'FILES_IGNORED',
      summary: `${count(files.length, 'file')} ignored by ${ignoreFileName}`,
      detail: `${namesOf(files)} ${scopes.some(isWide) ? notListed : notHeld}`,
      range: startOf(first),
    },
  ];
}

const notListed = "Users who are named only there count as not listed, and 'onRemove' holds for them.";
const notHeld = 'Nothing that they say holds, protection and budgets included.';

function isWide({ users }: Scope): boolean {
  return users !== 'listed';
}

function errorFor(file: string): Diagnostic {
  return {
    severity: 'error',
    code: 'NOT_ENROLLMENTS',
    summary: `${file} holds no enrollments`,
    detail:
      "Under 'scope: { users: group }' or 'tenant', a file that is left out by mistake may delete faces. " +
      `Correct its top-level properties, or name it in ${ignoreFileName}.`,
    range: startOf(file),
  };
}

/** The first few, and how many more. */
function namesOf(files: readonly string[]): string {
  const named = files.slice(0, mostNamed).join(', ');
  return files.length > mostNamed ? `${named} and ${files.length - mostNamed} more.` : `${named}.`;
}

function startOf(file: string): SourceRange {
  const start = { line: 1, column: 1, byte: 0 };
  return { filename: file, start, end: start };
}
