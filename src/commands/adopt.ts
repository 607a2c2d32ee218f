import { adoptInto } from '../desired/adopting/adopt-into.ts';
import { adopt, userRef, usersWithPolicy, withoutUnread, type Adoption } from '../engine/index.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { DesiredState, UserRef } from '../model/enrollment.ts';
import type { User } from '../model/face.ts';
import type { LiveState } from '../model/live.ts';
import { rangeAt } from '../model/place.ts';
import { isCreating } from '../model/plan.ts';
import type { AdoptedEntry, WrittenEntry } from '../model/shown/adoption.ts';
import type { TenantId } from '../model/tenant-id.ts';
import type { OnProgress, TenantReader } from '../model/tenant.ts';
import { count } from '../model/values/count.ts';
import { connectReader } from '../provider/index.ts';
import { adoptJson, adoptText, toJsonText } from '../report/index.ts';
import { openEditable, saveEdited, type EditedFile } from './files/edited-file.ts';
import { loadValid } from './files/load.ts';
import { whole } from './process/closing.ts';
import { CommandError, InputError } from './process/command-error.ts';
import { showDiagnostics } from './process/console.ts';
import { worldOf } from './process/console-watch.ts';
import { currentInstant } from './process/current-instant.ts';
import { exitCode, type ExitCode } from './process/exit-code.ts';
import type { Io } from './process/io.ts';
import type { AdoptOptions } from './process/options.ts';
import { toolVersion } from './process/version.ts';
import { watched, type World } from './process/watch.ts';
import { askForSettings } from './tenant/ask-for-settings.ts';
import { targetOf } from './tenant/connect.ts';
import { readUsers } from './tenant/read-users.ts';
import { withSession } from './tenant/with-session.ts';

/** Writes what is live into the files that have the users' entries. Its client cannot write to the tenant. */
export async function runAdopt(paths: readonly string[], options: AdoptOptions, io: Io): Promise<ExitCode> {
  const { user: names = [], allDrift = false, into } = options;
  if (names.length > 0 === allDrift) {
    throw new CommandError('adopt needs either --user or --all-drift', 'Name the users, or take all who have drifted.');
  }
  const world = worldOf(io, options);
  const { desired, warnings } = await loadValid(paths, options, world);
  showDiagnostics(warnings, io, options);
  const { adoption, tenant } = await readAndAdopt(desired, names.map(userRef), options, world);
  const files = await editedFiles(adoption, desired, into, world);
  await saveEdited(files, world);
  const left = adoption.left.map(leftDiagnostic);
  showDiagnostics(left, io, options);
  const entries = files.flatMap((file) => file.entries);
  const report = { tenant, entries, left: adoption.left, diagnostics: [...warnings, ...left] };
  io.stdout.write(options.format === 'json' ? toJsonText(adoptJson(report, toolVersion())) : adoptText(report));
  return left.length === 0 ? exitCode.done : exitCode.error;
}

interface Found {
  readonly adoption: Adoption;
  readonly tenant: TenantId;
}

async function readAndAdopt(
  desired: DesiredState,
  users: readonly UserRef[],
  options: AdoptOptions,
  world: World,
): Promise<Found> {
  const session = { target: targetOf(desired), options, connect: connectReader };
  const read = await withSession(session, world, async ({ tenant, id }) => {
    const found = await watched(world, 'read-users', (onProgress) =>
      readNamedToo(tenant, { desired, users }, onProgress),
    );
    const settings = await askForSettings(tenant, world).read(usersWithPolicy(desired, found));
    return { live: withoutUnread(found, settings), settings, tenant: id };
  });
  const { live, settings, tenant } = whole(read);
  demandRead(users, live);
  const now = currentInstant(world);
  const request = { desired, live, settings, tenant, now, missingUsers: 'wait', renew: new Set<string>() } as const;
  return { adoption: adopt({ ...request, entries: 'all' }, users.length === 0 ? 'drifted' : users), tenant };
}

