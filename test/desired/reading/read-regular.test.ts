import { execFileSync } from 'node:child_process';
import { symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRegular, readRegularSync } from '../../../src/files/read-regular.ts';
import { complaints, directoryOf, loadBytes } from '../../support/desired/load-files.ts';

const readers = [readRegular, readRegularSync];

describe('a path that may be anything', () => {
  it('gives the bytes of a regular file, up to the most', async () => {
    const directory = await directoryOf({ 'a.txt': 'twelve bytes', 'empty.txt': '' });
    for (const read of readers) {
      expect(String(Buffer.from(await read(join(directory, 'a.txt'), 12)))).toBe('twelve bytes');
      expect(String(Buffer.from(await read(join(directory, 'empty.txt'), 0)))).toBe('');
      expect(await read(join(directory, 'a.txt'), 11)).toBe('too large');
    }
  });

  // The system says of these that they hold nothing.
  it('gives all of a file whose size is not known, or says that it is too large', async () => {
    for (const read of readers) {
      expect(Buffer.from(await read('/proc/self/status', 1_000_000)).toString()).toContain('\nPid:');
      expect(await read('/proc/self/status', 10)).toBe('too large');
    }
  });

  it('does not read a file that is said to be larger', async () => {
    const directory = await directoryOf({ 'large.yaml': '' });
    await truncate(join(directory, 'large.yaml'), 2 ** 40);
    expect(complaints(await loadBytes('', { paths: ['.'], workingDirectory: directory }))).toEqual([
      'FILE_TOO_LARGE large.yaml:1:1',
    ]);
  });
});

describe('a link', () => {
  const loadLink = async (target: (directory: string) => Promise<string>) => {
    const directory = await directoryOf({ 'sub/readme.md': '' });
    await symlink(await target(directory), join(directory, 'x.yaml'));
    return loadBytes('', { paths: ['.'], workingDirectory: directory });
  };
  const pipe = (directory: string) => {
    execFileSync('mkfifo', [join(directory, 'pipe')]);
    return Promise.resolve('pipe');
  };

  it.each([
    ['a pipe that nobody writes to', pipe],
    ['a device without an end', () => Promise.resolve('/dev/zero')],
    ['a directory', () => Promise.resolve('sub')],
  ])('is refused where it leads to %s', async (_, target) => {
    const loaded = await loadLink(target);
    expect(complaints(loaded)).toEqual(['UNREADABLE_FILE x.yaml:1:1']);
    expect(loaded.diagnostics[0]?.summary).toBe('x.yaml is not a regular file');
  });

  it('is read where it leads to a file', async () => {
    const loaded = await loadLink(async (directory) => {
      await writeFile(join(directory, '.hidden'), 'version: 1\n');
      return '.hidden';
    });
    expect(complaints(loaded)).toEqual([]);
  });
});

it('a pipe that bears the name of a file is not skipped', async () => {
  const directory = await directoryOf({ 'a.yaml': 'version: 1\n' });
  execFileSync('mkfifo', [join(directory, 'x.yaml')]);
  expect(complaints(await loadBytes('', { paths: ['.'], workingDirectory: directory }))).toEqual([
    'UNREADABLE_FILE x.yaml:1:1',
  ]);
});
