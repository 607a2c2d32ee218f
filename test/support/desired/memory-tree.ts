import { join, relative } from 'node:path';
import type { FileTree, TreeEntry } from '../../../src/desired/index.ts';
import type { Files } from './load-files.ts';

/** Files that are nowhere on the disk, as if they were below `root`. */
export function memoryTree(files: Files, root: string): FileTree {
  const paths = Object.keys(files).map((name) => join(root, name));
  const isBelow = (path: string, directory: string): boolean => !relative(directory, path).startsWith('..');
  const nothing = (): never => {
    throw Object.assign(new Error('nothing there'), { code: 'ENOENT' });
  };
  return {
    nowhere: 'no files',
    isTop: (directory) => Promise.resolve(directory === root),
    kindOf: (path) =>
      Promise.resolve().then(() => {
        if (paths.includes(path)) return 'other';
        return path === root || paths.some((each) => isBelow(each, path)) ? 'directory' : nothing();
      }),
    list: (directory) => {
      const below = paths
        .filter((path) => isBelow(path, directory))
        .map((path) => relative(directory, path).split('/'));
      const names = new Map(below.map(([name = '', ...rest]) => [name, rest.length > 0]));
      const entries = [...names].map(([name, isFolder]): TreeEntry => {
        return { name, isDirectory: () => isFolder, isSymbolicLink: () => false };
      });
      return Promise.resolve(entries);
    },
    read: (path) =>
      Promise.resolve().then(() => {
        const content = files[relative(root, path)];
        return content === undefined ? nothing() : Buffer.from(content);
      }),
  };
}
