import { whole } from './process/closing.ts';
import type { TenantId } from '../model/tenant-id.ts';
import { connectReader } from '../provider/index.ts';
import { takeStatus, usersToRead, type SettingsByUser } from '../engine/index.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Enrollment, MissingUsers } from '../model/enrollment.ts';
import type { LiveState } from '../model/live.ts';
import { statusCsv, statusJson, statusText, toJsonText } from '../report/index.ts';
import { CommandError } from './process/command-error.ts';
import { targetOf } from './tenant/connect.ts';
import { exitCode, type ExitCode } from './process/exit-code.ts';
import type { Io } from './process/io.ts';
import { loadValid } from './files/load.ts';
import type { StatusOptions } from './process/options.ts';
import { readEverybody, readingDoubts, readSettings, settingsDoubts } from './tenant/read-everybody.ts';
import { worldOf } from './process/console-watch.ts';
import { currentInstant } from './process/current-instant.ts';
import { watched, type World } from './process/watch.ts';
import { paletteFor, showDiagnostics } from './process/console.ts';
import { toolVersion } from './process/version.ts';
import { withSession } from './tenant/with-session.ts';

/** Shows how the enrollments of the files stand, or with `--all` those of the whole tenant. Its client cannot write. */
export async function runStatus(paths: readonly string[], options: StatusOptions, io: Io): Promise<ExitCode> {
  refuseContradictions(paths, options);
  const world = worldOf(io, options);
  const read = options.all === true ? await readAll(options, world) : await readListed(paths, options, world);
  const now = currentInstant(world);
  const status = takeStatus({ ...read, now, within: options.within });
  showDiagnostics(read.diagnostics, io, options);
  const context = { toolVersion: toolVersion(), tenant: read.tenant, now, within: options.within };
  switch (options.format) {
    case 'text':
      io.stdout.write(
        statusText(status, { ...context, files: read.files, palette: paletteFor(io.stdout, io, options) }),
      );
      break;
    case 'json':
      io.stdout.write(toJsonText(statusJson(status, context, read.diagnostics)));
      break;
    case 'csv':
      for (const line of statusCsv(status)) io.stdout.write(line);
      break;
  }
  const isWhole = status.complete && settingsDoubts(read.settings).length === 0;
  return isWhole ? exitCode.done : exitCode.incomplete;
}

function refuseContradictions(paths: readonly string[], { all, everyUser }: StatusOptions): void {
  if (all === true && paths.length > 0) {
    throw new CommandError(`--all is given beside ${paths.join(', ')}`, 'Name files, or all of the tenant.');
  }
  if (all !== true && everyUser === true) {
    throw new CommandError(
      '--every-user is given without --all',
      'Of the users in the files each is asked for anyhow.',
    );
  }
}

/** All that a status depends on but the time. */
interface Read {
  readonly enrollments: readonly Enrollment[];
  readonly missingUsers: MissingUsers;
  readonly live: LiveState;
  readonly tenant: TenantId;
  readonly files: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly settings: SettingsByUser | undefined;
}

async function readListed(paths: readonly string[], options: StatusOptions, world: World): Promise<Read> {
  const { desired, warnings } = await loadValid(paths, {}, world);
  const users = usersToRead({ ...desired, protect: new Map() });
  const session = { target: targetOf(desired), options, connect: connectReader };
  const read = await withSession(session, world, async ({ tenant, id }) => {
    const live = await watched(world, 'read-users', (onProgress) =>
      tenant.readLive({ users, scope: desired.scope, reach: 'scope', onProgress }),
    );
    const { enrollments, inputs, missingUsers } = desired;
    const settings =
      options.settings === 'all'
        ? await readSettings(tenant, [...live.listed.values(), ...live.discovered], world)
        : undefined;
    const doubts = [...readingDoubts('every-user', [], live.discoveryFailure), ...settingsDoubts(settings)];
    const diagnostics = [...warnings, ...doubts];
    return { enrollments, missingUsers, live, tenant: id, files: inputs.length, diagnostics, settings };
  });
  return whole(read);
}

async function readAll(options: StatusOptions, world: World): Promise<Read> {
  const { everybody, tenant, who, settings } = await readEverybody({ users: 'tenant' }, options, world);
  const { users: discovered, failure } = everybody;
  const live: LiveState = {
    listed: new Map(),
    discovered,
    maxFacesPerUser: Infinity,
    discoveryFailure: failure,
  };
  const diagnostics = [...readingDoubts(who, [], failure), ...settingsDoubts(settings)];
  return { enrollments: [], missingUsers: 'error', live, tenant, files: 0, diagnostics, settings };
}
