import { TenantError } from '../model/tenant.ts';
import { errorText, plain } from '../report/index.ts';
import { CommandError, InputError } from './command-error.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import type { OutputOptions } from './options.ts';
import { paletteFor, showDiagnostics } from './show.ts';

/** The one place where an exception ends as a message and an exit code. A stack trace is for `--debug` only. */
export function showFailure(error: unknown, io: Io, options: OutputOptions): ExitCode {
  const colors = paletteFor(io.stderr, io, options);
  if (options.debug === true && error instanceof Error) io.stderr.write(`${stackOf(error)}\n`);
  if (error instanceof InputError) {
    showDiagnostics(error.diagnostics, io, options);
    return exitCode.error;
  }
  if (error instanceof CommandError) {
    io.stderr.write(errorText(error.message, error.detail, colors));
    return error.code;
  }
  if (error instanceof TenantError) {
    io.stderr.write(errorText(error.message, 'Nothing was written.', colors));
    return exitCode.error;
  }
  const what = error instanceof Error ? error.message : 'unknown';
  io.stderr.write(errorText(`faceform has a bug: ${what}`, 'Please report it, with the output of --debug.', colors));
  return exitCode.error;
}

/** Line by line, each harmless on a terminal. */
function stackOf(error: Error): string {
  return (error.stack ?? error.message).split('\n').map(plain).join('\n');
}
