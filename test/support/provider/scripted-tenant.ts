import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';

export interface Received {
  readonly call: string;
  readonly body: string;
  readonly authorization: string | undefined;
}

/** What one answer is: `break` destroys the connection, `hang` never answers, `cut` ends in mid-body. */
export type Reply =
  | 'break'
  | 'hang'
  | 'cut'
  | {
      readonly status?: number;
      readonly json?: unknown;
      readonly text?: string;
      readonly headers?: Record<string, string>;
    };

/** Answers in order; the last one stays. */
export type Script = Readonly<Record<string, readonly Reply[] | ((received: Received) => Reply)>>;

export interface ScriptedTenant {
  readonly url: string;
  readonly received: readonly Received[];
  /** How often a call, such as `GET /api/…`, came in. */
  count(call: string): number;
  close(): Promise<void>;
}

export const token = (value: string, seconds = 3600): Reply => ({
  json: {
    authToken: value,
    creationTime: '2026-01-01T00:00:00Z',
    expirationTime: new Date(Date.parse('2026-01-01T00:00:00Z') + seconds * 1000).toISOString(),
  },
});

export const authenticateCall = 'POST /api/web/v1/adminapi/authenticate';

/** A tenant that says what the test wants, and nothing else. */
export async function scriptedTenant(script: Script): Promise<ScriptedTenant> {
  const received: Received[] = [];
  const full: Script = { [authenticateCall]: [token('token-1')], ...script };
  const given = new Map<string, number>();
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const call = `${request.method ?? ''} ${request.url ?? ''}`;
      const entry = { call, body, authorization: request.headers.authorization };
      received.push(entry);
      const replies = full[call] ?? [{ status: 404, json: { errorCode: 'not_found', errorMessage: 'no such thing' } }];
      const index = given.get(call) ?? 0;
      given.set(call, index + 1);
      const reply = typeof replies === 'function' ? replies(entry) : replies[Math.min(index, replies.length - 1)];
      answer(reply ?? 'hang', response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    received,
    count: (call) => received.filter((each) => each.call === call).length,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(reply: Reply, response: ServerResponse): void {
  if (reply === 'hang') return;
  if (reply === 'break') {
    response.destroy();
    return;
  }
  if (reply === 'cut') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
    response.write('[{"id":', () => response.destroy());
    return;
  }
  response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
  response.end(reply.text ?? (reply.json === undefined ? '' : JSON.stringify(reply.json)));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: string[] = [];
  request.setEncoding('utf8');
  for await (const chunk of request) chunks.push(String(chunk));
  return chunks.join('');
}
