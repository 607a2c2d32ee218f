import type { DiagnosticCode } from '../../model/diagnostic-codes.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Unfit } from '../../files/read-regular.ts';
import { sha256Of, SourceFile } from '../source/source-file.ts';
import { disk, type FileTree } from './file-tree.ts';

/** Enough for two million entries; JavaScript's longest text is twice as long. */
export const largestFileBytes = 256 * 1024 * 1024;

export interface ReadRequest {
  /** Files, directories, and `-` for standard input. */
  readonly paths: readonly string[];
  readonly workingDirectory: string;
  /** The disk where it is missing. */
  readonly tree?: FileTree | undefined;
  /** Enrollment files that were read before, by their names. Where one has the same text here, it is that one. */
  readonly knownSources?: ReadonlyMap<string, SourceFile> | undefined;
  /** Gives all of it, or more than `most` bytes where there are more. */
  readonly readStandardInput: (most: number) => Promise<Uint8Array>;
}

/** A file by its name in messages and the way there; standard input has no way. */
export interface FileToRead {
  readonly name: string;
  readonly absolute: string | undefined;
}

/** Reads a file, or says why that cannot be done. */
export async function readFile(
  { name, absolute }: FileToRead,
  { readStandardInput, tree = disk, knownSources }: ReadRequest,
): Promise<SourceFile | Diagnostic> {
  let bytes: Uint8Array | Unfit;
  try {
    const whole = absolute === undefined ? readStandardInput(largestFileBytes) : tree.read(absolute, largestFileBytes);
    bytes = await whole;
  } catch {
    return fileError('UNREADABLE_FILE', name, 'cannot be read', 'Check the path and its permissions.');
  }
  if (bytes === 'not a regular file') return fileError('UNREADABLE_FILE', name, 'is not a regular file', pipeHint);
  if (bytes === 'too large' || bytes.length > largestFileBytes) {
    return fileError('FILE_TOO_LARGE', name, 'is larger than 256 MiB', 'Split it into several files.');
  }
  const known = knownSources?.get(name);
  if (known?.sha256 === sha256Of(bytes)) return known;
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

export function fileError(code: DiagnosticCode, file: string, what: string, detail: string): Diagnostic {
  const start = { line: 1, column: 1, byte: 0 };
  return { severity: 'error', code, summary: `${file} ${what}`, detail, range: { filename: file, start, end: start } };
}
