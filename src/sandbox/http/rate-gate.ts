/** Lets through so many calls in any one second of real time; those turned away do not count. */
export class RateGate {
  readonly #perSecond: number;
  #admitted: number[] = [];

  constructor(perSecond = Infinity) {
    this.#perSecond = perSecond;
  }

  /** @param now milliseconds of a clock that only goes forward. */
  admits(now: number): boolean {
    if (this.#perSecond === Infinity) return true;
    this.#admitted = this.#admitted.filter((at) => at > now - 1000);
    if (this.#admitted.length >= this.#perSecond) return false;
    this.#admitted.push(now);
    return true;
  }
}
