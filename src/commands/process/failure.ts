import type { DiagnosticCode } from '../../model/diagnostic-codes.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { isFailure, TenantError } from '../../model/failure.ts';
import { errorText, failureJson, plain, toJsonText } from '../../report/index.ts';
import { CommandError, codeOf, InputError } from './command-error.ts';
import type { ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import type { OutputOptions } from './options.ts';
import { paletteFor, showDiagnostics } from './console.ts';
import { toolVersion } from './version.ts';

/** The one place where an exception ends as a message and an exit code. A stack trace is for `--debug` only. */
export function showFailure(error: unknown, io: Io, options: OutputOptions): ExitCode {
  if (options.debug === true && error instanceof Error) io.stderr.write(`${stackOf(error)}\n`);
  if (error instanceof InputError) {
    showDiagnostics(error.diagnostics, io, options);
  } else {
    const { summary, detail } = wordsFor(error);
    io.stderr.write(errorText(summary, detail, paletteFor(io.stderr, io, options), io.stderr.columns));
  }
  return codeOf(error);
}

/** The document that `--format json` promises, where the command has printed none. */
export function printFailureJson(diagnostics: readonly Diagnostic[], command: string | undefined, io: Io): void {
  io.stdout.write(toJsonText(failureJson(command, diagnostics, toolVersion())));
}

/** What an exception says, as diagnostics. */
export function diagnosticsOf(error: unknown): readonly Diagnostic[] {
  if (error instanceof InputError) return error.diagnostics;
  const own: Diagnostic = { severity: 'error', code: reasonOf(error), ...wordsFor(error) };
  return error instanceof CommandError ? [...error.diagnostics, own] : [own];
}

function reasonOf(error: unknown): DiagnosticCode {
  if (error instanceof CommandError) return error.reason;
  if (!isFailure(error)) return 'BUG';
  if (!(error instanceof TenantError)) return 'LOCAL_FAILURE';
  if (error.again === 'helps') return 'TENANT_UNREACHABLE';
  return error.kind === 'unusable' && (error.refusal.status ?? 0) >= 400 ? 'CREDENTIALS_REFUSED' : 'TENANT_REFUSED';
}

/** What an exception says to the person who runs the command. */
export function wordsFor(error: unknown): Words {
  return knownWords(error) ?? bugWords(error);
}

export interface Words {
  readonly summary: string;
  readonly detail: string;
}

/** Undefined for what no command expects: a bug. */
export function knownWords(error: unknown): Words | undefined {
  if (error instanceof CommandError) return { summary: error.message, detail: error.detail };
  return isFailure(error) ? { summary: error.message, detail: 'Nothing was written.' } : undefined;
}

function bugWords(error: unknown): Words {
  const what = error instanceof Error ? error.message : 'unknown';
  return { summary: `faceform has a bug: ${what}`, detail: 'Please report it, with the output of --debug.' };
}

/** Line by line, each harmless on a terminal. */
function stackOf(error: Error): string {
  return (error.stack ?? error.message).split('\n').map(plain).join('\n');
}
