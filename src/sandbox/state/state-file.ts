import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readSeed } from './read-seed.ts';
import { SeedProblem, type SandboxSeed } from './seed.ts';

/** The state file cannot be read, written, or understood. The message names the file and says what is wrong. */
export class SandboxStateError extends Error {
  override readonly name = 'SandboxStateError';
  readonly file: string;

  constructor(file: string, problem: string, cause: unknown) {
    super(`sandbox state ${file}: ${problem}`, { cause });
    this.file = file;
  }
}

/**
 * The tenant in a state file; undefined if there is no such file.
 *
 * @throws SandboxStateError
 */
export async function loadState(file: string): Promise<SandboxSeed | undefined> {
  try {
    const value: unknown = JSON.parse(await readText(file));
    return readSeed(value);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw stateError(file, error);
  }
}

/** A pipe is opened without waiting for somebody who writes, and refused. */
async function readText(file: string): Promise<string> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!(await handle.stat()).isFile()) throw new SandboxStateError(file, 'not a regular file', undefined);
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

/**
 * The error to show a person for something that went wrong with a state file; errors of other kinds come back as they
 * are. The parser's own message may quote the file, and with it a secret; it is not passed on.
 */
export function stateError(file: string, error: unknown): unknown {
  if (error instanceof SeedProblem) return new SandboxStateError(file, error.message, error);
  if (error instanceof SyntaxError) return new SandboxStateError(file, 'not JSON', error);
  if (error instanceof Error && codeOf(error) !== undefined) return new SandboxStateError(file, error.message, error);
  return error;
}

/** Keeps a file in step with a tenant. Saves that are asked for while one is being written become one. */
export class StateKeeper {
  readonly #file: string;
  readonly #current: () => SandboxSeed;
  #last: Promise<void> = Promise.resolve();
  #queued: Promise<void> | undefined;

  constructor(file: string, current: () => SandboxSeed) {
    this.#file = file;
    this.#current = current;
  }

  /**
   * Resolves once the state as it is now, or a later one, is on the disk.
   *
   * @throws SandboxStateError
   */
  save(): Promise<void> {
    this.#queued ??= this.#afterLast();
    return this.#queued;
  }

  async #afterLast(): Promise<void> {
    // Whoever asked for the last one is told of its failure; this one is a new attempt.
    await this.#last.catch(() => undefined);
    this.#last = this.#queued ?? this.#last;
    this.#queued = undefined;
    try {
      await writeAtomically(this.#file, `${JSON.stringify(this.#current(), undefined, 2)}\n`);
    } catch (error) {
      throw stateError(this.#file, error);
    }
  }
}

/** A reader sees the old text or the new, never a part; the file is its owner's alone, since it holds the credentials. */
async function writeAtomically(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
