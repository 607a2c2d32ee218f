import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Io } from '../process/io.ts';
import type { TenantOptions } from '../process/options.ts';

/**
 * `--sandbox users.yaml` reads as a sandbox whose state is that file. Its state is JSON, so a YAML file or a directory
 * there, or JSON that begins as files of enrollments do, is one more path, and the sandbox is the usual one.
 */
export function sandboxAndPaths<T extends TenantOptions>(
  paths: readonly string[],
  options: T,
  io: Io,
): { readonly paths: readonly string[]; readonly options: T } {
  const { sandbox } = options;
  if (typeof sandbox !== 'string' || !isInput(sandbox, io)) return { paths, options };
  return { paths: [sandbox, ...paths], options: { ...options, sandbox: true } };
}

function isInput(name: string, { workingDirectory }: Io): boolean {
  if (name === '-' || /\.ya?ml$/i.test(name)) return true;
  const path = resolve(workingDirectory, name);
  try {
    return statSync(path).isDirectory() || /^\s*\{\s*"(?:version|enrollments)"/.test(beginOf(path));
  } catch {
    // Not there, or not to be looked at: the sandbox says so when it opens it.
    return false;
  }
}

/** Empty where it is no regular file: a pipe would be waited for, in vain perhaps. */
function beginOf(path: string): string {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!fstatSync(file).isFile()) return '';
    const bytes = Buffer.alloc(256);
    return bytes.toString('utf8', 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}
