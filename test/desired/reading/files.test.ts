import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  codes,
  complaints,
  directoryOf,
  loadBytes,
  loadFiles,
  loadText,
  stateOf,
} from '../../support/desired/load-files.ts';

const entry = (user: string) => `version: 1\nenrollments: [{ user: ${user}, flow: mobile }]\n`;
const names = async (loading: ReturnType<typeof loadBytes>) => stateOf(await loading).inputs.map(({ file }) => file);
const users = async (loading: ReturnType<typeof loadBytes>) =>
  stateOf(await loading).enrollments.map(({ user }) => user.value);

describe('a directory', () => {
  const tree = {
    'b.yml': entry('b'),
    'a.yaml': entry('a'),
    'c.json': '{ "version": 1, "enrollments": [{ "user": "c", "flow": "mobile" }] }',
    'deep/er/d.yaml': entry('d'),
    'dir.yaml/e.yaml': entry('e'),
    'notes.txt': 'no',
    '.hidden/x.yaml': 'no',
    '.x.yaml': 'no',
    'node_modules/p/x.json': 'no',
    'deep/node_modules/x.yaml': 'no',
  };

  it('gives all its YAML and JSON files, sorted, but nothing hidden or installed', async () => {
    expect(await users(loadFiles(tree))).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('names its files as seen from the working directory', async () => {
    expect(await names(loadFiles(tree, { paths: ['deep'] }))).toEqual([join('deep', 'er', 'd.yaml')]);
  });

  it('names files elsewhere as the path was given', async () => {
    const elsewhere = await directoryOf({ 'x.yaml': entry('x') });
    expect(await names(loadFiles({}, { paths: [elsewhere] }))).toEqual([join(elsewhere, 'x.yaml')]);
  });

  it('without such a file is an error', async () => {
    expect(codes(await loadFiles({ 'notes.txt': '' }))).toEqual(['NO_FILES']);
  });

  it('gives files that are links', async () => {
    const workingDirectory = await directoryOf({ '.store/x': entry('a') });
    await symlink(join('.store', 'x'), join(workingDirectory, 'a.yaml'));
    expect(await users(loadBytes('', { paths: ['.'], workingDirectory }))).toEqual(['a']);
  });

  it('gives files whose ending is in capitals', async () => {
    expect(await users(loadFiles({ 'a.YAML': entry('a'), 'b.Json': '{ "version": 1 }' }))).toEqual(['a']);
  });

  it('does not hide a link that leads nowhere', async () => {
    const workingDirectory = await directoryOf({ 'a.yaml': entry('a') });
    await symlink('gone', join(workingDirectory, 'b.yaml'));
    expect(complaints(await loadBytes('', { paths: ['.'], workingDirectory }))).toEqual(['UNREADABLE_FILE b.yaml:1:1']);
  });
});

describe('several paths', () => {
  it('are read in their order', async () => {
    expect(
      await users(loadFiles({ 'a.yaml': entry('a'), 'b.yaml': entry('b') }, { paths: ['b.yaml', 'a.yaml'] })),
    ).toEqual(['b', 'a']);
  });

  it('that lead to one file read it once', async () => {
    const elsewhere = await directoryOf({ 'x.yaml': entry('x') });
    const paths = ['a.yaml', './a.yaml', '.', join(elsewhere, 'x.yaml'), `${elsewhere}/./x.yaml`, elsewhere];
    expect(await users(loadFiles({ 'a.yaml': entry('a') }, { paths }))).toEqual(['a', 'x']);
  });

  it('that lead nowhere are told, beside what is wrong elsewhere', async () => {
    const loaded = await loadFiles({ 'a.yaml': 'version: 2\n', 'b.yaml': '[' }, { paths: ['gone', '.'] });
    expect(codes(loaded)).toEqual(['UNREADABLE_FILE', 'WRONG_VALUE', 'YAML_SYNTAX']);
    expect(loaded).not.toHaveProperty('state');
  });

  it('with errors in one file leave the errors of the others', async () => {
    const clash = 'version: 1\nenrollments: [{ user: a, flow: mobile }, { user: a, flow: mobile }]\n';
    const loaded = await loadFiles({
      'a.yaml': 'version: [',
      'b.yaml': clash,
      'c.yaml': '',
      'd.yaml': 'version: 1\nx: 1\n',
    });
    expect(codes(loaded)).toEqual(['DUPLICATE_ENROLLMENT', 'EMPTY_FILE', 'UNKNOWN_MEMBER', 'YAML_SYNTAX']);
    expect(loaded.files).toBe(4);
  });
});

describe('standard input', () => {
  it('is read for a dash, once', async () => {
    let reads = 0;
    const readStandardInput = () => {
      reads += 1;
      return Promise.resolve(Buffer.from(entry('a')));
    };
    const loaded = await loadBytes('', { paths: ['-', '-'], readStandardInput });
    expect({ reads, files: stateOf(loaded).inputs.map(({ file }) => file) }).toEqual({ reads: 1, files: ['<stdin>'] });
  });

  it('is another thing than a file of its name', async () => {
    const readStandardInput = () => Promise.resolve(Buffer.from(entry('a')));
    expect(await users(loadFiles({ '<stdin>': entry('b') }, { paths: ['-', '<stdin>'], readStandardInput }))).toEqual([
      'a',
      'b',
    ]);
  });

  it('that fails is told', async () => {
    const loaded = await loadBytes('', { readStandardInput: () => Promise.reject(new Error('closed')) });
    expect(complaints(loaded)).toEqual(['UNREADABLE_FILE <stdin>:1:1']);
  });

  it('is refused above 256 MiB', async () => {
    const readStandardInput = () => Promise.resolve(new Uint8Array(256 * 1024 * 1024 + 1));
    expect(codes(await loadBytes('', { readStandardInput }))).toEqual(['FILE_TOO_LARGE']);
  });
});

describe('text that is not UTF-8', () => {
  it.each([
    ['a lone byte', Buffer.from([0x61, 0xff])],
    ['Latin-1', Buffer.from('user: é', 'latin1')],
    ['UTF-16 with a byte order mark', Buffer.from('\ufeffversion: 1', 'utf16le')],
    ['UTF-16 without one', Buffer.from('version: 1', 'utf16le')],
  ])('is refused: %s', async (_, bytes) => {
    expect(complaints(await loadText(bytes))).toEqual(['NOT_UTF8 a.yaml:1:1']);
  });
});
