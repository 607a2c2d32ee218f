import type { Diagnostic, Severity } from '../../model/diagnostic.ts';
import { count } from '../../model/values/count.ts';
import type { ParsedFile, Path } from '../source/parsed-file.ts';
import type { Words } from '../source/source-file.ts';

/** Diagnostics of a run that are kept: more than anybody reads, and few enough for any file to end soon. */
const mostDiagnostics = 1000;

/** How many diagnostics were found beyond those that are kept. */
export type LeftOut = Readonly<Record<Severity, number>>;

/** Collects what is wrong with the files of a run. Beyond a limit it only counts, so that nothing is made in vain. */
export class Findings {
  readonly #kept: Readonly<Record<Severity, Diagnostic[]>> = { error: [], warning: [] };
  readonly #found: Record<Severity, number> = { error: 0, warning: 0 };

  get hasErrors(): boolean {
    return this.#found.error > 0;
  }

  /** @param make is called only where the diagnostic is kept. */
  add(severity: Severity, make: () => Diagnostic): void {
    this.#found[severity] += 1;
    const kept = this.#kept[severity];
    if (kept.length < mostDiagnostics) kept.push(make());
  }

  addAll(diagnostics: Iterable<Diagnostic>): void {
    for (const diagnostic of diagnostics) this.add(diagnostic.severity, () => diagnostic);
  }

  /** Adds what is said of a place in a file. */
  tell(file: Pick<ParsedFile, 'diagnose'>, words: Words, path: Path, part: 'key' | 'value' = 'value'): void {
    this.add(words.severity ?? 'error', () => file.diagnose(words, path, part));
  }

  /**
   * Adds what was found in the same files for each of several environments: what is wrong in all of them counts once. What
   * is beyond the limit is not compared, and the environment with the most counts.
   */
  addEach(environments: readonly Findings[]): void {
    const seen = new Set<string>();
    for (const severity of ['error', 'warning'] as const) {
      for (const diagnostic of environments.flatMap((each) => each.#kept[severity])) {
        const name = JSON.stringify([diagnostic.code, diagnostic.summary, diagnostic.range]);
        if (seen.size !== seen.add(name).size) this.add(severity, () => diagnostic);
      }
      const beyond = environments.map((each) => each.#found[severity] - each.#kept[severity].length);
      this.#found[severity] += Math.max(0, ...beyond);
    }
  }

  /** At most a thousand, errors before warnings; of more, the last one counts the rest. */
  end(): { readonly diagnostics: readonly Diagnostic[]; readonly leftOut: LeftOut } {
    const { error, warning } = this.#found;
    const room = error + warning > mostDiagnostics ? mostDiagnostics - 1 : mostDiagnostics;
    const errors = this.#kept.error.slice(0, room);
    const warnings = this.#kept.warning.slice(0, room - errors.length);
    const leftOut = { error: error - errors.length, warning: warning - warnings.length };
    const rest = leftOut.error + leftOut.warning === 0 ? [] : [restOf(leftOut)];
    return { diagnostics: [...errors, ...warnings, ...rest], leftOut };
  }
}

function restOf({ error, warning }: LeftOut): Diagnostic {
  const rest = [
    ...(error === 0 ? [] : [count(error, 'more error')]),
    ...(warning === 0 ? [] : [count(warning, 'more warning')]),
  ];
  return {
    severity: error > 0 ? 'error' : 'warning',
    code: 'MORE_DIAGNOSTICS',
    summary: `${rest.join(', ')} not shown`,
    detail: 'Only 1,000 are shown, errors first. Fix these and run again.',
  };
}
