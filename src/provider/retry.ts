import type { Clock } from './clock.ts';
import { CallError, type Fault } from './errors.ts';
import type { Effect } from './operations.ts';
import type { Throttle } from './throttle.ts';

const usualTries = 6;
/** Tries for an answer that is odd rather than busy. */
const briefTries = 3;
const shortestBackOffMs = 250;
const longestBackOffMs = 30_000;
/** A tenant that asks for more is not worth the wait within one run. */
const longestPauseMs = 300_000;
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
}

/** The one place where a call is sent again. What may be repeated follows from the effect, never from the method. */
export class Retry {
  readonly #settings: RetrySettings;
  #retried = 0;
  #hopeless = 0;
  #shut: { readonly until: number; readonly error: CallError } | undefined;

  constructor(settings: RetrySettings) {
    this.#settings = settings;
  }

  /** Calls that were throttled and sent again; each counts once. */
  get retried(): number {
    return this.#retried;
  }

  /**
   * Tries until the call succeeds, is refused for good, or may not be repeated. What a refusal says of the last try it
   * does not say of an earlier one that was not answered: then the fate of a write is unknown.
   */
  async run<T>(effect: Effect, attempt: (number: number) => Promise<T>): Promise<T> {
    let throttled = 0;
    let lost = false;
    // What the tenant has said to one call holds for all: until then there is nothing to ask.
    if (this.#shut !== undefined && this.#settings.clock.now() < this.#shut.until) throw this.#shut.error;
    for (let number = 1; ; number += 1) {
      try {
        const result = await attempt(number);
        this.#hopeless = 0;
        return result;
      } catch (error) {
        if (!(error instanceof CallError)) throw error;
        if (!this.#mayRepeat(effect, error, number)) {
          const final = this.#final(error);
          throw lost ? afterLostTry(final) : final;
        }
        lost ||= effect !== 'read' && error.kind === 'unanswered';
        if (isThrottled(error.fault) && throttled++ === 0) this.#retried += 1;
        await this.#wait(error.fault, number);
      }
    }
  }

  #mayRepeat(effect: Effect, { kind, fault }: CallError, number: number): boolean {
    // An authentication that failed has had its own tries.
    if (this.#settings.closing.aborted || kind === 'unusable' || fault.passes === 'never') return false;
    if (!isRepeatable[effect] && fault.processed === 'maybe') return false;
    if ((fault.retryAfterMs ?? 0) > longestPauseMs) return false;
    const { tries = usualTries } = this.#settings;
    const most = this.#hopeless >= patience ? 1 : fault.passes === 'briefly' ? Math.min(briefTries, tries) : tries;
    return number < most;
  }

  #final(error: CallError): CallError {
    const { fault } = error;
    // A tenant that refuses is alive; one that does not answer at all makes each further wait a waste.
    this.#hopeless = fault.passes === 'never' ? 0 : this.#hopeless + 1;
    const pauseMs = fault.retryAfterMs ?? 0;
    if (pauseMs <= longestPauseMs) return error;
    const seconds = Math.ceil(pauseMs / 1000);
    const message = `the tenant asks to wait ${seconds} s, which is too long for one run; try again later`;
    const tooLong = { ...fault, code: 'throttled', refusal: { ...fault.refusal, message } } as const;
    // Calls that are refused from now on are not sent at all.
    const notSent = new CallError(error.call, { ...tooLong, processed: 'no' });
    this.#shut = { until: this.#settings.clock.now() + pauseMs, error: notSent };
    return new CallError(error.call, tooLong);
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
