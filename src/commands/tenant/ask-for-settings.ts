import type { SettingsByUser } from '../../engine/index.ts';
import type { FaceSettings } from '../../model/live.ts';
import type { TenantReader } from '../../model/tenant.ts';
import type { Io } from '../process/io.ts';
import type { OutputOptions } from '../process/options.ts';
import { startProgress } from '../process/progress.ts';

export interface SettingsReader {
  /** Settings of these users and of all users read before; each user is read once per run. */
  read(uuids: readonly string[]): Promise<SettingsByUser>;
}

export function askForSettings(
  tenant: Pick<TenantReader, 'readFaceSettings'>,
  options: OutputOptions,
  io: Io,
): SettingsReader {
  const known = new Map<string, FaceSettings>();
  return {
    read: async (uuids) => {
      const unread = uuids.filter((uuid) => !known.has(uuid));
      if (unread.length === 0) return known;
      const progress = startProgress('Reading face settings', io, options);
      const found = await tenant.readFaceSettings(unread, progress.update).finally(() => {
        progress.end();
      });
      for (const [uuid, settings] of found) known.set(uuid, settings);
      return known;
    },
  };
}
