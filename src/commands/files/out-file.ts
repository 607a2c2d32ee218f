import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { errorCode } from '../../files/error-code.ts';
import { CommandError } from '../process/command-error.ts';
import type { Surroundings } from '../process/io.ts';

/** A place for a file that was seen to be writable before the tenant is asked. */
export interface OutFile {
  /** Puts the whole file there at once, in place of one that may be there. @throws CommandError */
  readonly save: (text: string | Iterable<string>) => Promise<void>;
}

/**
 * Refuses `-`, which means standard output elsewhere: a file of that name would be a surprise.
 *
 * @throws CommandError
 */
export function demandFileName(name: string, what: string): void {
  if (name !== '-') return;
  throw new CommandError(
    `'-' cannot be the file for ${what}`,
    "Name a file, or omit the flag: the command and '--format' decide what goes to standard output.",
  );
}

/** How a file takes its place. */
export interface Replacement {
  readonly mode: number;
  /** Asked when the new file is complete and not in its place yet; what it throws leaves the old file there. */
  readonly beforeRename: () => Promise<void>;
}

const anyFile: Replacement = { mode: 0o600, beforeRename: () => Promise.resolve() };

/**
 * Tries the place with a file that is gone at once, so that nothing is left behind however the run ends.
 *
 * @param what it will hold, such as `the plan`.
 * @param replacement mode 0600, whatever may be there, where it is missing.
 * @throws CommandError where nothing can be written there.
 */
export async function reserveFile(
  name: string,
  what: string,
  io: Surroundings,
  { mode, beforeRename } = anyFile,
): Promise<OutFile> {
  demandFileName(name, what);
  const named = resolve(io.workingDirectory, name);
  // What a link leads to is replaced, not the link.
  const path = await realpath(named).catch(() => named);
  const unfinished = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      await rm(unfinished, { force: true });
      if (error instanceof CommandError) throw error;
      throw new CommandError(
        `${what} cannot be saved to ${name} (${errorCode(error) ?? 'unknown'})`,
        'Name a file that can be written.',
      );
    }
  };
  await attempt(async () => {
    const there = await stat(path).catch(() => undefined);
    if (there?.isFile() === false) throw new NoFile(there.isDirectory() ? 'EISDIR' : 'a device or a pipe');
    await writeWhole(unfinished, '', mode);
    await rm(unfinished);
  });
  return {
    save: (text) =>
      attempt(async () => {
        await writeWhole(unfinished, text, mode);
        await beforeRename();
        await rename(unfinished, path);
      }),
  };
}

/** What is there is none, and to put a file in its place would take it away from others. */
class NoFile extends Error {
  readonly code: string;

  constructor(code: string) {
    super();
    this.code = code;
  }
}

async function writeWhole(path: string, text: string | Iterable<string>, mode: number): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    if (mode !== 0o600) await handle.chmod(mode);
    await writeFile(handle, text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
