import type { Clock } from '../pace/clock.ts';
import { CallError, type Fault } from './errors.ts';
import type { Effect } from '../operations.ts';
import type { Throttle } from '../pace/throttle.ts';

const usualTries = 6;
/** Tries for an answer that is odd rather than busy. */
const briefTries = 3;
const shortestBackOffMs = 250;
const longestBackOffMs = 30_000;
const usualMaxWaitMs = 600_000;
/** So many calls in a row that ended badly after all their tries, and the next ones get a single try each. */
const patience = 20;

export interface RetrySettings {
  readonly clock: Clock;
  /** 0 to 1. */
  readonly random: () => number;
  readonly throttle: Throttle;
  readonly closing: AbortSignal;
  /** Of one call. */
  readonly tries?: number | undefined;
  /** How long a tenant may keep the session waiting: for the time it asks for, and without any answer that helps. */
  readonly maxWaitMs?: number | undefined;
}

/** @param number from 1. */
type Attempt<T> = (number: number) => Promise<T>;
type MayRepeat = () => Promise<boolean>;

/** The one place where a call is sent again. What may be repeated follows from the effect, never from the method. */
export class Retry {
  readonly #settings: RetrySettings;
  #retried = 0;
  #hopeless = 0;
  #shut: { readonly until: number; readonly error: CallError } | undefined;
  /** Calls under way, when the last one ended, and since when none of them has brought anything. */
  #underWay = 0;
  #idleSince: number | undefined;
  #fruitlessSince: number | undefined;

  constructor(settings: RetrySettings) {
    this.#settings = settings;
  }

  /** Calls that were throttled and sent again; each counts once. */
  get retried(): number {
    return this.#retried;
  }

  /** Why no call is sent any more; undefined as long as they are. */
  stopped(): string | undefined {
    return this.#shutBy()?.message;
  }

  #shutBy(): CallError | undefined {
    const shut = this.#shut;
    return shut !== undefined && this.#now() < shut.until ? shut.error : undefined;
  }

  /**
   * @param mayRepeat asked after the wait before each further attempt.
   * @throws CallError
   */
  async run<T>(effect: Effect, attempt: Attempt<T>, mayRepeat: MayRepeat = () => Promise.resolve(true)): Promise<T> {
    this.#begin();
    try {
      return await this.#tries(effect, attempt, mayRepeat);
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) this.#idleSince = this.#now();
    }
  }

  /** The time between calls, as for an answer at the prompt, is not the tenant's. */
  #begin(): void {
    if (this.#underWay === 0 && this.#fruitlessSince !== undefined && this.#idleSince !== undefined) {
      this.#fruitlessSince += this.#now() - this.#idleSince;
    }
    this.#underWay += 1;
  }

  /**
   * Tries until the call succeeds, is refused for good, or may not be repeated. What a refusal says of the last try it
   * does not say of an earlier one that was not answered: then the fate of a write is unknown.
   */
  async #tries<T>(effect: Effect, attempt: Attempt<T>, mayRepeat: MayRepeat): Promise<T> {
    // What the tenant has said to one call holds for all: until then there is nothing to ask.
    const shut = this.#shutBy();
    if (shut !== undefined) throw shut;
    let throttled = 0;
    let lost = false;
    const told = (error: CallError): CallError => (lost ? afterLostTry(error) : error);
    for (let number = 1; ; number += 1) {
      try {
        const result = await attempt(number);
        this.#hopeless = 0;
        this.#fruitlessSince = undefined;
        return result;
      } catch (error) {
        if (!(error instanceof CallError)) throw error;
        this.#noteFailure(error.fault);
        if (!this.#mayRepeat(effect, error, number)) throw told(this.#final(error));
        lost ||= effect !== 'read' && error.kind === 'unanswered';
        if (isThrottled(error.fault) && throttled++ === 0) this.#retried += 1;
        await this.#wait(error.fault, number);
        if (!(await mayRepeat())) throw told(error);
      }
    }
  }

  /** A refusal is an answer. */
  #noteFailure({ passes }: Fault): void {
    this.#fruitlessSince = passes === 'never' ? undefined : (this.#fruitlessSince ?? this.#now());
  }

  #mayRepeat(effect: Effect, { kind, fault }: CallError, number: number): boolean {
    // An authentication that failed has had its own tries.
    if (this.#settings.closing.aborted || kind === 'unusable' || fault.passes === 'never') return false;
    if (!isRepeatable[effect] && fault.processed === 'maybe') return false;
    if (this.#waitsTooLong(fault)) return false;
    const { tries = usualTries } = this.#settings;
    const most = this.#hopeless >= patience ? 1 : fault.passes === 'briefly' ? Math.min(briefTries, tries) : tries;
    return number < most;
  }

  #final(error: CallError): CallError {
    const { fault } = error;
    // A tenant that refuses is alive; one that does not answer at all makes each further wait a waste.
    this.#hopeless = fault.passes === 'never' ? 0 : this.#hopeless + 1;
    if (!this.#waitsTooLong(fault)) return error;
    const { retryAfterMs } = fault;
    const told =
      retryAfterMs === undefined
        ? `${fault.refusal.message}; for ${secondsOf(this.#now() - (this.#fruitlessSince ?? 0))} s no call has succeeded`
        : `the tenant asks to wait ${secondsOf(retryAfterMs)} s`;
    const message = `${told}, and --max-wait is ${secondsOf(this.#maxWaitMs)} s; try again later`;
    const tooLong = { ...fault, refusal: { ...fault.refusal, message } };
    // Calls that are refused from now on are not sent at all.
    const notSent = new CallError(error.call, { ...tooLong, processed: 'no' });
    // A session may outlive the outage: after a while one call is tried again.
    this.#shut = { until: this.#now() + (retryAfterMs ?? this.#maxWaitMs), error: notSent };
    return new CallError(error.call, tooLong);
  }

  /** The wait that is asked for counts from the last answer that helped: many short ones are a long one. */
  #waitsTooLong({ retryAfterMs = 0 }: Fault): boolean {
    const now = this.#now();
    return now + retryAfterMs - (this.#fruitlessSince ?? now) > this.#maxWaitMs;
  }

  get #maxWaitMs(): number {
    return this.#settings.maxWaitMs ?? usualMaxWaitMs;
  }

  #now(): number {
    return this.#settings.clock.now();
  }

  async #wait(fault: Fault, number: number): Promise<void> {
    const { clock, random, throttle, closing } = this.#settings;
    if (fault.retryAfterMs !== undefined && fault.retryAfterMs > 0) {
      throttle.pause(fault.retryAfterMs);
      return;
    }
    const most = Math.min(longestBackOffMs, shortestBackOffMs * 2 ** (number - 1));
    try {
      await clock.sleep(random() * most, closing);
    } catch (error) {
      // Closed meanwhile: the next try will say so.
      if (!closing.aborted) throw error;
    }
  }
}

function secondsOf(ms: number): number {
  return Math.ceil(ms / 1000);
}

const isRepeatable: Readonly<Record<Effect, boolean>> = { read: true, idempotent: true, create: false, once: false };

function afterLostTry(error: CallError): CallError {
  if (error.kind === 'unanswered') return error;
  const { call, fault } = error;
  const message = `an earlier try was not answered, and then: ${fault.refusal.message}`;
  return new CallError(call, { ...fault, processed: 'maybe', refusal: { ...fault.refusal, message } });
}

function isThrottled(fault: Fault): boolean {
  return fault.code === 'throttled' || fault.retryAfterMs !== undefined;
}
