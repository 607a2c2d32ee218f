import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { Surroundings } from '../process/io.ts';
import { environmentOf, safely } from './run-git.ts';

export interface GitObject {
  readonly type: string;
  readonly bytes: Buffer;
}

/** Reads objects of a repository by their ids or names, all through one process of Git. */
export class ObjectReader {
  readonly #git: ChildProcessByStdio<Writable, Readable, null>;
  readonly #ended: Promise<void>;
  readonly #chunks: AsyncIterator<Buffer, undefined>;
  #rest: Buffer = Buffer.alloc(0);
  #last: Promise<unknown> = Promise.resolve();

  constructor(world: Surroundings) {
    this.#git = spawn('git', [...safely, 'cat-file', '--batch'], {
      cwd: world.workingDirectory,
      env: environmentOf(world),
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    });
    this.#ended = new Promise((resolve) => {
      this.#git.once('close', () => {
        resolve();
      });
    });
    // A process that is gone shows itself by the end of its output.
    this.#git.once('error', () => undefined);
    this.#git.stdin.on('error', () => undefined);
    this.#chunks = this.#git.stdout[Symbol.asyncIterator]();
  }

  /**
   * One at a time, in the order of the calls.
   *
   * @param most bytes.
   * @returns undefined where the repository does not have it, or Git has ended.
   */
  read(name: string, most: number): Promise<GitObject | 'too large' | undefined> {
    const asked = this.#last.then(() => this.#ask(name, most));
    this.#last = asked;
    return asked;
  }

  /** Nothing more is asked. */
  async close(): Promise<void> {
    this.#git.kill();
    await this.#ended;
  }

  async #ask(name: string, most: number): Promise<GitObject | 'too large' | undefined> {
    this.#git.stdin.write(`${name}\n`);
    const [, type, size] = (await this.#line()).split(' ');
    if (type === undefined || size === undefined) return undefined;
    if (Number(size) > most) return (await this.#skip(Number(size) + 1)) ? 'too large' : undefined;
    const bytes = await this.#take(Number(size));
    const end = await this.#take(1);
    return end.length === 1 ? { type, bytes } : undefined;
  }

  /** Whether there was as much. */
  async #skip(size: number): Promise<boolean> {
    let left = size - this.#rest.length;
    if (left <= 0) {
      this.#rest = this.#rest.subarray(size);
      return true;
    }
    for (;;) {
      const chunk = await this.#next();
      if (chunk === undefined) return false;
      if (chunk.length >= left) {
        this.#rest = chunk.subarray(left);
        return true;
      }
      left -= chunk.length;
    }
  }

  async #line(): Promise<string> {
    let end = this.#rest.indexOf('\n');
    while (end < 0 && (await this.#more())) end = this.#rest.indexOf('\n');
    const line = this.#rest.subarray(0, Math.max(end, 0)).toString();
    this.#rest = this.#rest.subarray(end + 1);
    return line;
  }

  async #take(size: number): Promise<Buffer> {
    const parts = [this.#rest];
    for (let length = this.#rest.length; length < size;) {
      const chunk = await this.#next();
      if (chunk === undefined) break;
      parts.push(chunk);
      length += chunk.length;
    }
    const all = parts.length === 1 ? this.#rest : Buffer.concat(parts);
    this.#rest = all.subarray(size);
    return all.subarray(0, size);
  }

  async #more(): Promise<boolean> {
    const chunk = await this.#next();
    if (chunk !== undefined) this.#rest = Buffer.concat([this.#rest, chunk]);
    return chunk !== undefined;
  }

  /** Undefined where the process has ended. */
  async #next(): Promise<Buffer | undefined> {
    const { value } = await this.#chunks.next();
    return value;
  }
}
