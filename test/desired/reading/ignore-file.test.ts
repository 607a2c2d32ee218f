import { execFile } from 'node:child_process';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { codes, complaints, directoryOf, loadBytes, loadFiles, stateOf } from '../../support/desired/load-files.ts';

const run = promisify(execFile);
const entry = (user: string): string => `version: 1\nenrollments: [{ user: ${user}, flow: mobile }]\n`;
const read = async (files: Parameters<typeof loadFiles>[0]): Promise<readonly string[]> =>
  stateOf(await loadFiles(files)).inputs.map(({ file }) => file);

const tree = {
  'a.yaml': entry('a'),
  'b.yaml': 'kind: X\n',
  'deep/c.yaml': 'broken: [',
  'deep/keep.yaml': entry('keep'),
  'deep/er/d.yaml': entry('d'),
};

describe('.faceformignore', () => {
  it('leaves files out as Git does, and they are counted and listed', async () => {
    const loaded = await loadFiles({ ...tree, '.faceformignore': '# ours\n/b.yaml\ndeep/*\n!deep/keep.yaml\n' });
    expect(stateOf(loaded)).toMatchObject({
      inputs: [{ file: 'a.yaml' }, { file: 'deep/keep.yaml' }],
      filesSkipped: 3,
    });
    expect(codes(loaded)).toEqual(['FILES_IGNORED']);
    expect(loaded.skipped).toContainEqual({ file: 'deep/er/d.yaml', what: 'ignored by .faceformignore' });
  });

  it('below the directory wins over that above, but names nothing again in an ignored folder', async () => {
    const files = { ...tree, 'deep/.faceformignore': '!*.yaml\nc.yaml\n', 'deep/er/.faceformignore': '!d.yaml\n' };
    expect(await read({ ...files, '.faceformignore': 'b.yaml\n*.yaml\n!a.yaml\n' })).toEqual([
      'a.yaml',
      'deep/er/d.yaml',
      'deep/keep.yaml',
    ]);
    expect(await read({ ...files, '.faceformignore': 'b.yaml\ndeep/\n' })).toEqual(['a.yaml']);
  });

  it('does not hide a file that is named itself, nor tells capitals apart less than Git', async () => {
    const files = { ...tree, '.faceformignore': 'A.yaml\nb.yaml\ndeep\n' };
    expect(await read(files)).toEqual(['a.yaml']);
    const named = await loadFiles(files, { paths: ['.', 'deep/keep.yaml'] });
    expect(stateOf(named).inputs).toHaveLength(2);
  });

  it.each([
    ['group', '{ users: group, group: Staff, onRemove: delete }'],
    ['tenant', '{ users: tenant, onRemove: delete }'],
    ['files alone', '{ users: listed }'],
  ])('is told in a warning with a scope of the %s', async (_, scope) => {
    const loaded = await loadFiles({
      ...tree,
      'a.yaml': `version: 1\nscope: ${scope}\nenrollments: []\n`,
      '.faceformignore': 'b.yaml\ndeep\n',
    });
    expect(stateOf(loaded).filesSkipped).toBe(4);
    expect(loaded.diagnostics).toEqual([
      expect.objectContaining({
        severity: 'warning',
        code: 'FILES_IGNORED',
        summary: '4 files ignored by .faceformignore',
        detail: expect.stringContaining('b.yaml, deep/c.yaml, deep/er/d.yaml, deep/keep.yaml.'),
      }),
    ]);
  });

  it.each([
    ['asterisks', 'x\n*a*a*a*a*b\n', '.faceformignore:2:1'],
    ['double asterisks', '**/a/**/b/**/c\n', '.faceformignore:1:1'],
    ['length', 'x\n'.repeat(40_000), '64 KiB'],
    ['bytes', Buffer.from([0xff, 0xfe]), 'UTF-8'],
  ])('is an error that names the line: %s', async (_, text, says) => {
    const loaded = await loadFiles({
      ...tree,
      'b.yaml': entry('b'),
      'deep/c.yaml': entry('c'),
      '.faceformignore': text,
    });
    expect(codes(loaded)).toEqual(['BAD_IGNORE_FILE']);
    expect(complaints(loaded).join('\n') + JSON.stringify(loaded.diagnostics)).toContain(says.replace(/:\d+:1$/, ''));
    const [found] = loaded.diagnostics;
    expect(`${found?.range?.filename ?? ''}:${found?.range?.start.line ?? 0}:1 ${found?.summary ?? ''}`).toContain(
      says,
    );
  });

  it('is an error where it is a link or a pipe, and is not waited for', async () => {
    const linked = await directoryOf({ 'a.yaml': entry('a') });
    await writeFile(join(linked, 'rules'), 'a.yaml\n');
    await symlink('rules', join(linked, '.faceformignore'));
    expect(codes(await loadBytes('', { paths: ['.'], workingDirectory: linked }))).toEqual(['BAD_IGNORE_FILE']);
    const piped = await directoryOf({ 'a.yaml': entry('a') });
    await run('mkfifo', [join(piped, '.faceformignore')]);
    expect(codes(await loadBytes('', { paths: ['.'], workingDirectory: piped }))).toEqual(['BAD_IGNORE_FILE']);
  });

  it('is compared soon with hostile names', async () => {
    const patterns = Array.from({ length: 300 }, (_, at) => `**/*a*a*b${at}/**/*a*a*c`).join('\n');
    const long = 'a'.repeat(200);
    const files = Object.fromEntries([1, 2, 3].map((at) => [`${long}/${long}/${long}${at}.yaml`, entry(`u${at}`)]));
    const before = performance.now();
    expect(await read({ ...files, '.faceformignore': patterns })).toHaveLength(3);
    expect(performance.now() - before).toBeLessThan(5000);
  });
});
