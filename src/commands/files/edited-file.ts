import type { Stats } from 'node:fs';
import { mkdir, open, realpath, rm, stat } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { readFiles, type SourceFile } from '../../desired/index.ts';
import { errorCode } from '../../files/error-code.ts';
import { isMissing } from '../../files/is-missing.ts';
import { readRegular } from '../../files/read-regular.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { CommandError } from '../process/command-error.ts';
import type { Surroundings } from '../process/io.ts';
import { reserveFile } from './out-file.ts';

/** A file of entries that a command is to change. */
export interface EditableFile {
  /** Missing where it is not there yet, or cannot be read. */
  readonly source: SourceFile | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a file to change it. @throws CommandError where it is a directory or read-only */
export async function openEditable(file: string, io: Surroundings): Promise<EditableFile> {
  const about = await aboutOf(file, io);
  if (about === undefined) return { source: undefined, diagnostics: [] };
  if (about.isDirectory()) throw new CommandError(`${file} is a directory`, 'Name a file.');
  // Whoever has the directory could replace it all the same: it is not writable on purpose.
  if ((about.mode & 0o222) === 0) throw new CommandError(`${file} is read-only`, `Run 'chmod u+w' on it first.`);
  const { workingDirectory, readStandardInput } = io;
  const { sources, diagnostics } = await readFiles({ paths: [file], workingDirectory, readStandardInput });
  return { source: sources[0], diagnostics };
}

/** A file with its new text. */
export interface EditedFile {
  readonly file: string;
  readonly text: string;
  /** As it was read; missing where it was not there. */
  readonly before: SourceFile | undefined;
}

/** Writes files in place of those that were read, each at once, once all can be written. @throws CommandError */
export async function saveEdited(files: readonly EditedFile[], io: Surroundings): Promise<void> {
  const ready = [];
  for (const file of files) {
    const about = await aboutOf(file.file, io);
    if (about === undefined) await mkdir(dirname(resolve(io.workingDirectory, file.file)), { recursive: true });
    const mode = about === undefined ? 0o600 : about.mode & 0o777;
    const beforeRename = (): Promise<void> => demandUnchanged(file, io);
    ready.push({ file, out: await reserveFile(file.file, 'the entries', io, { mode, beforeRename }) });
  }
  for (const { file, out } of ready) {
    const mark = file.before !== undefined && hasMark(file.before) ? '\ufeff' : '';
    await alone(file.file, io, () => out.save(mark + file.text));
  }
}

/** Whether a byte order mark stands before the text. */
function hasMark(source: SourceFile): boolean {
  return source.rangeOf({ start: 0, end: 0 }).start.byte > 0;
}

async function demandUnchanged({ file, before }: EditedFile, { workingDirectory }: Surroundings): Promise<void> {
  const path = resolve(workingDirectory, file);
  const bytes = await readRegular(path, 2 ** 30).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  const now = bytes instanceof Uint8Array ? createHash('sha256').update(bytes).digest('hex') : bytes;
  if (now === before?.sha256) return;
  throw new CommandError(`${file} has changed since it was read`, 'Nothing was written to it. Run again.');
}

/** Does work while no other run writes the file. */
async function alone(file: string, { workingDirectory }: Surroundings, work: () => Promise<void>): Promise<void> {
  const named = resolve(workingDirectory, file);
  const lock = `${await realpath(named).catch(() => named)}.lock`;
  try {
    await (await open(lock, 'wx', 0o600)).close();
  } catch (error) {
    throw new CommandError(
      `${file} is being written by another run (${errorCode(error) ?? 'unknown'})`,
      `Run again. If no other run is under way, delete ${file}.lock.`,
    );
  }
  try {
    await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function aboutOf(file: string, { workingDirectory }: Surroundings): Promise<Stats | undefined> {
  return stat(resolve(workingDirectory, file)).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
}
