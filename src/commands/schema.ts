import { readFileSync } from 'node:fs';
import { exitCode, type ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';

/** Prints the JSON Schema of the desired-state file. */
export function runSchema(io: Io): ExitCode {
  io.stdout.write(readFileSync(new URL('../../schemas/enrollments.schema.json', import.meta.url), 'utf8'));
  return exitCode.done;
}
