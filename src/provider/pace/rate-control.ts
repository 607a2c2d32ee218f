/** Share of the rate that is left free: a tenant that counts exactly would refuse what merely arrives early. */
const headroom = 0.01;
/** After a measured fall: share of the measured rate left free at first, and seconds until it is used again. */
const margin = 0.05;
const plateauSeconds = 10;
/** Seconds in which the rate doubles while the limit is searched for, and once the measured one has held for long. */
const doublingSeconds = { search: 3, settle: 4 } as const;
/** A shorter time, or fewer successes in it, are too little to measure by. */
const windowMs = 1000;
const fewestSuccesses = 5;
const bucketMs = 50;
const lowestPerSecond = 0.2;
/** How long a fall is given to show before a further 429 counts as a new one. */
const settleMs = { search: 200, settle: windowMs } as const;

/** How the rate returns after a fall. */
interface Return {
  /** `search`: the limit is not known yet. `settle`: it was measured, and the rate returns to about there. */
  readonly path: 'search' | 'settle';
  readonly since: number;
  readonly perSecond: number;
}

/**
 * Finds the rate a tenant bears. On an answer 429 it falls to what the tenant was seen to bear within the last second,
 * and spends some time just under it, returning along the curve of CUBIC; then it grows until the next 429, so that a
 * limit that was raised is found within seconds. Before a whole second was seen it falls to half or less, and grows
 * from there.
 *
 * @see RFC 9438, section 4.2, for the curve.
 */
export class RateControl {
  readonly #most: number;
  #return: Return | undefined;
  #fell: { at: number; successes: number } | undefined;
  #activeSince: number | undefined;
  readonly #successes = new Map<number, number>();

  constructor(configuredPerSecond: number) {
    this.#most = configuredPerSecond * (1 - headroom);
  }

  /** Starts a second that are allowed at the moment `now`, in milliseconds. */
  perSecond(now: number): number {
    if (this.#return === undefined) return this.#most;
    return Math.min(this.#most, Math.max(lowestPerSecond, returned(this.#return, now)));
  }

  started(now: number): void {
    this.#activeSince ??= now;
  }

  succeeded(now: number): void {
    if (this.#fell !== undefined) this.#fell.successes += 1;
    const bucket = Math.floor(now / bucketMs);
    this.#successes.set(bucket, (this.#successes.get(bucket) ?? 0) + 1);
    if (this.#successes.size > (2 * windowMs) / bucketMs) this.#forgetBefore(now);
  }

  /** Takes one answer 429 for a whole congestion; the caller leaves out the calls that were in flight with it. */
  congested(now: number): void {
    // What is refused right after a fall was refused by what went before it, and the pace since says nothing.
    if (this.#return !== undefined && this.#fell !== undefined) {
      if (now < this.#fell.at + settleMs[this.#return.path]) return;
    }
    this.#return = this.#fall(now, this.perSecond(now));
    this.#fell = { at: now, successes: 0 };
  }

  /** A pause leaves a hole that must not count as slowness, and no growth. */
  paused(until: number): void {
    this.#activeSince = until;
    this.#successes.clear();
    if (this.#return !== undefined) this.#return = { ...this.#return, since: until };
  }

  #fall(now: number, rate: number): Return {
    this.#forgetBefore(now);
    const seen = [...this.#successes.values()].reduce((sum, count) => sum + count, 0);
    const measuredMs = now - Math.max(this.#activeSince ?? now, this.#fell?.at ?? 0);
    if (measuredMs >= windowMs && seen >= fewestSuccesses) {
      return { path: 'settle', since: now, perSecond: Math.min(rate, seen * (1000 / windowMs)) };
    }
    // What the tenant bore since the last fall, its pause included; a burst it let through makes that too much.
    const borne = this.#fell === undefined ? rate : (this.#fell.successes * 1000) / (now - this.#fell.at);
    return { path: 'search', since: now, perSecond: Math.max(rate / 8, Math.min(rate / 2, borne)) };
  }

  #forgetBefore(now: number): void {
    const oldest = Math.floor((now - windowMs) / bucketMs);
    for (const bucket of this.#successes.keys()) if (bucket <= oldest) this.#successes.delete(bucket);
  }
}

function returned({ path, since, perSecond }: Return, now: number): number {
  const seconds = Math.max(0, now - since) / 1000;
  const doubling = (after: number): number => 2 ** Math.min(after / doublingSeconds[path], 30);
  if (path === 'search') return Math.max(lowestPerSecond, perSecond) * doubling(seconds);
  if (seconds >= plateauSeconds) return perSecond * doubling(seconds - plateauSeconds);
  return perSecond * (1 + margin * (seconds / plateauSeconds - 1) ** 3);
}
