import { sortedDiagnostics, type Diagnostic } from '../../model/diagnostic.ts';

/** One mistake in a file of 100,000 entries would else be as many pages. */
const mostOfCode = 20;
/** The first with all there is to say, the others by their place. */
const named = 3;

/** A diagnostic as people are shown it: where there are many of its code, the first speaks for all. */
export interface Collapsed {
  readonly diagnostic: Diagnostic;
  readonly also: readonly Diagnostic[];
  /** How many more there are. */
  readonly left: number;
}

/** Sorted; those of a code that has more than 20 are one, at the place of the first. */
export function collapsed(diagnostics: readonly Diagnostic[]): readonly Collapsed[] {
  const sorted = sortedDiagnostics(diagnostics);
  const alike = new Map<string, Diagnostic[]>();
  for (const diagnostic of sorted) {
    const known = alike.get(keyOf(diagnostic));
    if (known === undefined) alike.set(keyOf(diagnostic), [diagnostic]);
    else known.push(diagnostic);
  }
  return sorted.flatMap((diagnostic) => {
    const all = alike.get(keyOf(diagnostic)) ?? [];
    if (all.length <= mostOfCode) return [{ diagnostic, also: [], left: 0 }];
    return all[0] === diagnostic ? [{ diagnostic, also: all.slice(1, named), left: all.length - named }] : [];
  });
}

/** No error may hide behind a warning. */
function keyOf({ severity, code }: Diagnostic): string {
  return `${severity} ${code}`;
}
