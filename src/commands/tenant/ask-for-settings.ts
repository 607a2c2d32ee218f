import type { SettingsByUser } from '../../engine/index.ts';
import type { FaceSettings } from '../../model/live.ts';
import type { TenantReader } from '../../model/tenant.ts';
import { watched, type World } from '../process/watch.ts';

export interface SettingsReader {
  /** Settings of these users and of all users read before; each user is read once per run. */
  read(uuids: readonly string[]): Promise<SettingsByUser>;
}

export function askForSettings(tenant: Pick<TenantReader, 'readFaceSettings'>, world: World): SettingsReader {
  const known = new Map<string, FaceSettings>();
  return {
    read: async (uuids) => {
      const unread = uuids.filter((uuid) => !known.has(uuid));
      if (unread.length === 0) return known;
      const found = await watched(world, 'read-settings', (onProgress) => tenant.readFaceSettings(unread, onProgress));
      for (const [uuid, settings] of found) known.set(uuid, settings);
      return known;
    },
  };
}
