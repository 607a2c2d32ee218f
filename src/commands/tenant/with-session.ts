import type { TenantId } from '../../model/tenant-id.ts';
import type { ConnectRequest, OnWrite, Session } from '../../provider/index.ts';
import type { TenantOptions } from '../process/options.ts';
import { closing, type Closed } from '../process/closing.ts';
import type { World } from '../process/watch.ts';
import { openConnection, type Target } from './connect.ts';

/** How to talk to which tenant. */
export interface SessionRequest<T> {
  readonly target: Target;
  readonly options: TenantOptions;
  readonly connect: (request: ConnectRequest) => Session<T>;
  /** Told of each call that writes. */
  readonly onWrite?: OnWrite;
}

/** A tenant that may be called until the work ends. */
export interface OpenSession<T> {
  readonly tenant: T;
  readonly id: TenantId;
  readonly request: ConnectRequest;
  /** Why nothing more can be sent; undefined while it can. */
  readonly stopped: () => string | undefined;
}

/** Opens a session for a piece of work, and closes it however the work ends. */
export async function withSession<T, R>(
  { target, options, connect, onWrite }: SessionRequest<T>,
  world: World,
  work: (session: OpenSession<T>) => Promise<R>,
): Promise<Closed<R>> {
  const { request, id, close } = await openConnection(target, options, world);
  const connected = async (): Promise<Closed<R>> => {
    world.cancel?.throwIfAborted();
    const session = connect({ ...request, onWrite });
    const breakOff = (): void => void session.close();
    world.cancel?.addEventListener('abort', breakOff);
    const open = { tenant: session.tenant, id, request, stopped: () => session.stopped() };
    return closing(
      async () => ({ result: await work(open) }),
      () => {
        world.cancel?.removeEventListener('abort', breakOff);
        return session.close();
      },
    );
  };
  return closing(connected, close);
}
