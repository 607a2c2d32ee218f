import { lstat, realpath, unlink } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { errorCode } from '../../files/error-code.ts';
import { isMissing } from '../../files/is-missing.ts';
import { plain } from '../../report/index.ts';
import { loadState, SandboxStateError, type SandboxSeed } from '../../sandbox/index.ts';
import { CommandError } from '../process/command-error.ts';
import { exitCode, type ExitCode } from '../process/exit-code.ts';
import type { Io } from '../process/io.ts';

/** Deletes the state of the embedded tenant, and nothing that is not certainly one. */
export async function resetSandbox(file: string, io: Io): Promise<ExitCode> {
  const path = resolve(io.workingDirectory, file);
  if (!(await isThere(path, file))) {
    io.stdout.write(`${plain(file)} does not exist: the next run with --sandbox starts a new tenant anyway.\n`);
    return exitCode.done;
  }
  await refuseDetour(path, file, io);
  const { users = [] } = await stateIn(path, file);
  await unlink(path).catch((error: unknown) => {
    if (!isMissing(error)) throw refusal(file, `cannot be deleted (${errorCode(error) ?? 'unknown'})`);
  });
  const faces = users.reduce((count, user) => count + (user.faces?.length ?? 0), 0);
  io.stdout.write(
    `Deleted ${plain(file)} (${counted(users.length, 'user')}, ${counted(faces, 'face')}). ` +
      'The next run with --sandbox starts a new tenant.\n',
  );
  return exitCode.done;
}

async function isThere(path: string, file: string): Promise<boolean> {
  try {
    const found = await lstat(path);
    if (found.isSymbolicLink()) throw refusal(file, 'is a symbolic link');
    if (!found.isFile()) throw refusal(file, 'is not a regular file');
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    if (error instanceof CommandError) throw error;
    throw refusal(file, `cannot be read (${errorCode(error) ?? 'unknown'})`);
  }
}

/** A directory on the way from the working directory that is a link leads to a file of somebody else. */
async function refuseDetour(path: string, file: string, { workingDirectory }: Io): Promise<void> {
  const way = relative(workingDirectory, path);
  if (isAbsolute(way) || way === '..' || way.startsWith(`..${sep}`)) return;
  if ((await realpath(path)) !== join(await realpath(workingDirectory), way)) {
    throw refusal(file, 'is in a directory that is a symbolic link');
  }
}

/** Only the embedded tenant writes states with credentials: a tenant that somebody wrote by hand is not deleted. */
async function stateIn(path: string, file: string): Promise<SandboxSeed> {
  const state = await loadState(path).catch((error: unknown) => {
    if (error instanceof SandboxStateError) throw refusal(file, 'is not the state of an embedded tenant');
    throw error;
  });
  const { users, applicationId, sharedSecret, clockOffset } = state ?? {};
  if ([users, applicationId, sharedSecret, clockOffset].includes(undefined)) {
    throw refusal(file, 'was not written by the embedded tenant');
  }
  return state ?? {};
}

function refusal(file: string, problem: string): CommandError {
  return new CommandError(`${file} ${problem}`, 'Nothing was deleted. Name the state file, or delete it yourself.');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
