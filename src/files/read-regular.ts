import { closeSync, constants, fstatSync, openSync, readSync, type BigIntStats } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';

/** Why a path was not read. */
export type Unfit = 'not a regular file' | 'too large';

/**
 * Reads a regular file, or what a link leads to where that is one. A pipe is opened without waiting for somebody who
 * writes, and a device is never read: neither may have an end.
 *
 * @param most bytes; a file that grows while it is read counts as well.
 * @throws as `open` and `read` of node:fs do, such as ENOENT.
 */
export async function readRegular(path: string, most: number): Promise<Uint8Array | Unfit> {
  const file = await readIdentified(path, most);
  return typeof file === 'string' ? file : file.bytes;
}

/** What was read, and the identity of the file it came from, whatever becomes of its path. */
export interface IdentifiedFile {
  readonly bytes: Uint8Array;
  /** As `identityOf` gives it. */
  readonly identity: string;
}

/** `readRegular` for callers that must know which file it was. */
export async function readIdentified(path: string, most: number): Promise<IdentifiedFile | Unfit> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const about = await handle.stat({ bigint: true });
    if (!about.isFile()) return 'not a regular file';
    if (about.size > most) return 'too large';
    const bytes = await readToEnd(handle, Number(about.size), most);
    return typeof bytes === 'string' ? bytes : { bytes, identity: identify(about) };
  } finally {
    await handle.close();
  }
}

/**
 * Tells files apart that are at a path at different times.
 *
 * @throws as `stat` of node:fs does, such as ENOENT.
 */
export async function identityOf(path: string): Promise<string> {
  return identify(await stat(path, { bigint: true }));
}

/** As big integers: Windows has numbers of files that others would round to the same. */
function identify({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}

/**
 * Reads whatever is at a path, to its end: of a pipe, such as `<(vault …)` of a shell, what another program writes.
 *
 * @param most bytes.
 * @throws as `open` and `read` of node:fs do, such as ENOENT.
 */
export async function readAny(path: string, most: number): Promise<Uint8Array | 'too large'> {
  const handle = await open(path, constants.O_RDONLY);
  try {
    return await readToEnd(handle, 0, most);
  } finally {
    await handle.close();
  }
}

/** `readRegular` for callers that cannot wait. */
export function readRegularSync(path: string, most: number): Uint8Array | Unfit {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const about = fstatSync(file);
    if (!about.isFile()) return 'not a regular file';
    return about.size > most ? 'too large' : readToEndSync(file, about.size, most);
  } finally {
    closeSync(file);
  }
}

/** The size is a first guess: some file systems say 0 of files that hold something. */
async function readToEnd(handle: FileHandle, size: number, most: number): Promise<Uint8Array | 'too large'> {
  let buffer = Buffer.alloc(size + 1);
  for (let length = 0; ;) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, null);
    length += bytesRead;
    if (bytesRead === 0) return buffer.subarray(0, length);
    if (length > most) return 'too large';
    if (length === buffer.length) buffer = larger(buffer, most);
  }
}

function readToEndSync(file: number, size: number, most: number): Uint8Array | Unfit {
  let buffer = Buffer.alloc(size + 1);
  for (let length = 0; ;) {
    const bytesRead = readSync(file, buffer, length, buffer.length - length, null);
    length += bytesRead;
    if (bytesRead === 0) return buffer.subarray(0, length);
    if (length > most) return 'too large';
    if (length === buffer.length) buffer = larger(buffer, most);
  }
}

function larger(full: Buffer, most: number): Buffer<ArrayBuffer> {
  return Buffer.concat([full], Math.min(2 * full.length, most) + 1);
}
