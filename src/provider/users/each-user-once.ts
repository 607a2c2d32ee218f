import { WorkQueue } from '../../limit/work-queue.ts';
import type { FoundUser } from '../decode.ts';

/** Reads each user once, however many names and listings have led to them. */
export class EachUserOnce<R> {
  readonly #known = new Set<string>();
  readonly #results = new Map<string, R>();
  readonly #work: WorkQueue<FoundUser>;
  #done = 0;
  /** How many are to be read, as far as is known. */
  #planned = 0;

  /**
   * @param width how many are read at a time, at most.
   * @param onRead told after each how many have been read, and how many are to be.
   */
  constructor(width: number, read: (user: FoundUser) => Promise<R>, onRead: (done: number, planned: number) => void) {
    this.#work = new WorkQueue(width, async (user) => {
      this.#results.set(user.uuid, await read(user));
      this.#done += 1;
      onRead(this.#done, this.#planned);
    });
  }

  /** Begins to read a user, or does so when others are done. */
  add(user: FoundUser): void {
    if (this.#known.has(user.uuid)) return;
    this.#known.add(user.uuid);
    this.#planned += 1;
    this.#work.add(user);
  }

  /** Takes a result for a user who need not be read. */
  settle({ uuid }: FoundUser, result: R): void {
    if (this.#known.has(uuid)) return;
    this.#known.add(uuid);
    this.#results.set(uuid, result);
  }

  /** Ends when all have been read. */
  end(): Promise<void> {
    return this.#work.end();
  }

  resultOf({ uuid }: FoundUser): R {
    const result = this.#results.get(uuid);
    if (result === undefined) throw new Error(`the faces of ${uuid} were not read`);
    return result;
  }
}
