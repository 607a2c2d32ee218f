import { readFileSync } from 'node:fs';
import { exitCode, type ExitCode } from './process/exit-code.ts';
import type { Io } from './process/io.ts';
import { packageFile } from './process/package-file.ts';

/** Prints the JSON Schema of the desired-state file. */
export function runSchema(io: Io): ExitCode {
  io.stdout.write(readFileSync(packageFile('schemas/enrollments.schema.json'), 'utf8'));
  return exitCode.done;
}
