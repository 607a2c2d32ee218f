import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { InputFile } from '../../model/enrollment.ts';
import type { PastRun } from '../../model/shown/past-run.ts';
import { errorCode } from '../../files/error-code.ts';
import { readRegular } from '../../files/read-regular.ts';
import { CommandError } from '../process/command-error.ts';
import type { Surroundings } from '../process/io.ts';

/** Of a journal; some 100,000 changes. */
const largestBytes = 256 * 1024 * 1024;

export interface LoadedPast {
  readonly past: PastRun;
  readonly input: InputFile;
}

/** Reads a journal, a report or a saved plan. @throws CommandError where the file is none of them. */
export async function loadPast(file: string, { workingDirectory }: Surroundings): Promise<LoadedPast> {
  const expected = 'Name a journal, a report of apply, or a saved plan.';
  const bytes = await readRegular(resolve(workingDirectory, file), largestBytes).catch((error: unknown) => {
    throw new CommandError(`${file} cannot be read (${errorCode(error) ?? 'unknown'})`, expected);
  });
  if (typeof bytes === 'string') throw new CommandError(`${file} cannot be read: it is ${bytes}`, expected);
  return pastFrom(bytes, file);
}

/** The run that such a file, with these bytes, is the record of. @throws CommandError where it is none. */
export async function pastFrom(bytes: Uint8Array, file: string): Promise<LoadedPast> {
  const { readPast } = await import('../../report/run/read-past.ts');
  const read = readPast(new TextDecoder().decode(bytes));
  if (read.state === 'unfit') {
    throw new CommandError(`${file} is not a record of an apply: ${read.found}`, `Expected ${read.expected}.`);
  }
  return { past: read.past, input: { file, sha256: createHash('sha256').update(bytes).digest('hex') } };
}
