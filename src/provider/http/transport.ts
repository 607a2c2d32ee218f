import { EnvHttpProxyAgent, Pool, type Dispatcher } from 'undici';
import { checkProxy, isLoopback } from './address.ts';
import type { Answer } from './answer.ts';
import { tlsOptions, type CertificateCheck } from './certificates.ts';
import type { OperationName } from '../operations.ts';
import { DeadlineError, encode, type Transport, type WireLimits } from './wire.ts';

/** As in HTTPS_PROXY and NO_PROXY. There is none for http, which goes to loopback alone, and so past every proxy. */
export interface ProxySettings {
  readonly https: string;
  readonly no?: string | undefined;
}

/** Proxy that the environment names: HTTPS_PROXY and NO_PROXY, in either case. */
export function proxyFrom(environment: Readonly<Record<string, string | undefined>>): {
  readonly proxy?: ProxySettings;
} {
  const read = (name: string): string => environment[name] ?? environment[name.toLowerCase()] ?? '';
  const [https, no] = [read('HTTPS_PROXY'), read('NO_PROXY')];
  return https === '' ? {} : { proxy: { https, no: no === '' ? undefined : no } };
}

export interface Wire {
  readonly origin: URL;
  readonly connections: number;
  /** Any other operation is a fault of the program, and is not sent. */
  readonly allowed: ReadonlySet<OperationName>;
  readonly limits: WireLimits;
  readonly certificates: CertificateCheck;
  readonly proxy: ProxySettings | undefined;
  readonly onHeaders: OnHeaders | undefined;
}

/** Told of the head of each answer, as soon as it is there. */
export type OnHeaders = (status: number, headers: Readonly<Record<string, string | string[] | undefined>>) => void;

export function openTransport(wire: Wire): Transport {
  const dispatcher = openDispatcher(wire);
  return {
    send: async (request) => {
      const options = { origin: wire.origin.origin, ...encode(request, wire.allowed) };
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
  if (proxy === undefined || isLoopback(origin)) return new Pool(origin, options);
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

export function single(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0];
}
