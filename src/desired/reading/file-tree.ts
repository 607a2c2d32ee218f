import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readRegular, type Unfit } from '../../files/read-regular.ts';

/** What is directly in a directory. */
export type TreeEntry = Pick<Dirent, 'name' | 'isDirectory' | 'isSymbolicLink'>;

/** Where files are looked up: the disk, or what it held at another time. Paths are absolute. */
export interface FileTree {
  /** Links are followed. @throws with the code ENOENT where nothing is there. */
  kindOf(path: string): Promise<'directory' | 'other'>;
  /** @throws as `kindOf` does, and where the path cannot be listed. */
  list(directory: string): Promise<readonly TreeEntry[]>;
  /** Links are followed. @throws as `kindOf` does, and where the file cannot be read. */
  read(path: string, most: number): Promise<Uint8Array | Unfit>;
  /** Whether a directory is the top of a repository. */
  isTop(directory: string): Promise<boolean>;
  /** What a path means that leads nowhere: a mistake of whoever names it, or that there are no files. */
  readonly nowhere: 'mistake' | 'no files';
}

export const disk: FileTree = {
  kindOf: async (path) => ((await stat(path)).isDirectory() ? 'directory' : 'other'),
  list: (directory) => readdir(directory, { withFileTypes: true }),
  read: readRegular,
  isTop: (directory) =>
    stat(join(directory, '.git')).then(
      () => true,
      () => false,
    ),
  nowhere: 'mistake',
};
