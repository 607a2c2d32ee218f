import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { CommandError } from '../commands/process/command-error.ts';
import type { Io } from '../commands/process/io.ts';

/**
 * `--sandbox users.yaml` reads as a sandbox whose state is that file. A word after `--sandbox` is a state only if it is a
 * JSON file other than one of enrollments, or is to become one; else it is an argument like those that follow it, and
 * the sandbox is the usual one. `--sandbox=FILE` always names a state.
 */
export function placeSandbox(args: readonly string[], io: Pick<Io, 'workingDirectory'>): readonly string[] {
  const options = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  const at = options.indexOf('--sandbox');
  const word = args[at + 1];
  if (at < 0 || word === undefined || isFlag(word) || namesState(resolve(io.workingDirectory, word))) return args;
  if (at > 0) refuseNeither(word, args, io);
  const next = args.findIndex((arg, index) => index > at && isFlag(arg));
  const end = next < 0 ? args.length : next;
  return [...args.slice(0, at), ...args.slice(at + 1, end), '--sandbox', ...args.slice(end)];
}

/**
 * A word that is neither a state nor a file would be told as a file of enrollments that does not exist. `explain` has a
 * user among its words.
 *
 * @throws CommandError
 */
function refuseNeither(
  word: string,
  args: readonly string[],
  { workingDirectory }: Pick<Io, 'workingDirectory'>,
): void {
  const isPath = word !== '-' && !/[*?[]|\.ya?ml$/i.test(word) && !args.includes('explain');
  if (!isPath || beginOf(resolve(workingDirectory, word)) !== undefined) return;
  throw new CommandError(
    `${word} does not exist and is not a sandbox state file`,
    `To keep the sandbox's state there, pass --sandbox=${word} or a name that ends in .json. Otherwise correct the path.`,
  );
}

function isFlag(arg: string): boolean {
  return arg.startsWith('-') && arg !== '-';
}

function namesState(path: string): boolean {
  const begin = beginOf(path);
  if (begin === undefined) return path.endsWith('.json');
  return /^\s*\{/.test(begin) && !/^\s*\{\s*"(?:\$schema|version|enrollments)"/.test(begin);
}

/** Undefined where there is no such file; empty where it is no regular file: a pipe would be waited for, in vain perhaps. */
function beginOf(path: string): string | undefined {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
  try {
    if (!fstatSync(file).isFile()) return '';
    const bytes = Buffer.alloc(256);
    return bytes.toString('utf8', 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}
