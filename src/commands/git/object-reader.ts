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
    // A process that is gone shows itself by an answer that never comes.
    this.#git.once('error', () => undefined);
    this.#git.stdin.on('error', () => undefined);
    this.#chunks = this.#git.stdout[Symbol.asyncIterator]();
  }

  /** One at a time, in the order of the calls; undefined where the repository does not have it, or Git is gone. */
  read(name: string): Promise<GitObject | undefined> {
    const asked = this.#last.then(() => this.#ask(name));
    this.#last = asked;
    return asked;
  }

  async close(): Promise<void> {
    this.#git.stdin.end();
    await this.#ended;
  }

  async #ask(name: string): Promise<GitObject | undefined> {
    this.#git.stdin.write(`${name}\n`);
    const [, type, size] = (await this.#line()).split(' ');
    if (type === undefined || size === undefined) return undefined;
    const bytes = await this.#take(Number(size));
    await this.#take(1);
    return { type, bytes };
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
