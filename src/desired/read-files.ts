import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { Diagnostic } from '../model/diagnostic.ts';
import { compareText } from '../model/order.ts';
import { SourceFile } from './source-file.ts';

const largestBytes = 64 * 1024 * 1024;
const standardInput = '<stdin>';

export interface ReadRequest {
  /** Files, directories, and `-` for standard input. */
  readonly paths: readonly string[];
  readonly workingDirectory: string;
  readonly readStandardInput: () => Promise<Uint8Array>;
}

/** Reads every file once, in the order of the paths, those below a directory sorted. */
export async function readFiles(
  request: ReadRequest,
): Promise<{ readonly sources: readonly SourceFile[]; readonly diagnostics: readonly Diagnostic[] }> {
  const found = await Promise.all(request.paths.map((path) => expand(path, request.workingDirectory)));
  const diagnostics = found.flatMap((one) => (Array.isArray(one) ? [] : [one]));
  const names = new Set(found.flatMap((one) => (Array.isArray(one) ? one : [])));
  const sources: SourceFile[] = [];
  for (const name of names) {
    const source = await read(name, request);
    if (source instanceof SourceFile) sources.push(source);
    else diagnostics.push(source);
  }
  return { sources, diagnostics };
}

async function expand(path: string, workingDirectory: string): Promise<string[] | Diagnostic> {
  if (path === '-') return [standardInput];
  const absolute = resolve(workingDirectory, path);
  try {
    const about = await stat(absolute);
    if (!about.isDirectory()) return [shown(absolute, path, workingDirectory)];
    const files = await readdir(absolute, { recursive: true, withFileTypes: true });
    const names = files
      .filter((file) => file.isFile() && /\.(ya?ml|json)$/.test(file.name))
      .map((file) => relative(absolute, join(file.parentPath, file.name)))
      .filter((name) => !name.split(/[\\/]/).some((part) => part.startsWith('.') || part === 'node_modules'))
      .toSorted(compareText);
    return names.length === 0
      ? fileError('NO_FILES', path, 'has no .yaml, .yml or .json file below it', 'Name a file, or another directory.')
      : names.map((name) => shown(join(absolute, name), join(path, name), workingDirectory));
  } catch {
    return fileError('UNREADABLE_FILE', path, 'cannot be read', 'Check the path and its permissions.');
  }
}

/** As the user would type it from the working directory; a path that leads out of it stays as it was given. */
function shown(absolute: string, given: string, workingDirectory: string): string {
  const inside = relative(resolve(workingDirectory), absolute);
  return inside.startsWith('..') ? given : inside;
}

async function read(name: string, request: ReadRequest): Promise<SourceFile | Diagnostic> {
  let bytes: Uint8Array;
  try {
    bytes =
      name === standardInput
        ? await request.readStandardInput()
        : await readFile(resolve(request.workingDirectory, name));
  } catch {
    return fileError('UNREADABLE_FILE', name, 'cannot be read', 'Check the path and its permissions.');
  }
  if (bytes.length > largestBytes) {
    return fileError('FILE_TOO_LARGE', name, 'is larger than 64 MiB', 'Split it into several files.');
  }
  try {
    return new SourceFile(name, bytes, new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return fileError('NOT_UTF8', name, 'is not UTF-8 text', 'Save it as UTF-8.');
  }
}

function fileError(code: string, file: string, what: string, detail: string): Diagnostic {
  const start = { line: 1, column: 1, byte: 0 };
  return { severity: 'error', code, summary: `${file} ${what}`, detail, range: { filename: file, start, end: start } };
}
