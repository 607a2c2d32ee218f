import type { TenantReader } from '../../model/tenant.ts';
import { connectReader } from '../../provider/index.ts';
import { openConnection, type Target } from './connect.ts';
import type { Io } from '../process/io.ts';
import type { OutputOptions, TenantOptions } from '../process/options.ts';
import { startProgress, type Progress } from '../process/progress.ts';

/** What reads a tenant, and shows how far it is. */
export interface Reader {
  readonly tenant: TenantReader;
  /** As plans name it. */
  readonly name: string;
  readonly onProgress: Progress['update'];
}

/** Opens a tenant for a piece of work that only reads; its client cannot write. */
export async function withReader<T>(
  target: Target,
  options: TenantOptions & OutputOptions,
  io: Io,
  work: (reader: Reader) => Promise<T>,
): Promise<T> {
  const connection = await openConnection(target, options, io);
  try {
    const session = connectReader(connection.request);
    const progress = startProgress('Reading users', io, options);
    try {
      return await work({ tenant: session.tenant, name: connection.name, onProgress: progress.update });
    } finally {
      progress.end();
      await session.close();
    }
  } finally {
    await connection.close();
  }
}
