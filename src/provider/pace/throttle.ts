import type { Clock } from './clock.ts';
import { RateControl } from './rate-control.ts';

/** Timers are late by a millisecond or so; starts missed by less than this are caught up with. */
const catchUpMs = 20;

export interface ThrottleSettings {
  readonly concurrency: number;
  readonly requestsPerSecond: number;
  readonly clock: Clock;
  /** Ends all waiting. */
  readonly closing: AbortSignal;
}

/** What a call tells the throttle of its own fate. */
export interface Slot {
  succeeded(): void;
  /** Answered 429. Counts once for all calls that were in flight together. */
  throttled(): void;
}

/** Which of the calls that wait goes next. */
export type Lane = 'first' | 'usual';

/**
 * Holds back all calls of a session together: so many in flight, so many starts a second, and one pause for all where
 * the tenant asks for one. Both fall when the tenant answers 429, and return step by step. Of those that wait, the lane
 * `first` goes before all others.
 */
export class Throttle {
  readonly #settings: ThrottleSettings;
  #limit: number;
  #inFlight = 0;
  /** Those that wait for a call in flight to end, the first in front. */
  readonly #queue = new Lanes<() => void>();
  /** Those that are in flight, but for the rate. */
  readonly #held = new Lanes<Held>();
  #isServing = false;
  readonly #rate: RateControl;
  #nextStart: number;
  #pausedUntil = 0;
  #waitedOut = 0;
  #congestions = 0;
  #streak = 0;

  constructor(settings: ThrottleSettings) {
    this.#settings = settings;
    this.#limit = settings.concurrency;
    this.#rate = new RateControl(settings.requestsPerSecond);
    this.#nextStart = settings.clock.now();
  }

  /** Sends when it is this call's turn. Rejects when the session is closed meanwhile. */
  async run<T>(send: (slot: Slot) => Promise<T>, lane: Lane = 'usual'): Promise<T> {
    if (this.#inFlight >= this.#limit) await this.#waitForPlace(lane);
    else this.#inFlight += 1;
    try {
      if (this.#isServing || !this.#mayStart()) await this.#waitForTurn(lane);
      return await send(this.#slot());
    } finally {
      this.#inFlight -= 1;
      this.#resume();
    }
  }

  #waitForPlace(lane: Lane): Promise<void> {
    return new Promise((resume) => {
      this.#queue.push(lane, resume);
    });
  }

  /** Lets in those that may be in flight now; their places are theirs before they know, so that nobody slips in. */
  #resume(): void {
    while (this.#inFlight < this.#limit && this.#queue.length > 0) {
      this.#inFlight += 1;
      this.#queue.shift()?.();
    }
  }

  /** Takes the turn where nothing stands before it; most calls of a generous rate need not wait at all. */
  #mayStart(): boolean {
    const { clock, closing } = this.#settings;
    const now = clock.now();
    if (closing.aborted || this.#nextStart > now || this.#pausedUntil > now) return false;
    this.#nextStart = Math.max(this.#nextStart, now - catchUpMs) + 1000 / this.#rate.perSecond(now);
    return true;
  }

  #waitForTurn(lane: Lane): Promise<void> {
    return new Promise((start, end) => {
      this.#held.push(lane, { start, end });
      if (!this.#isServing) void this.#serve();
    });
  }

  /** Whose turn it is, is decided when it comes. */
  async #serve(): Promise<void> {
    this.#isServing = true;
    while (this.#held.length > 0) {
      try {
        await this.#takeTurn();
        this.#held.shift()?.start();
      } catch (error) {
        // The session is closed; each of them is told in its own turn.
        this.#held.shift()?.end(error);
      }
    }
    this.#isServing = false;
  }

  /** Nothing starts for `ms` milliseconds from now. */
  pause(ms: number): void {
    const until = this.#settings.clock.now() + ms;
    if (until <= this.#pausedUntil) return;
    this.#pausedUntil = until;
    this.#rate.paused(until);
  }

  #slot(): Slot {
    const congestionsAtStart = this.#congestions;
    const { clock, concurrency } = this.#settings;
    this.#rate.started(clock.now());
    return {
      succeeded: () => {
        this.#rate.succeeded(clock.now());
        this.#streak += 1;
        if (this.#limit === concurrency || this.#streak < this.#limit) return;
        this.#limit += 1;
        this.#streak = 0;
        this.#resume();
      },
      throttled: () => {
        if (congestionsAtStart !== this.#congestions) return;
        this.#congestions += 1;
        this.#streak = 0;
        this.#rate.congested(clock.now());
        this.#limit = Math.max(1, Math.floor(this.#limit / 2));
      },
    };
  }

  async #takeTurn(): Promise<void> {
    const { clock, closing } = this.#settings;
    const interval = 1000 / this.#rate.perSecond(clock.now());
    const due = Math.max(this.#nextStart, clock.now() - catchUpMs);
    const wait = due - clock.now();
    if (wait > 0) await clock.sleep(wait, closing);
    closing.throwIfAborted();
    const start = await this.#waitOutPause(due);
    this.#nextStart = start + interval;
  }

  /** A pause is slept through once, by the first in the queue; those behind it wait for their turn anyway. */
  async #waitOutPause(due: number): Promise<number> {
    const { clock, closing } = this.#settings;
    while (this.#waitedOut < this.#pausedUntil) {
      const until = this.#pausedUntil;
      const wait = until - clock.now();
      if (wait > 0) await clock.sleep(wait, closing);
      this.#waitedOut = until;
    }
    return Math.max(due, this.#pausedUntil);
  }
}

interface Held {
  start(): void;
  end(reason: unknown): void;
}

class Lanes<T> {
  readonly #lanes: Readonly<Record<Lane, T[]>> = { first: [], usual: [] };

  get length(): number {
    return this.#lanes.first.length + this.#lanes.usual.length;
  }

  push(lane: Lane, item: T): void {
    this.#lanes[lane].push(item);
  }

  shift(): T | undefined {
    return this.#lanes.first.shift() ?? this.#lanes.usual.shift();
  }
}
