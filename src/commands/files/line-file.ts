import { open, type FileHandle } from 'node:fs/promises';

interface Pending {
  readonly text: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Opens a file for lines, mode 0600 where it is new. `anew`: what is in it is gone, and the mode is 0600 in any case. */
export async function openLineFile(path: string, how: 'append' | 'anew'): Promise<LineFile> {
  const handle = await open(path, how === 'anew' ? 'w' : 'a', 0o600);
  try {
    // A pipe or a device has no disk to wait for, and its mode is no affair of ours.
    const isFile = (await handle.stat()).isFile();
    if (isFile && how === 'anew') await handle.chmod(0o600);
    if (isFile && how === 'append') await endLastLine(path, handle);
    return new LineFile(handle, isFile ? 'sync' : 'send');
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** A line that a crash of the machine cut short must not swallow the next one. */
async function endLastLine(path: string, handle: FileHandle): Promise<void> {
  const { size } = await handle.stat();
  if (size === 0) return;
  const reading = await open(path, 'r');
  try {
    const { buffer } = await reading.read(Buffer.alloc(1), 0, 1, size - 1);
    if (buffer.toString() !== '\n') await handle.appendFile('\n');
  } finally {
    await reading.close();
  }
}

/** Appends whole lines. Those that come while others are being flushed go out together. */
export class LineFile {
  readonly #handle: FileHandle;
  readonly #durability: 'sync' | 'send';
  #pending: Pending[] = [];
  #draining: Promise<void> | undefined;
  #failure: unknown;
  /** Where a write failed, part of it may stand at the end: the next line must not be taken for the rest of it. */
  #end: 'whole' | 'unknown' = 'whole';

  constructor(handle: FileHandle, durability: 'sync' | 'send') {
    this.#handle = handle;
    this.#durability = durability;
  }

  /** Resolves once the line is on the disk, or in the pipe. */
  flush(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ text, resolve, reject });
      this.#draining ??= this.#drain();
    });
  }

  /** The line follows in order; whether it could be written shows in `close`. */
  add(text: string): void {
    this.flush(text).catch((error: unknown) => {
      this.#failure ??= error;
    });
  }

  /** Waits for all lines. Rejects where one could not be written. */
  async close(): Promise<void> {
    await this.#draining;
    await this.#handle.close();
    if (this.#failure !== undefined) throw this.#failure instanceof Error ? this.#failure : new Error('not written');
  }

  async #drain(): Promise<void> {
    for (let batch = this.#take(); batch.length > 0; batch = this.#take()) {
      try {
        const lines = batch.map(({ text }) => text).join('');
        const text = this.#end === 'whole' ? lines : `\n${lines}`;
        this.#end = 'unknown';
        await this.#handle.appendFile(text);
        this.#end = 'whole';
        if (this.#durability === 'sync') await this.#handle.datasync();
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#draining = undefined;
  }

  #take(): readonly Pending[] {
    const batch = this.#pending;
    this.#pending = [];
    return batch;
  }
}
