import { readFileSync } from 'node:fs';
import { exitCode, type ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { packageFile } from './package-file.ts';

/** Prints the JSON Schema of the desired-state file. */
export function runSchema(io: Io): ExitCode {
  io.stdout.write(readFileSync(packageFile('schemas/enrollments.schema.json'), 'utf8'));
  return exitCode.done;
}
