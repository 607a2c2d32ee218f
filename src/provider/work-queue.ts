/** Works on what is added, at most `width` at a time, without a promise for each thing that waits. */
export class WorkQueue<T> {
  readonly #width: number;
  readonly #work: (item: T) => Promise<void>;
  #waiting: T[] = [];
  readonly #workers = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | undefined;

  constructor(width: number, work: (item: T) => Promise<void>) {
    this.#width = width;
    this.#work = work;
  }

  add(item: T): void {
    this.#waiting.push(item);
    if (this.#workers.size >= this.#width) return;
    const worker = this.#run().finally(() => this.#workers.delete(worker));
    this.#workers.add(worker);
  }

  /** Ends when all is done that was added; after a failure, which it throws, nothing new is begun. */
  async end(): Promise<void> {
    while (this.#workers.size > 0) await Promise.all(this.#workers);
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async #run(): Promise<void> {
    try {
      for (let item = this.#waiting.pop(); item !== undefined; item = this.#waiting.pop()) await this.#work(item);
    } catch (error) {
      this.#failure ??= { error };
      this.#waiting = [];
    }
  }
}
