import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

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
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const about = await handle.stat();
    if (!about.isFile()) return 'not a regular file';
    return about.size > most ? 'too large' : await readToEnd(handle, about.size, most);
  } finally {
    await handle.close();
  }
}

/** The same for who cannot wait; a file that grows while it is read is read as large as it was. */
export function readRegularSync(path: string, most: number): Uint8Array | Unfit {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const about = fstatSync(file);
    if (!about.isFile()) return 'not a regular file';
    return about.size > most ? 'too large' : readFileSync(file);
  } finally {
    closeSync(file);
  }
}

/** The size is a first guess: some file systems say 0 of files that hold something. */
async function readToEnd(handle: FileHandle, size: number, most: number): Promise<Uint8Array | Unfit> {
  let buffer = Buffer.alloc(size + 1);
  for (let length = 0; ;) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, null);
    length += bytesRead;
    if (bytesRead === 0) return buffer.subarray(0, length);
    if (length > most) return 'too large';
    if (length === buffer.length) buffer = Buffer.concat([buffer], Math.min(2 * length, most) + 1);
  }
}