/** Reads the users that a plan needs, and those named by `--user` that are in no file. */
async function readNamedToo(
  tenant: TenantReader,
  { desired, users }: { readonly desired: DesiredState; readonly users: readonly UserRef[] },
  onProgress: OnProgress,
): Promise<LiveState> {
  const found = await readUsers(tenant, { desired, reach: 'scope' }, onProgress);
  const others = users.filter(({ key }) => !found.listed.has(key));
  if (others.length === 0) return found;
  const more = await tenant.readLive({ users: others, scope: { users: 'listed' }, reach: 'users', onProgress });
  return { ...found, listed: new Map([...found.listed, ...more.listed]) };
}

/** What could not be read to the end would be adopted in part. */
function demandRead(users: readonly UserRef[], { listed, discoveryFailure }: LiveState): void {
  const absent = users.filter(({ key }) => listed.get(key)?.presence === 'absent');
  const [first] = absent;
  if (first !== undefined) throw new CommandError(`the tenant has no user "${first.value}"`, 'Correct the name.');
  const unread = [...listed.values()].filter(({ presence }) => presence === 'unknown').length;
  if (unread === 0 && discoveryFailure === undefined) return;
  const what = unread === 0 ? 'the users could not be listed to the end' : `${count(unread, 'user')} could not be read`;
  throw new CommandError(`${what}, nothing was adopted`, 'Run again.', exitCode.incomplete);
}

/** A file with its new text, and the entries that were written there. */
interface AdoptedFile extends EditedFile {
  readonly entries: readonly AdoptedEntry[];
}

async function editedFiles(
  { patches, added }: Adoption,
  desired: DesiredState,
  into: string | undefined,
  world: World,
): Promise<readonly AdoptedFile[]> {
  const homeless = added.find(({ file }) => (into ?? file) === undefined);
  if (homeless !== undefined) {
    const { value } = homeless.face.user;
    throw new CommandError(`no file has entries of "${value}"`, 'Name a file for new entries with --into.');
  }
  const names = new Set([
    ...patches.map(({ entry }) => entry.range.filename),
    ...added.flatMap(({ file }) => into ?? file ?? []),
  ]);
  const files: AdoptedFile[] = [];
  for (const name of names) {
    const part = {
      patches: patches.filter(({ entry }) => entry.range.filename === name),
      added: added.filter(({ file }) => (into ?? file) === name),
    };
    files.push(await editedFile(name, part, desired, world));
  }
  return files;
}

async function editedFile(
  name: string,
  { patches, added }: Pick<Adoption, 'patches' | 'added'>,
  { inputs, environment }: DesiredState,
  world: World,
): Promise<AdoptedFile> {
  const { source, diagnostics } = await openEditable(name, world);
  if (diagnostics.length > 0) throw new InputError(diagnostics);
  const before = inputs.find(({ file }) => file === name);
  if (source === undefined || (before === undefined && patches.length > 0)) {
    throw new CommandError(`${name} cannot be edited`, 'Name the file itself among the paths.');
  }
  if (before !== undefined && before.sha256 !== source.sha256) {
    throw new CommandError(`${name} has changed since it was read`, 'Nothing was written. Run again.');
  }
  const { written, diagnostics: problems } = await adoptInto({
    source,
    patches: new Map(patches.map(({ entry, patch }) => [entry.range.start.byte, patch])),
    added: added.map(({ face }) => face),
    environment: environment?.name,
  });
  if (written === undefined) throw new InputError(problems);
  const entryOf = (key: string, user: User, entry: WrittenEntry | undefined): readonly AdoptedEntry[] =>
    entry === undefined ? [] : [{ key, user, ...entry }];
  return {
    file: name,
    text: written.text,
    before: source,
    entries: [
      ...patches.flatMap(({ entry, user }) => entryOf(entry.key, user, written.changed.get(entry.range.start.byte))),
      ...added.flatMap(({ entry, user }, at) => entryOf(entry.key, user, written.added[at])),
    ],
  };
}

function leftDiagnostic(change: Adoption['left'][number]): Diagnostic {
  const what = isCreating(change) ? 'replaced' : `${change.action}d`;
  return {
    severity: 'error',
    code: 'CANNOT_BE_ADOPTED',
    summary: `${change.key} would still be ${what}, whatever its entry said`,
    detail: 'Nothing of this user was adopted. Change or remove the entry by hand, or apply.',
    ...(change.place === undefined ? {} : { range: rangeAt(change.place) }),
  };
}
