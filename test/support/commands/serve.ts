import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type Server } from 'node:net';
import { createServer as createTlsEnd } from 'node:tls';
import { onTestFinished } from 'vitest';

/** What the server says to a call; `hang` is no answer at all. */
export type Reply =
  'hang' | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string };

/** Serves on a free port of 127.0.0.1 until the test is over; gives the origin. */
export function serve(reply: (path: string) => Reply): Promise<string> {
  return listen('http', (request, response) => {
    answer(reply(request.url ?? ''), request, response);
  });
}

/** The same over TLS, with a certificate for localhost that nobody has signed but itself. */
export function serveTls(reply: (path: string) => Reply): Promise<string> {
  return listen('https', (request, response) => {
    answer(reply(request.url ?? ''), request, response);
  });
}

/** An https origin, with the same certificate, before an http one. */
export async function serveTlsBefore(url: string): Promise<string> {
  const server = createTlsEnd({ key: testKey, cert: selfSigned }, (socket) => {
    const tenant = connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => tenant.destroy()).pipe(tenant);
    tenant.on('error', () => socket.destroy()).pipe(socket);
  });
  const port = await portOf(server);
  onTestFinished(() => void server.close());
  return `https://127.0.0.1:${port}`;
}

/** The origin of a port on which nothing listens any more. */
export async function closedPort(): Promise<string> {
  const server = createServer();
  const port = await portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

function answer(reply: Reply, request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  if (reply === 'hang') return;
  const { status = 200, headers = {}, body = '' } = reply;
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}

async function listen(scheme: 'http' | 'https', listener: RequestListener): Promise<string> {
  const server =
    scheme === 'http' ? createServer(listener) : createTlsServer({ key: testKey, cert: selfSigned }, listener);
  const port = await portOf(server);
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `${scheme}://127.0.0.1:${port}`;
}

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port');
  return address.port;
}

/** Made for these tests alone; it protects nothing. */
export const testKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQggyonqke4f4xmqcOj
3DvKgV1crq4O0AYCqzHUmdElJC6hRANCAATjfPZoektWbOvsulzvLY5RdGm+Kj/g
pcHwdVxN9pU9Eojd8M5DAfurxKAzYwNIloVB/1Rs8mQ3uyCviP1Gxe6u
-----END PRIVATE KEY-----
`;
/** The certificate of each TLS server here, its own authority. */
export const selfSigned = `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUNfVxPjjpMVUCy1qjcNfjTOfp2cswCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzA5NDMxMloYDzIxMjYxMDMw
MDk0MzEyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATjfPZoektWbOvsulzvLY5RdGm+Kj/gpcHwdVxN9pU9Eojd8M5DAfur
xKAzYwNIloVB/1Rs8mQ3uyCviP1Gxe6uo28wbTAdBgNVHQ4EFgQUnUSR2BB7xGG8
OZHjZWZLzBn3RgMwHwYDVR0jBBgwFoAUnUSR2BB7xGG8OZHjZWZLzBn3RgMwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIhAJMM6m/1sjjJ44hIRYejdakavvCrGe4gdICJjcgClKJEAiBR
bV87wSX0crqvWfei9uaJxNWBFzfl4DDGFFTt8ctd7Q==
-----END CERTIFICATE-----
`;
