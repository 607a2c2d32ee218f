import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Answer, Delivery } from './delivery.ts';
import type { Incoming, IncomingBody } from './service.ts';

/** Far above any biometric token; the vendor documents no limit. */
const bodyLimitBytes = 4 * 1024 * 1024;
/** Longer than clients keep idle connections, so that none is closed just as it is used again. */
const keepAliveMs = 60_000;

export interface HttpParts {
  /** Called once the whole request is there. Must not throw. */
  readonly respond: (incoming: Incoming) => Delivery;
  /** Waited for before anything is delivered; where it fails, the caller gets a 500. */
  readonly saved: () => Promise<void>;
  readonly latencyMs: number;
  /** The tenant's time, for the header `Date`. */
  readonly now: () => number;
}

/** A server on 127.0.0.1 that has begun to listen, and how to stop it at once, open connections included. */
export interface HttpServer {
  readonly port: number;
  /** The most requests that were being answered at one time. */
  peakConcurrency(): number;
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1.
 *
 * @param port 0 for any free one.
 * @throws the system's error, such as EADDRINUSE.
 */
export async function listen(port: number, parts: HttpParts): Promise<HttpServer> {
  let open = 0;
  let peak = 0;
  const server = createServer((request, response) => {
    open += 1;
    peak = Math.max(peak, open);
    response.once('close', () => (open -= 1));
    exchange(request, response, parts).catch(() => request.socket.destroy());
  });
  server.keepAliveTimeout = keepAliveMs;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { port: portOf(server), peakConcurrency: () => peak, close: () => closed(server) };
}

async function exchange(request: IncomingMessage, response: ServerResponse, parts: HttpParts): Promise<void> {
  const body = await readBody(request);
  const { method = 'GET', url = '/', headers } = request;
  const path = url.split('?', 1)[0] ?? '/';
  const delivery = parts.respond({ method, path, authorization: headers.authorization, body });
  if (parts.latencyMs > 0) await delay(parts.latencyMs);
  const problem = await parts.saved().then(
    () => undefined,
    (error: unknown) => String(error),
  );
  if (problem !== undefined) {
    send(response, { status: 500, headers: { 'content-type': 'text/plain' }, body: problem }, parts.now());
    return;
  }
  deliver(request, response, { delivery, now: parts.now() });
}

function deliver(
  request: IncomingMessage,
  response: ServerResponse,
  { delivery, now }: { readonly delivery: Delivery; readonly now: number },
): void {
  switch (delivery.deliver) {
    case 'whole':
      send(response, delivery.answer, now);
      return;
    case 'cut':
      cut(response, delivery.answer);
      return;
    case 'reset':
      request.socket.resetAndDestroy();
      return;
    case 'hang':
  }
}

function send(response: ServerResponse, answer: Answer, now: number): void {
  response.sendDate = false;
  response.writeHead(answer.status, {
    date: new Date(now).toUTCString(),
    ...answer.headers,
    'content-length': Buffer.byteLength(answer.body),
  });
  response.end(answer.body);
}

/** Sends half of the body and closes the connection. */
function cut(response: ServerResponse, answer: Answer): void {
  const bytes = Buffer.from(answer.body === '' ? '{}' : answer.body);
  response.writeHead(answer.status, { ...answer.headers, 'content-length': bytes.length + 16 });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
}

async function readBody(request: IncomingMessage): Promise<IncomingBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    // The rest is still read, and dropped: a caller that is cut off while it sends would see a reset, not the 413.
    if (size <= bodyLimitBytes) chunks.push(chunk);
  }
  if (size > bodyLimitBytes) return { form: 'too-large' };
  if (size === 0) return { form: 'none' };
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString());
    return { form: 'json', value };
  } catch {
    return { form: 'not-json' };
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the sandbox does not listen on a port');
  return address.port;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
