import type { FaceSettings } from '../../model/live.ts';
import { TenantError } from '../../model/failure.ts';
import type { OnProgress } from '../../model/tenant.ts';
import type { Client } from '../http/client.ts';
import { unknownFrom } from '../http/errors.ts';
import { getUserFaceSettings } from './face-calls.ts';
import { WorkQueue } from '../../limit/work-queue.ts';

/** Reads the face settings of users, one call each; what could not be read ends as unknown. */
export async function readFaceSettings(
  client: Client,
  uuids: readonly string[],
  onProgress: OnProgress,
): Promise<ReadonlyMap<string, FaceSettings>> {
  const found = new Map<string, FaceSettings>();
  const work = new WorkQueue<string>(client.concurrency, async (uuid) => {
    found.set(uuid, await faceSettingsOf(client, uuid));
    onProgress(found.size, uuids.length);
  });
  for (const uuid of uuids) work.add(uuid);
  await work.end();
  return found;
}

/** Reads the face settings of one user; never rejects with a TenantError. */
export async function faceSettingsOf(client: Client, uuid: string): Promise<FaceSettings> {
  try {
    const { lifetime } = await getUserFaceSettings(client, uuid);
    return { settings: 'read', lifetimeDays: lifetime };
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    return { settings: 'unknown', reason: unknownFrom(error) };
  }
}
