import { realpath } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { Findings, largestFileBytes } from '../desired/index.ts';
import { importList, type ImportedList, type ListedUser, type OpenTarget } from '../desired/importing/import-list.ts';
import { readRegular } from '../files/read-regular.ts';
import type { LiveState } from '../model/live.ts';
import { connectReader } from '../provider/index.ts';
import { importText } from '../report/index.ts';
import { openEditable, saveEdited } from './files/edited-file.ts';
import { whole } from './process/closing.ts';
import { CommandError, InputError } from './process/command-error.ts';
import { showDiagnostics } from './process/console.ts';
import { worldOf } from './process/console-watch.ts';
import { currentInstant } from './process/current-instant.ts';
import { exitCode, type ExitCode } from './process/exit-code.ts';
import type { Io } from './process/io.ts';
import type { ImportOptions } from './process/options.ts';
import { watched, type World } from './process/watch.ts';
import { withSession } from './tenant/with-session.ts';

/** Puts the rows of a list into a file of entries, or prints them as one. Entries that are not in the list stay. */
export async function runImport(list: string, options: ImportOptions, io: Io): Promise<ExitCode> {
  const { into, splitBy, map, set, delimiter, encoding } = options;
  if (splitBy !== undefined && into === undefined) {
    throw new CommandError('--split-by has no directory', 'Pass --into DIRECTORY for the files.');
  }
  const world = worldOf(io, options);
  const imported = await importList({
    name: list === '-' ? '<stdin>' : list,
    bytes: await readList(list, world),
    format: { delimiter, encoding },
    columns: { map, set, splitBy },
    duplicates: options.duplicates,
    now: currentInstant(world),
    openTarget: (part) => openTarget(part, options, world),
  });
  const { files, diagnostics } = imported;
  if (files === undefined) throw new InputError(diagnostics);
  showDiagnostics(diagnostics, io, options);
  if (options.checkTenant === true) await demandUsers(imported, options, world);
  if (into === undefined) {
    for (const { text } of files) io.stdout.write(text);
    return exitCode.done;
  }
  const changed = files.filter(({ counts, before }) => before === undefined || counts.added + counts.changed > 0);
  await saveEdited(changed, world);
  io.stdout.write(importText(files));
  return exitCode.done;
}

async function readList(list: string, { workingDirectory, readStandardInput }: World): Promise<Uint8Array> {
  if (list === '-') return readStandardInput(largestFileBytes);
  const bytes = await readRegular(resolve(workingDirectory, list), largestFileBytes).catch(() => 'unreadable' as const);
  if (typeof bytes !== 'string') return bytes;
  throw new CommandError(
    bytes === 'too large' ? `${list} is larger than 256 MiB` : `${list} cannot be read`,
    bytes === 'too large' ? 'Split it.' : "Check the path and its permissions. To read a pipe, name '-'.",
  );
}

/** Without `--into` the entries go to stdout, as a file of their own. */
async function openTarget(part: string, { into, splitBy }: ImportOptions, world: World): Promise<OpenTarget> {
  if (into === undefined) return { file: '<stdout>', source: undefined, diagnostics: [] };
  if (splitBy === undefined) return { file: into, ...(await openEditable(into, world)) };
  const file = join(into, `${part}.yaml`);
  await demandInside(file, into, world);
  return { file, ...(await openEditable(file, world)) };
}

/** A link may lead out of the directory. */
async function demandInside(file: string, directory: string, { workingDirectory }: World): Promise<void> {
  const inside = await realpath(resolve(workingDirectory, directory)).catch(() => undefined);
  const there = await realpath(resolve(workingDirectory, file)).catch(() => undefined);
  if (inside === undefined || there === undefined || there.startsWith(`${inside}${sep}`)) return;
  throw new CommandError(`${file} is a link that leads out of ${directory}`, 'Remove the link.');
}

/** @throws InputError where the tenant does not have a user, CommandError where one could not be looked up */
async function demandUsers({ users }: ImportedList, options: ImportOptions, world: World): Promise<void> {
  const refs = [...new Map(users.map(({ user }) => [user.key, user])).values()];
  const session = { target: { settings: {} }, options, connect: connectReader };
  const read = await withSession(session, world, ({ tenant }) =>
    watched(world, 'read-users', (onProgress) =>
      tenant.readLive({ users: refs, scope: { users: 'listed' }, reach: 'users', faces: 'unread', onProgress }),
    ),
  );
  const { listed } = whole(read);
  const findings = new Findings();
  for (const user of users) tellMissing(user, listed, findings);
  if (findings.hasErrors) throw new InputError(findings.end().diagnostics);
  const unread = refs.filter(({ key }) => listed.get(key)?.presence === 'unknown').length;
  if (unread > 0) {
    throw new CommandError(`${unread} users could not be looked up`, 'Run again.', exitCode.incomplete);
  }
}

function tellMissing({ user, range }: ListedUser, listed: LiveState['listed'], findings: Findings): void {
  if (listed.get(user.key)?.presence !== 'absent') return;
  findings.add('error', () => ({
    severity: 'error',
    code: 'USER_NOT_FOUND',
    summary: `the tenant has no user "${user.value}"`,
    detail: 'Correct the list, create the user, or import without --check-tenant. Nothing was written.',
    range,
  }));
}
