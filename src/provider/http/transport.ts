import { EnvHttpProxyAgent, Pool, type Dispatcher } from 'undici';
import type { Secret } from '../../model/secret.ts';
import { checkProxy, isLoopback } from './address.ts';
import type { Answer } from './answer.ts';
import { tlsOptions, type CertificateCheck } from './certificates.ts';
import { encodeBody, type JsonBody } from './json-body.ts';
import { operations, pathOf, type OperationName } from '../operations.ts';

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

/** As in HTTPS_PROXY and its like. `http` is never used: http goes to loopback alone, and loopback needs no proxy. */
export interface ProxySettings {
  readonly https?: string;
  readonly http?: string;
  readonly no?: string;
}

/** Proxy that the environment names: HTTPS_PROXY and NO_PROXY, in either case. */
export function proxyFrom(environment: Readonly<Record<string, string | undefined>>): {
  readonly proxy?: ProxySettings;
} {
  const read = (name: string): string => environment[name] ?? environment[name.toLowerCase()] ?? '';
  const [https, no] = [read('HTTPS_PROXY'), read('NO_PROXY')];
  return https === '' ? {} : { proxy: { https, ...(no === '' ? {} : { no }) } };
}

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

export interface Wire {
  readonly origin: URL;
  readonly connections: number;
  /** Any other operation is a fault of the program, and is not sent. */
  readonly allowed: ReadonlySet<OperationName>;
  readonly limits: WireLimits;
  readonly certificates: CertificateCheck;
  readonly proxy?: ProxySettings;
  readonly onHeaders?: OnHeaders;
}

/** Told of the head of each answer, as soon as it is there. */
export type OnHeaders = (status: number, headers: Readonly<Record<string, string | string[] | undefined>>) => void;

export function openTransport(wire: Wire): Transport {
  const dispatcher = openDispatcher(wire);
  return {
    send: async (request) => {
      if (!wire.allowed.has(request.operation)) throw new Error(`${request.operation} is not allowed on this session`);
      const options = {
        origin: wire.origin.origin,
        method: operations[request.operation].method,
        path: pathOf(request.operation, request.id),
        headers: headersOf(request),
        body: request.body === undefined ? null : encodeBody(request.body),
      };
      return await exchange(dispatcher, options, wire);
    },
    close: () => dispatcher.destroy(),
  };
}

/** Collects the answer itself: the stream that `request` would make of it costs as much as all the rest of a call. */
function exchange(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  { limits, onHeaders }: Wire,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let answer: Omit<Answer, 'text'> = { status: 0 };
    let call: Dispatcher.DispatchController | 'not begun' | DeadlineError = 'not begun';
    const deadline = setTimeout(() => {
      const error = new DeadlineError(call === 'not begun' ? 'UND_ERR_CONNECT_TIMEOUT' : 'ANSWER_DEADLINE');
      if (call !== 'not begun' && !(call instanceof DeadlineError)) call.abort(error);
      call = error;
      reject(error);
    }, limits.answerMs);
    dispatcher.dispatch(options, {
      onRequestStart: (controller) => {
        if (call instanceof DeadlineError) controller.abort(call);
        else call = controller;
      },
      onResponseStart: (_, status, headers) => {
        onHeaders?.(status, headers);
        answer = { status, retryAfter: single(headers['retry-after']), location: single(headers['location']) };
      },
      onResponseData: (_, chunk) => void chunks.push(chunk),
      onResponseEnd: () => {
        clearTimeout(deadline);
        const { status, retryAfter, location } = answer;
        resolve({ status, retryAfter, location, text: textOf(chunks) });
      },
      onResponseError: (_, error) => {
        clearTimeout(deadline);
        reject(error);
      },
    });
  });
}

/** No whole answer in time. The library's own limits begin anew with each piece of a body, however small. */
class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
  /** As the library's errors have it; a call that was not begun was waiting for a connection. */
  readonly code: 'UND_ERR_CONNECT_TIMEOUT' | 'ANSWER_DEADLINE';

  constructor(code: DeadlineError['code']) {
    super();
    this.code = code;
  }
}

function textOf(chunks: readonly Buffer[]): string {
  const [first, ...others] = chunks;
  if (first === undefined) return '';
  return (others.length === 0 ? first : Buffer.concat(chunks)).toString('utf8').replace(/^\ufeff/, '');
}

function openDispatcher({ origin, connections, limits, certificates, proxy }: Wire): Dispatcher {
  const tls = tlsOptions(origin, certificates);
  const options = {
    connect: tls,
    connections,
    connectTimeout: limits.connectMs,
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.bodyMs,
    maxResponseSize: limits.answerBytes,
  };
  if (proxy?.https === undefined || proxy.https === '' || isLoopback(origin)) return new Pool(origin, options);
  checkProxy(proxy.https);
  const tunnel = { ...tls, timeout: limits.connectMs };
  // Every setting is given, else the agent would read the environment by itself.
  return new EnvHttpProxyAgent({
    ...options,
    httpsProxy: proxy.https,
    httpProxy: '',
    noProxy: proxy.no ?? '',
    proxyTls: tunnel,
    requestTls: tunnel,
  });
}

function headersOf({ body, token }: WireRequest): Readonly<Record<string, string>> {
  const headers: Record<string, string> = { accept: 'application/json', 'user-agent': 'faceform' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (token !== undefined) headers['authorization'] = `Bearer ${token.reveal()}`;
  return headers;
}

export function single(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0];
}
