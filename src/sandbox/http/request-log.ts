import type { OperationName } from './routes.ts';

/** A call that has arrived. */
export interface SandboxCall {
  /** Counts every call since the start, from 0. */
  readonly index: number;
  /** Undefined for an address that the tenant does not have. */
  readonly operation: OperationName | undefined;
  readonly method: string;
  readonly path: string;
}

/** A call and what came of it. */
export interface SandboxRequest extends SandboxCall {
  /** The HTTP status; 0 where nothing was answered. */
  readonly status: number;
}

/** Called before the tenant handles the call, so that a test can change the tenant in between. */
export type RequestListener = (call: SandboxCall, body: unknown) => void;

/** How many answered calls are remembered; beyond it the older half is dropped, since a sandbox may run for days. */
const remembered = 200_000;

/** The calls in the order in which they came. */
export class RequestLog {
  readonly requests: SandboxRequest[] = [];
  readonly #listeners = new Set<RequestListener>();
  #count = 0;

  /** @returns what takes the listener away again. */
  listen(listener: RequestListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  arrived(call: Omit<SandboxCall, 'index'>, body: unknown): SandboxCall {
    const indexed = { index: this.#count, ...call };
    this.#count += 1;
    for (const listener of this.#listeners) listener(indexed, body);
    return indexed;
  }

  answered(call: SandboxCall, status: number): void {
    this.requests.push({ ...call, status });
    if (this.requests.length > remembered) this.requests.splice(0, remembered / 2);
  }
}
