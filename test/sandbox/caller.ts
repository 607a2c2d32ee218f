import { onTestFinished } from 'vitest';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A client without manners: no retries, no checks. */
export interface Caller {
  readonly sandbox: Sandbox;
  readonly call: (method: string, path: string, body?: unknown) => Promise<Reply>;
  /** The UUID of the user with this login. */
  readonly id: (login: string) => string;
}

/** A sandbox that ends with the test, and a caller that has signed in to it. */
export async function caller(options: SandboxOptions = {}): Promise<Caller> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  return callerTo(sandbox);
}

export async function callerTo(sandbox: Sandbox): Promise<Caller> {
  const { applicationId, sharedSecret } = sandbox;
  const answer = await send(sandbox, 'POST', '/api/web/v1/adminapi/authenticate', {
    body: { applicationId, sharedSecret },
  });
  const authorization = `Bearer ${textAt(answer.body, 'authToken')}`;
  return {
    sandbox,
    call: (method, path, body) => send(sandbox, method, path, { body, authorization }),
    id: (login) => sandbox.tenant.users().find((user) => user.login === login)?.id ?? `no ${login}`,
  };
}

export async function send(
  sandbox: Sandbox,
  method: string,
  path: string,
  { body, authorization }: { readonly body?: unknown; readonly authorization?: string },
): Promise<Reply> {
  const response = await fetch(sandbox.url + path, {
    method,
    redirect: 'manual',
    headers: authorization === undefined ? {} : { authorization },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: parsed(await response.text()) };
}

/** The text at a path such as `paging.nextCursor` or `0.id`; empty where there is none. */
export function textAt(value: unknown, path: string): string {
  let here = value;
  for (const name of path.split('.')) {
    here =
      typeof here === 'object' && here !== null ? Object.entries(here).find(([key]) => key === name)?.[1] : undefined;
  }
  return typeof here === 'string' ? here : '';
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}
