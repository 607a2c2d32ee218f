import type { DiagnosticCode } from '../../model/diagnostic-codes.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { TenantError } from '../../model/failure.ts';
import { exitCode, type ExitCode } from './exit-code.ts';

/** Ends a command with a message for the person who runs it: no stack trace, nothing written. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly detail: string;
  readonly code: ExitCode;
  /** What programs that read JSON know it by. */
  readonly reason: DiagnosticCode;
  /** What it is about, already shown on stderr. */
  readonly diagnostics: readonly Diagnostic[];

  constructor(summary: string, detail: string, code: ExitCode = exitCode.error, facts: CommandErrorFacts = {}) {
    super(summary, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.detail = detail;
    this.code = code;
    this.reason = facts.reason ?? usualReasons.get(code) ?? 'COMMAND_FAILED';
    this.diagnostics = facts.diagnostics ?? [];
  }
}

interface CommandErrorFacts {
  readonly cause?: unknown;
  readonly reason?: DiagnosticCode;
  readonly diagnostics?: readonly Diagnostic[];
}

const usualReasons: ReadonlyMap<ExitCode, DiagnosticCode> = new Map<ExitCode, DiagnosticCode>([
  [exitCode.refused, 'REFUSED'],
  [exitCode.incomplete, 'INCOMPLETE'],
]);

/** The exit code for what ends a command. */
export function codeOf(error: unknown): ExitCode {
  if (error instanceof CommandError) return error.code;
  return error instanceof TenantError && error.again === 'helps' ? exitCode.incomplete : exitCode.error;
}

/** Ends a command because of the input. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super('the input has errors');
    this.diagnostics = diagnostics;
  }
}
