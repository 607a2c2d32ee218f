/** Time, passed in so that tests need not wait. */
export interface Clock {
  /** Milliseconds since 1970 UTC. */
  now(): number;
  /** Rejects when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
