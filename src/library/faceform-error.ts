import { codeOf, InputError } from '../commands/process/command-error.ts';
import { knownWords, wordsFor } from '../commands/process/failure.ts';
import type { ExitCode } from '../commands/process/exit-code.ts';
import { sortedDiagnostics } from '../model/diagnostic.ts';
import { placeOf } from '../model/place.ts';
import { diagnosticJson, type DiagnosticJson } from '../report/diagnostics/diagnostic-json.ts';
import type { ApplyJson } from '../report/run/apply-json.ts';
import { placeText } from '../report/text/place-text.ts';

/** What the command line would have ended with a message for. Nothing was written, unless there is a report. */
export class FaceformError extends Error {
  override readonly name = 'FaceformError';
  /** What to do about it. */
  readonly detail: string;
  /** That of the command line: 5 where a budget or protection refused, 6 where the tenant could not be read, else 1. */
  readonly exitCode: ExitCode;
  /** What is wrong with the files, if that is the reason. */
  readonly diagnostics: readonly DiagnosticJson[];
  /** What came of an apply that had ended by then: its journal or the embedded tenant's file is not whole, or it met a bug. */
  readonly report: ApplyJson | undefined;

  constructor(summary: string, facts: Pick<FaceformError, 'detail' | 'exitCode' | 'diagnostics' | 'report' | 'cause'>) {
    super(summary, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.detail = facts.detail;
    this.exitCode = facts.exitCode;
    this.diagnostics = facts.diagnostics;
    this.report = facts.report;
  }
}

/** Does the work of a call. @throws FaceformError in place of what the command line has a message for. */
export async function withDocumentedErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InputError) throw inputError(error);
    const words = knownWords(error);
    if (words === undefined) throw error;
    throw new FaceformError(words.summary, { ...words, ...factsOf(error), report: undefined });
  }
}

/** What went wrong beside the changes of a run, whose report is not lost by it. */
export function afterRun(error: Error, report: ApplyJson): FaceformError {
  const words = wordsFor(error);
  return new FaceformError(words.summary, { ...words, ...factsOf(error), report });
}

function factsOf(error: unknown): Pick<FaceformError, 'exitCode' | 'diagnostics' | 'cause'> {
  return { exitCode: codeOf(error), diagnostics: [], cause: error };
}

/** Of many things that are wrong, the first stands for all in the message. */
function inputError({ message, diagnostics }: InputError): FaceformError {
  const sorted = sortedDiagnostics(diagnostics);
  const [first] = sorted;
  const place = first?.range === undefined ? '' : `${placeText(placeOf(first.range))}: `;
  const others = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more)` : '';
  const detail = first?.detail ?? 'See the diagnostics.';
  return new FaceformError(`${place}${first?.summary ?? message}${others}`, {
    detail,
    exitCode: 1,
    diagnostics: sorted.map(diagnosticJson),
    report: undefined,
  });
}
