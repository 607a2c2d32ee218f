import { BoundedRunner } from './bounded-runner.ts';

/** Works on what is added, at most `width` at a time; what was added last goes first of all that waits. */
export class WorkQueue<T> {
  readonly #waiting: T[] = [];
  readonly #runner: BoundedRunner<T>;

  constructor(width: number, work: (item: T) => Promise<void>) {
    this.#runner = new BoundedRunner(width, { next: () => this.#next() }, work);
  }

  add(item: T): void {
    this.#waiting.push(item);
    this.#runner.take();
  }

  /** Ends when all is done that was added; rejects as {@link BoundedRunner.end} does. */
  end(): Promise<void> {
    return this.#runner.end();
  }

  #next(): IteratorResult<T, undefined> {
    const value = this.#waiting.pop();
    return value === undefined ? { done: true, value: undefined } : { done: false, value };
  }
}
