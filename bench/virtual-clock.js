/** Time that stands still while anything can run, and then jumps to the next sleeper; a binary heap of them. */
export class VirtualClock {
  #now = 0;
  #heap = [];

  now() {
    return this.#now;
  }

  sleep(ms) {
    return new Promise((wake) => {
      this.#push({ at: this.#now + Math.max(0, ms), wake });
    });
  }

  /** Lets time pass until `work` is done. */
  async runUntil(work) {
    let running = true;
    const done = work.finally(() => {
      running = false;
    });
    while (running) {
      await new Promise((resolve) => setImmediate(resolve));
      this.#wakeNext();
    }
    return await done;
  }

  /** All that sleep until the same moment wake together. */
  #wakeNext() {
    const first = this.#heap[0];
    if (first === undefined) return;
    this.#now = first.at;
    while (this.#heap[0]?.at === first.at) this.#pop().wake();
  }

  #push(sleeper) {
    const heap = this.#heap;
    let at = heap.push(sleeper) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heap[parent].at <= sleeper.at) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = sleeper;
  }

  #pop() {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && heap[child + 1].at < heap[child].at) child += 1;
      if (heap[child].at >= last.at) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return top;
  }
}
