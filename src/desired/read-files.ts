import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { DiagnosticCode } from '../model/diagnostic-codes.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { compareText } from '../model/order.ts';
import { portablePath } from './portable-path.ts';
import { readRegular, type Unfit } from '../files/read-regular.ts';
import { SourceFile } from './source-file.ts';

/** Enough for two million entries; JavaScript's longest text is twice as long. */
const largestBytes = 256 * 1024 * 1024;

export interface ReadRequest {
  /** Files, directories, and `-` for standard input. */
  readonly paths: readonly string[];
  readonly workingDirectory: string;
  /** Gives all of it, or more than `most` bytes where there are more. */
  readonly readStandardInput: (most: number) => Promise<Uint8Array>;
}

/** A file to read, by its name in messages and the way there; standard input has no way. */
interface Found {
  readonly name: string;
  readonly absolute: string | undefined;
  /** Whether the user has named the file itself, or a directory above it. */
  readonly given: 'itself' | 'directory';
}

/** Reads every file once, in the order of the paths, those below a directory sorted. */
export async function readFiles(
  request: ReadRequest,
): Promise<{ readonly sources: readonly SourceFile[]; readonly diagnostics: readonly Diagnostic[] }> {
  const found = await Promise.all(request.paths.map((path) => expand(path, request.workingDirectory)));
  const diagnostics = found.flatMap((one) => (Array.isArray(one) ? [] : [one]));
  const files = new Map<string | undefined, Found>();
  for (const file of found.flatMap((one) => (Array.isArray(one) ? one : []))) {
    if (!files.has(file.absolute)) files.set(file.absolute, file);
  }
  const sources: SourceFile[] = [];
  for (const file of files.values()) {
    const source = await read(file, request);
    if (!(source instanceof SourceFile)) diagnostics.push(source);
    else if (file.given === 'directory' ? !isOthers(source) : !isSavedPlan(source)) sources.push(source);
    // Saved beside the files it was made from, as pipelines do, it says nothing of what is wanted.
    else if (file.given === 'itself') diagnostics.push(savedPlan(file.name));
  }
  if (sources.length === 0 && diagnostics.length === 0) diagnostics.push(noFiles(request.paths.join(', ')));
  return { sources, diagnostics };
}

function noFiles(where: string): Diagnostic {
  return fileError(
    'NO_FILES',
    where,
    'has no .yaml, .yml or .json file below it',
    'Name a file, or another directory.',
  );
}

async function expand(path: string, workingDirectory: string): Promise<Found[] | Diagnostic> {
  if (path === '-') return [{ name: '<stdin>', absolute: undefined, given: 'itself' }];
  const start = resolve(workingDirectory, path);
  const found = (absolute: string, as: string, given: Found['given']): Found => ({
    name: portablePath(shown(absolute, as, workingDirectory)),
    absolute,
    given,
  });
  try {
    const about = await stat(start);
    if (!about.isDirectory()) return [found(start, path, 'itself')];
    // Links and pipes count: a file that is silently left out would mean faces that nobody asks for.
    const entries = await readdir(start, { recursive: true, withFileTypes: true });
    const names = entries
      .filter((entry) => !entry.isDirectory() && /\.(ya?ml|json)$/.test(entry.name))
      .map((entry) => relative(start, join(entry.parentPath, entry.name)))
      .filter((name) => !name.split(/[\\/]/).some((part) => part.startsWith('.') || part === 'node_modules'))
      .toSorted(compareText);
    return names.length === 0
      ? noFiles(path)
      : names.map((name) => found(join(start, name), join(path, name), 'directory'));
  } catch (error) {
    return isMissing(error)
      ? fileError('UNREADABLE_FILE', path, 'does not exist', 'Correct the path; it starts at the working directory.')
      : fileError('UNREADABLE_FILE', path, 'cannot be read', 'Check the path and its permissions.');
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

/** As the user would type it from the working directory; a path that leads out of it stays as it was given. */
function shown(absolute: string, given: string, workingDirectory: string): string {
  const inside = relative(resolve(workingDirectory), absolute);
  return inside.startsWith('..') ? given : inside;
}

async function read({ name, absolute }: Found, { readStandardInput }: ReadRequest): Promise<SourceFile | Diagnostic> {
  let bytes: Uint8Array | Unfit;
  try {
    const whole = absolute === undefined ? readStandardInput(largestBytes) : readRegular(absolute, largestBytes);
    bytes = await whole;
  } catch {
    return fileError('UNREADABLE_FILE', name, 'cannot be read', 'Check the path and its permissions.');
  }
  if (bytes === 'not a regular file') return fileError('UNREADABLE_FILE', name, 'is not a regular file', pipeHint);
  if (bytes === 'too large' || bytes.length > largestBytes) {
    return fileError('FILE_TOO_LARGE', name, 'is larger than 256 MiB', 'Split it into several files.');
  }
  const text = decode(bytes);
  return text === undefined
    ? fileError('NOT_UTF8', name, 'is not UTF-8 text', 'Save it as UTF-8.')
    : new SourceFile(name, bytes, text);
}

const pipeHint = "Name a file. To read a pipe, connect it to standard input and name '-'.";

/** UTF-16 without a byte order mark is UTF-8 full of NULs. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** By what `plan --out` begins it with. */
function isSavedPlan({ text }: SourceFile): boolean {
  return /^\{\s*"format_version": "[^"]*",\s*"tool": "faceform"/.test(text);
}

/**
 * What lies beside files of enrollments and is none, as it begins: what the program itself writes as JSON, counts for
 * GitLab, credentials, the state of the embedded tenant, a JSON schema, npm's files. Anything else is read, since a file that is silently left out would mean faces
 * that nobody asks for.
 */
function isOthers(source: SourceFile): boolean {
  const { file, text } = source;
  if (!file.endsWith('.json')) return false;
  if (/(?:^|[\\/])(?:package|package-lock|tsconfig)\.json$/.test(file)) return true;
  return (
    isSavedPlan(source) ||
    /^\{\s*"(?:format_version|create|applicationId|sharedSecret|hostname|clockOffset|\$schema)":/.test(text)
  );
}

function savedPlan(name: string): Diagnostic {
  const detail = "Carry it out with 'apply --plan', or name the files it was made from.";
  return fileError('SAVED_PLAN', name, 'is a saved plan', detail);
}

function fileError(code: DiagnosticCode, file: string, what: string, detail: string): Diagnostic {
  const start = { line: 1, column: 1, byte: 0 };
  return { severity: 'error', code, summary: `${file} ${what}`, detail, range: { filename: file, start, end: start } };
}
