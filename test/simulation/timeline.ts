import type { Clock } from '../../src/provider/index.ts';
import type { Chance } from './chance.ts';

interface Event {
  readonly at: number;
  /** Which of several at one time goes first. */
  readonly turn: number;
  readonly happen: () => void;
}

/** Virtual time. Nothing happens but one event after another, and between two of them all that they have set off. */
export class Timeline {
  readonly #chance: Chance;
  #events: Event[] = [];
  #now: number;

  constructor(chance: Chance, start: number) {
    this.#chance = chance;
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, happen: () => void): void {
    const event = { at: this.#now + Math.max(0, ms), turn: this.#chance.real(), happen };
    const index = this.#events.findIndex(({ at, turn }) => at > event.at || (at === event.at && turn > event.turn));
    if (index < 0) this.#events.push(event);
    else this.#events.splice(index, 0, event);
  }

  /** Lets events happen until the work is done; work that waits for nothing is a bug. */
  async until<T>(work: Promise<T>): Promise<T> {
    const state = { isDone: false };
    const done = work.finally(() => (state.isDone = true));
    done.catch(() => undefined);
    await settled();
    while (!state.isDone) {
      const next = this.#events.shift();
      if (next === undefined) throw new Error('it waits for something that never comes');
      this.#now = next.at;
      next.happen();
      await settled();
    }
    return await done;
  }
}

/** Resolves when every promise that can go on has done so. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** One program on the timeline. Once it is killed it never goes on, though what it has sent still arrives. */
export class Process implements Clock {
  readonly name: string;
  readonly #timeline: Timeline;
  #state: 'alive' | 'killed' = 'alive';

  constructor(name: string, timeline: Timeline) {
    this.name = name;
    this.#timeline = timeline;
  }

  get isAlive(): boolean {
    return this.#state === 'alive';
  }

  kill(): void {
    this.#state = 'killed';
  }

  now(): number {
    return this.#timeline.now();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        if (this.isAlive) reject(new Error('aborted'));
      };
      signal?.addEventListener('abort', abort);
      this.#timeline.after(ms, () => {
        signal?.removeEventListener('abort', abort);
        if (this.isAlive) resolve();
      });
    });
  }
}
