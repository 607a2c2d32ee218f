import { createPlan, usersWithPolicy, withoutUnread, type SettingsByUser } from '../../engine/index.ts';
import type { StatusRequest } from '../../engine/index.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { DesiredState } from '../../model/enrollment.ts';
import type { LiveState } from '../../model/live.ts';
import type { Plan } from '../../model/plan.ts';
import type { TenantId } from '../../model/tenant-id.ts';
import { connectReader } from '../../provider/index.ts';
import { loadValid } from '../files/load.ts';
import { readUsers } from './read-users.ts';
import { whole } from '../process/closing.ts';
import { currentInstant } from '../process/current-instant.ts';
import type { StatusOptions } from '../process/options.ts';
import { watched, type World } from '../process/watch.ts';
import { askForSettings } from './ask-for-settings.ts';
import { targetOf } from './connect.ts';
import { readEverybody, readingDoubts, readSettings, settingsDoubts } from './read-everybody.ts';
import { withSession } from './with-session.ts';

/** All that a status depends on. */
export interface StatusReading extends Omit<StatusRequest, 'within'> {
  /** Missing where there are no files. */
  readonly plan: Plan | undefined;
  readonly tenant: TenantId;
  readonly files: number;
  readonly diagnostics: readonly Diagnostic[];
  /** False where the face settings of some user were needed and could not be read. */
  readonly settingsRead: boolean;
}

/** Reads what the files speak of, or with `--all` the whole tenant. Its client cannot write. */
export function readForStatus(paths: readonly string[], options: StatusOptions, world: World): Promise<StatusReading> {
  return options.all === true ? readAll(options, world) : readListed(paths, options, world);
}

async function readListed(paths: readonly string[], options: StatusOptions, world: World): Promise<StatusReading> {
  const { desired: loaded, warnings } = await loadValid(paths, options, world);
  // Whom `protect` names is only needed to tell what would be refused.
  const desired =
    options.failOn?.includes('refused') === true ? loaded : { ...loaded, protect: new Map<string, never>() };
  const session = { target: targetOf(desired), options, connect: connectReader };
  const read = await withSession(session, world, async ({ tenant, id }) => {
    const reading = { desired, reach: 'scope' } as const;
    const live = await watched(world, 'read-users', (onProgress) => readUsers(tenant, reading, onProgress));
    const users = [...live.listed.values(), ...live.discovered];
    const settings = options.settings === 'all' ? await readSettings(tenant, users, world) : undefined;
    const policies = settings ?? (await askForSettings(tenant, world).read(usersWithPolicy(desired, live)));
    const now = currentInstant(world);
    const { enrollments, missingUsers, inputs } = desired;
    const doubts = settingsDoubts(policies);
    return {
      enrollments,
      missingUsers,
      live,
      settings,
      now,
      plan: planned(desired, { live, policies, tenant: id, now }),
      tenant: id,
      files: inputs.length,
      diagnostics: [...warnings, ...readingDoubts('every-user', [], live.discoveryFailure), ...doubts],
      settingsRead: doubts.length === 0,
    };
  });
  return whole(read);
}

interface Planning extends Pick<StatusReading, 'live' | 'tenant' | 'now'> {
  readonly policies: SettingsByUser;
}

/** The plan that a run of `plan` would make of the same reading. */
function planned(desired: DesiredState, { live, policies, tenant, now }: Planning): Plan {
  return createPlan({
    desired,
    live: withoutUnread(live, policies),
    settings: policies,
    tenant,
    now,
    renew: new Set(),
    entries: 'all',
  });
}

async function readAll(options: StatusOptions, world: World): Promise<StatusReading> {
  const { everybody, tenant, who, settings } = await readEverybody({ users: 'tenant' }, options, world);
  const { users: discovered, failure } = everybody;
  const live: LiveState = {
    listed: new Map(),
    discovered,
    maxFacesPerUser: Infinity,
    discoveryFailure: failure,
  };
  const doubts = settingsDoubts(settings);
  return {
    enrollments: [],
    missingUsers: 'error',
    live,
    settings,
    now: currentInstant(world),
    plan: undefined,
    tenant,
    files: 0,
    diagnostics: [...readingDoubts(who, [], failure), ...doubts],
    settingsRead: doubts.length === 0,
  };
}
