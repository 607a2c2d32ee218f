import type { Secret } from '../../model/values/secret.ts';
import { operations, pathOf, type OperationName } from '../operations.ts';
import type { Answer } from './answer.ts';
import { encodeBody, type JsonBody } from './json-body.ts';

/** Milliseconds, bytes and pages. */
export interface WireLimits {
  readonly connectMs: number;
  readonly headersMs: number;
  /** Between two pieces of a body. */
  readonly bodyMs: number;
  /** Of a call, from its start to the end of its answer. */
  readonly answerMs: number;
  readonly answerBytes: number;
  /** Of one listing of users. */
  readonly listingPages: number;
}

export const wireLimits: WireLimits = {
  connectMs: 10_000,
  headersMs: 30_000,
  bodyMs: 30_000,
  answerMs: 60_000,
  answerBytes: 16 * 1024 * 1024,
  // Two million users, whom a plan can just hold.
  listingPages: 20_000,
};

export interface WireRequest {
  readonly operation: OperationName;
  /** What stands for `{id}` in the path. */
  readonly id?: string | undefined;
  readonly body?: JsonBody | undefined;
  readonly token?: Secret | undefined;
}

/** One exchange over HTTP, without retries. */
export interface Transport {
  /** Rejects with the HTTP library's error where no whole answer came. */
  send(request: WireRequest): Promise<Answer>;
  /** Breaks what is still in flight. */
  close(): Promise<void>;
}

/** A request as it goes out. */
export interface EncodedRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** The only place that opens a secret. @throws Error where the session may not do this: a fault of the program. */
export function encode(request: WireRequest, allowed: ReadonlySet<OperationName>): EncodedRequest {
  const { operation, id, body } = request;
  if (!allowed.has(operation)) throw new Error(`${operation} is not allowed on this session`);
  return {
    method: operations[operation].method,
    path: pathOf(operation, id),
    headers: headersOf(request),
    body: body === undefined ? null : encodeBody(body),
  };
}

function headersOf({ body, token }: WireRequest): Readonly<Record<string, string>> {
  const headers: Record<string, string> = { accept: 'application/json', 'user-agent': 'faceform' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (token !== undefined) headers['authorization'] = `Bearer ${token.reveal()}`;
  return headers;
}

/** No whole answer in time. The library's own limits begin anew with each piece of a body, however small. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
  /** As the library's errors have it; a call that was not begun was waiting for a connection. */
  readonly code: 'UND_ERR_CONNECT_TIMEOUT' | 'ANSWER_DEADLINE';

  constructor(code: DeadlineError['code']) {
    super();
    this.code = code;
  }
}
