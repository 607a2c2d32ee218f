import { randomBytes } from 'node:crypto';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CommandError } from './command-error.ts';
import type { Io } from './io.ts';

/** A place for a file that is known to be writable before the tenant is asked. */
export interface OutFile {
  /** Puts the whole file there at once, mode 0600, in place of one that may be there. */
  readonly save: (text: string | Iterable<string>) => Promise<void>;
  /** Leaves what was there before. */
  readonly discard: () => Promise<void>;
}

/** @param what it will hold, such as `the plan`. @throws CommandError where nothing can be written there. */
export async function reserveFile(name: string, what: string, io: Io): Promise<OutFile> {
  const path = resolve(io.workingDirectory, name);
  const unfinished = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  const failed = (error: unknown): CommandError =>
    new CommandError(`${what} cannot be saved to ${name} (${reasonOf(error)})`, 'Name a file that can be written.');
  try {
    const handle = await open(unfinished, 'wx', 0o600);
    return {
      save: async (text) => {
        try {
          await writeFile(handle, text);
          await handle.sync();
          await handle.close();
          await rename(unfinished, path);
        } catch (error) {
          await rm(unfinished, { force: true });
          throw failed(error);
        }
      },
      discard: async () => {
        await handle.close();
        await rm(unfinished, { force: true });
      },
    };
  } catch (error) {
    throw failed(error);
  }
}

export function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
