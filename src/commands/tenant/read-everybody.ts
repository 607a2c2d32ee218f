import { whole } from '../process/closing.ts';
import type { TenantId } from '../../model/tenant-id.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Reach } from '../../model/enrollment.ts';
import { scopeNotRead, type SettingsByUser } from '../../engine/index.ts';
import type { Everybody, LiveUser, Unknown } from '../../model/live.ts';
import type { UnknownUser } from '../../model/plan.ts';
import type { EverybodyRequest, TenantReader } from '../../model/tenant.ts';
import { askForSettings } from './ask-for-settings.ts';
import type { EverybodyOptions, StatusOptions } from '../process/options.ts';
import { connectReader } from '../../provider/index.ts';
import { watched, type World } from '../process/watch.ts';
import { withSession } from './with-session.ts';

export interface ReadTenant {
  readonly everybody: Everybody;
  readonly tenant: TenantId;
  readonly who: EverybodyRequest['who'];
  /** Undefined where they were not asked for. */
  readonly settings: SettingsByUser | undefined;
}

/** The face settings of all users who have a face. */
export function readSettings(tenant: TenantReader, users: readonly LiveUser[], world: World): Promise<SettingsByUser> {
  const uuids = users.flatMap((found) =>
    found.presence === 'present' && found.faces.length > 0 ? [found.user.uuid] : [],
  );
  return askForSettings(tenant, world).read([...new Set(uuids)]);
}

/** Users whose expiries could not be compared with the tenant's policy. */
export function settingsDoubts(settings: SettingsByUser | undefined): readonly Diagnostic[] {
  const unread = [...(settings?.values() ?? [])].flatMap((each) => (each.settings === 'unknown' ? [each.reason] : []));
  const [first] = unread;
  if (first === undefined) return [];
  return [
    {
      severity: 'warning',
      code: 'SETTINGS_NOT_READ',
      summary: `the face settings of ${unread.length} users could not be read: ${first.message}`,
      detail: 'Their expiries are not compared with the policy. Run again.',
    },
  ];
}

/** Reads all users of a reach without any file. Its client cannot write. */
export async function readEverybody(
  reach: Reach,
  options: EverybodyOptions & Pick<StatusOptions, 'settings'>,
  world: World,
): Promise<ReadTenant> {
  const who: ReadTenant['who'] = options.everyUser === true ? 'every-user' : 'with-face';
  const request = { target: { settings: {} }, options, connect: connectReader };
  const read = await withSession(request, world, async ({ tenant, id }) => {
    const everybody = await watched(world, 'read-users', (onProgress) =>
      tenant.readEverybody({ reach, who, onProgress }),
    );
    const settings = options.settings === 'all' ? await readSettings(tenant, everybody.users, world) : undefined;
    return { everybody, tenant: id, who, settings };
  });
  return whole(read);
}

/** All that may be missing from a reading of everybody. */
export function readingDoubts(
  who: ReadTenant['who'],
  unread: readonly UnknownUser[],
  failure: Unknown | undefined,
): readonly Diagnostic[] {
  return [
    ...(who === 'every-user' ? [] : [filterDoubt]),
    ...scopeNotRead(failure, 'reading'),
    ...unread.map(({ key, reason }) => unreadUser(key, reason.message)),
  ];
}

const filterDoubt: Diagnostic = {
  severity: 'warning',
  code: 'FACE_FILTER',
  summary: 'users who have a face, but no ACTIVE one, may be missing',
  detail:
    "Whether the tenant's filter for users with a face finds them is not documented. Pass --every-user to ask for each.",
};

function unreadUser(login: string, why: string): Diagnostic {
  return {
    severity: 'warning',
    code: 'USER_NOT_READ',
    summary: `user "${login}" could not be read: ${why}`,
    detail: 'Run again.',
  };
}
