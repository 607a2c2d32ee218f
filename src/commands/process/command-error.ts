import type { Diagnostic } from '../../model/diagnostic.ts';
import { TenantError } from '../../model/failure.ts';
import { exitCode, type ExitCode } from './exit-code.ts';

/** Ends a command with a message for the person who runs it: no stack trace, nothing written. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly detail: string;
  readonly code: ExitCode;

  constructor(summary: string, detail: string, code: ExitCode = exitCode.error, options?: ErrorOptions) {
    super(summary, options);
    this.detail = detail;
    this.code = code;
  }
}

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
