import type { ConnectRequest, Session } from '../../provider/index.ts';
import { openConnection, type Target } from './connect.ts';
import type { ExitCode } from '../process/exit-code.ts';
import type { Io } from '../process/io.ts';
import { openJournal, type Journal } from '../run/journal.ts';
import type { OutputOptions, TenantOptions } from '../process/options.ts';

/** How to talk to which tenant. */
export interface SessionRequest<T> {
  readonly target: Target;
  readonly options: TenantOptions & OutputOptions & { readonly journal?: string };
  readonly connect: (request: ConnectRequest) => Session<T>;
}

/** What a command that writes works with until it ends. */
export interface Tools<T> {
  readonly tenant: T;
  /** As in plans. */
  readonly name: string;
  readonly journal: Journal;
  /** Users at work at once. */
  readonly concurrency: number;
  /** Why nothing more can be sent; undefined while it can. */
  readonly stopped: () => string | undefined;
}

/** Opens journal and session, and closes them whatever happens. */
export async function withSession<T>(
  { target, options, connect }: SessionRequest<T>,
  io: Io,
  work: (tools: Tools<T>) => Promise<ExitCode>,
): Promise<ExitCode> {
  const journal = await openJournal(options.journal, io);
  try {
    const connection = await openConnection(target, options, io);
    const session = connect({ ...connection.request, onWrite: journal.onWrite });
    try {
      const { concurrency } = connection.request;
      const stopped = (): string | undefined => session.stopped();
      return await work({ tenant: session.tenant, name: connection.name, journal, concurrency, stopped });
    } finally {
      await session.close();
      await connection.close();
    }
  } finally {
    await journal.close();
  }
}
