import { adoptInto, type AdoptRequest } from '../desired/adopting/adopt-into.ts';
import { adopt, userRef, usersWithPolicy, withoutUnread, type Adoption } from '../engine/index.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { DesiredState, UserRef } from '../model/enrollment.ts';
import type { LiveState } from '../model/live.ts';
import { rangeAt } from '../model/place.ts';
import { isCreating } from '../model/plan.ts';
import type { OnProgress, TenantReader } from '../model/tenant.ts';
import { count } from '../model/values/count.ts';
import { connectReader } from '../provider/index.ts';
import { plain } from '../report/index.ts';
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
  const users = names.map(userRef);
  const adoption = await readAndAdopt(desired, users, options, world);
  const files = await editedFiles(adoption, desired, into, world);
  await saveEdited(files, world);
  const left = adoption.left.map(leftDiagnostic);
  showDiagnostics(left, io, options);
  const lines = files.map(({ file }) => `${plain(file)}: ${countsOf(file, adoption, into)}\n`);
  io.stdout.write(lines.length === 0 ? 'Nothing to adopt.\n' : lines.join(''));
  return left.length === 0 ? exitCode.done : exitCode.error;
}

async function readAndAdopt(
  desired: DesiredState,
  users: readonly UserRef[],
  options: AdoptOptions,
  world: World,
): Promise<Adoption> {
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
  return adopt({ ...request, entries: 'all' }, users.length === 0 ? 'drifted' : users);
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

async function editedFiles(
  { patches, added }: Adoption,
  desired: DesiredState,
  into: string | undefined,
  world: World,
): Promise<readonly EditedFile[]> {
  const homeless = added.find(({ file }) => (into ?? file) === undefined);
  if (homeless !== undefined) {
    const { value } = homeless.face.user;
    throw new CommandError(`no file has entries of "${value}"`, 'Name a file for new entries with --into.');
  }
  const names = new Set([
    ...patches.map(({ entry }) => entry.range.filename),
    ...added.flatMap(({ file }) => into ?? file ?? []),
  ]);
  const files: EditedFile[] = [];
  for (const name of names) {
    const part = {
      patches: new Map(
        patches
          .filter(({ entry }) => entry.range.filename === name)
          .map(({ entry, patch }) => [entry.range.start.byte, patch]),
      ),
      added: added.filter(({ file }) => (into ?? file) === name).map(({ face }) => face),
      environment: desired.environment?.name,
    };
    files.push(await editedFile(name, part, desired, world));
  }
  return files;
}

async function editedFile(
  name: string,
  part: Omit<AdoptRequest, 'source'>,
  { inputs }: DesiredState,
  world: World,
): Promise<EditedFile> {
  const { source, diagnostics } = await openEditable(name, world);
  if (diagnostics.length > 0) throw new InputError(diagnostics);
  const before = inputs.find(({ file }) => file === name);
  if (source === undefined || (before === undefined && part.patches.size > 0)) {
    throw new CommandError(`${name} is no file that can be changed`, 'Name the file itself among the paths.');
  }
  if (before !== undefined && before.sha256 !== source.sha256) {
    throw new CommandError(`${name} has changed since it was read`, 'Nothing was written. Run again.');
  }
  const { text, diagnostics: problems } = await adoptInto({ source, ...part });
  if (text === undefined) throw new InputError(problems);
  return { file: name, text, before: source };
}

function countsOf(name: string, { patches, added }: Adoption, into: string | undefined): string {
  const changed = patches.filter(({ entry }) => entry.range.filename === name).length;
  const fresh = added.filter(({ file }) => (into ?? file) === name).length;
  return `${changed} changed, ${fresh} added.`;
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
