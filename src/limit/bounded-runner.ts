import pLimit, { type LimitFunction } from 'p-limit';

/** Gives the next item, or says that there is none for now. */
export type Source<T> = Pick<Iterator<T, undefined>, 'next'>;

/** Waits for something while another item takes the place of the one that waits. */
export type Aside = <T>(wait: () => Promise<T>) => Promise<T>;

/**
 * Works on the items of a source, at most `width` at a time.
 *
 * Takes items as places come free, and at most `width` ahead, so that a place never waits for its next item and a
 * million items never need a million promises. After a failure nothing is begun.
 */
export class BoundedRunner<T> {
  readonly #limit: LimitFunction;
  #mostTaken: number;
  readonly #source: Source<T>;
  readonly #work: (item: T, aside: Aside) => Promise<void>;
  /** Items that run, or wait for a place. */
  #taken = 0;
  #failure: { readonly error: unknown } | undefined;
  #onEmpty = (): void => undefined;

  constructor(width: number, source: Source<T>, work: (item: T, aside: Aside) => Promise<void>) {
    this.#limit = pLimit(width);
    this.#mostTaken = 2 * width;
    this.#source = source;
    this.#work = work;
  }

  /** Takes items while there is room; call it to begin, and when the source has more after it had none. */
  take(): void {
    while (this.#taken < this.#mostTaken && this.#failure === undefined) {
      const next = this.#next();
      if (next.done === true) return;
      this.#taken += 1;
      void this.#limit(() => this.#run(next.value));
    }
  }

  /** Ends when every item is done; rejects with the first failure, once what was under way has ended. */
  async end(): Promise<void> {
    while (this.#taken > 0) {
      await new Promise<void>((resolve) => {
        this.#onEmpty = resolve;
      });
    }
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #next(): IteratorResult<T, undefined> {
    try {
      return this.#source.next();
    } catch (error) {
      this.#failure = { error };
      return { done: true, value: undefined };
    }
  }

  /** Whoever comes back does not wait for a place, so that there may be more at work than the width for a moment. */
  readonly #aside: Aside = async (wait) => {
    this.#lend(1);
    this.take();
    try {
      return await wait();
    } finally {
      this.#lend(-1);
    }
  };

  #lend(places: 1 | -1): void {
    this.#limit.concurrency += places;
    this.#mostTaken += places;
  }

  async #run(item: T): Promise<void> {
    try {
      if (this.#failure === undefined) await this.#work(item, this.#aside);
    } catch (error) {
      this.#failure ??= { error };
    }
    this.#taken -= 1;
    this.take();
    if (this.#taken === 0) this.#onEmpty();
  }
}
