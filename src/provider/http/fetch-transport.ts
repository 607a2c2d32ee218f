import { errorCode } from '../../files/error-code.ts';
import type { OperationName } from '../operations.ts';
import type { Answer } from './answer.ts';
import { DeadlineError, encode, type Transport, type WireLimits } from './wire.ts';

/** As much of the platform's `fetch` as is needed. */
export type Fetch = (url: string, request: FetchRequest) => Promise<FetchAnswer>;

export interface FetchRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly redirect: 'manual';
  readonly signal: AbortSignal;
}

export interface FetchAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

interface FetchWire {
  readonly origin: URL;
  readonly allowed: ReadonlySet<OperationName>;
  readonly limits: Pick<WireLimits, 'answerMs' | 'answerBytes'>;
}

/**
 * Lets a function of the caller's exchange requests for answers. Proxy and certificates are the function's affair, and
 * an answer's size is judged once it is whole.
 */
export function fetchTransport(fetch: Fetch, { origin, allowed, limits }: FetchWire): Transport {
  /** What breaks off each call in flight. */
  const inFlight = new Set<() => void>();
  const track: Track = (breakOff) => {
    inFlight.add(breakOff);
    return () => void inFlight.delete(breakOff);
  };
  let state: 'open' | 'closed' = 'open';
  return {
    send: async (request) => {
      const { path, ...encoded } = encode(request, allowed);
      if (state === 'closed') throw new FetchError('UND_ERR_CLOSED');
      const url = `${origin.origin}${path}`;
      return await within(limits.answerMs, track, async (signal) => {
        const answer = await fetch(url, { ...encoded, redirect: 'manual', signal });
        return wholeAnswer(answer, await answer.text(), limits.answerBytes);
      });
    },
    close: () => {
      state = 'closed';
      for (const breakOff of inFlight) breakOff();
      return Promise.resolve();
    },
  };
}

function wholeAnswer({ status, headers }: FetchAnswer, text: string, mostBytes: number): Answer {
  if (Buffer.byteLength(text) > mostBytes) throw new FetchError('UND_ERR_RES_EXCEEDED_MAX_SIZE');
  const header = (name: string): string | undefined => headers.get(name) ?? undefined;
  return { status, retryAfter: header('retry-after'), location: header('location'), text: text.replace(/^\ufeff/, '') };
}

/** Takes what breaks a call off, and gives what ends that. */
type Track = (breakOff: () => void) => () => void;

/** Rejects in time whether or not the work heeds the signal. */
function within<T>(ms: number, track: Track, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const ending = new AbortController();
  return new Promise((resolve, reject) => {
    const end = (error: Error): void => {
      ending.abort(error);
      settle();
      reject(error);
    };
    const close = (): void => {
      end(new FetchError('UND_ERR_DESTROYED'));
    };
    const deadline = setTimeout(() => {
      end(new DeadlineError('ANSWER_DEADLINE'));
    }, ms);
    const settle = (): void => {
      clearTimeout(deadline);
      untrack();
    };
    const untrack = track(close);
    const worked = work(ending.signal).finally(settle);
    worked.then(resolve, (error: unknown) => Promise.reject(withCode(error))).catch(reject);
  });
}

/** The platform's `fetch` hides the error that tells what happened. What tells nothing may have come after sending. */
function withCode(error: unknown): Error {
  const told = [error, error instanceof Error ? error.cause : undefined].find(hasCode);
  return told ?? new FetchError('FETCH_FAILED', { cause: error });
}

function hasCode(error: unknown): error is Error {
  return error instanceof Error && errorCode(error) !== undefined;
}

/** Bears a code, as the HTTP library's own errors do. */
class FetchError extends Error {
  override readonly name = 'FetchError';
  readonly code: 'FETCH_FAILED' | 'UND_ERR_CLOSED' | 'UND_ERR_DESTROYED' | 'UND_ERR_RES_EXCEEDED_MAX_SIZE';

  constructor(code: FetchError['code'], options?: ErrorOptions) {
    super(undefined, options);
    this.code = code;
  }
}
