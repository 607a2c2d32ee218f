import type { FileHandle } from 'node:fs/promises';

interface Pending {
  readonly text: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Appends whole lines. Those that come while others are being flushed go out together. */
export class LineFile {
  readonly #handle: FileHandle;
  #pending: Pending[] = [];
  #draining: Promise<void> | undefined;
  #failure: unknown;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Resolves once the line is on the disk. */
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
        await this.#handle.appendFile(batch.map(({ text }) => text).join(''));
        await this.#handle.datasync();
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
