import { execFile } from 'node:child_process';
import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join, win32 } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readToken } from '../../../src/desired/index.ts';
import { refuseTarget } from '../../../src/desired/tokens/token-place.ts';
import { refuseSource } from '../../../src/desired/tokens/token-source.ts';
import { complaints, directoryOf, loadBytes, loadText, type Files } from '../../support/desired/load-files.ts';

const run = promisify(execFile);
const entry = (token: string) =>
  `version: 1\nenrollments:\n  - { user: a, flow: token, customerUserId: c, token: ${token} }\n`;
const place = 'enroll/a.yaml:3:55';

/** A directory with `enroll/a.yaml`, whose one token is in that file. */
async function loadFile(
  file: string,
  files: Files = {},
  prepare: (directory: string) => Promise<unknown> = () => Promise.resolve(),
) {
  const token = `{ file: ${JSON.stringify(file)} }`;
  const workingDirectory = await directoryOf({ 'enroll/a.yaml': entry(token), ...files });
  await prepare(workingDirectory);
  const load = (secrets: 'check' | 'ignore') => loadBytes('', { paths: ['enroll'], workingDirectory, secrets });
  return { ignored: await load('ignore'), checked: await load('check') };
}

describe('a token file', () => {
  it.each([
    ['beside the file that names it', 't.b64'],
    ['in a directory below', 'deep/er/t.b64'],
    ['by a way that returns', '../enroll/deep/../t.b64'],
  ])('is read: %s', async (_, file) => {
    const { checked } = await loadFile(file, { 'enroll/t.b64': 'QUJD', 'enroll/deep/er/t.b64': 'QUJD' });
    expect(complaints(checked)).toEqual([]);
  });

  it.each([
    ['where it is the directory of the run', '.', 'a.yaml', 'Move it to that directory or a directory below.'],
    ['where it is another', 'enroll', 'enroll/a.yaml', 'Move it to enroll or a directory below.'],
  ])('outside the directory is told where to be, %s', async (_, path, name, says) => {
    const workingDirectory = await directoryOf({ [name]: entry('{ file: /etc/passwd }') });
    const { diagnostics } = await loadBytes('', { paths: [path], workingDirectory, secrets: 'ignore' });
    expect(diagnostics.map(({ detail }) => detail)).toEqual([expect.stringContaining(says)]);
  });

  it.each([
    ['a link to itself', (file: string) => symlink('t.b64', file), 'UNREADABLE_FILE'],
    ['nothing yet', () => Promise.resolve(), undefined],
    ['a file', (file: string) => writeFile(file, 'QUJD'), undefined],
    ['a link that leads out', (file: string) => symlink('/etc/passwd', file), 'TOKEN_FILE_OUTSIDE'],
  ])('of a saved plan is judged by what is there: %s', async (what, make, code) => {
    const workingDirectory = await directoryOf({ 'a.yaml': '' });
    await make(join(workingDirectory, 't.b64'));
    const request = { workingDirectory, tokenVariables: [], bounds: 'working directory' } as const;
    const refused = await refuseTarget({ from: 'file', path: 't.b64', namedBy: 'a.yaml' }, request);
    expect(refused?.code).toBe(code);
    const read = await readToken({ from: 'file', path: 't.b64', namedBy: 'a.yaml' }, { ...request, environment: {} });
    expect('code' in read ? read.code : 'read').toBe(what === 'a file' ? 'read' : (code ?? 'UNREADABLE_FILE'));
  });

  it('is read by an absolute path into the directory', async () => {
    const workingDirectory = await directoryOf({ 't.b64': 'QUJD' });
    await writeFile(join(workingDirectory, 'a.yaml'), entry(`{ file: "${workingDirectory}/t.b64" }`));
    expect(complaints(await loadBytes('', { paths: ['.'], workingDirectory, secrets: 'check' }))).toEqual([]);
  });

  it('is read through links within the directory, as Kubernetes mounts secrets', async () => {
    const { checked } = await loadFile('tokens/t.b64', { 'enroll/tokens/..1/t.b64': 'QUJD' }, async (directory) => {
      await symlink('..1', join(directory, 'enroll/tokens/..data'));
      await symlink('..data/t.b64', join(directory, 'enroll/tokens/t.b64'));
    });
    expect(complaints(checked)).toEqual([]);
  });

  it.each([
    ['above', '../secret.b64'],
    ['above, which does not exist', '../gone.b64'],
    ['above by a long way', 'deep/../../secret.b64'],
    ['of a directory whose name begins alike', '../enroll-2/t.b64'],
    ['of a directory whose name differs in case', '../Enroll/t.b64'],
    ['anywhere, by an absolute path', '/etc/passwd'],
    ['that is the directory itself', '.'],
    ['that is the directory above', '..'],
  ])('outside the directory is an error at its place, whether tokens are checked or not: %s', async (_, file) => {
    const files = { 'secret.b64': 'QUJD', 'enroll-2/t.b64': 'QUJD', 'Enroll/t.b64': 'QUJD' };
    const { ignored, checked } = await loadFile(file, files);
    expect(complaints(ignored)).toEqual([`TOKEN_FILE_OUTSIDE ${place}`]);
    expect(complaints(checked)).toEqual([`TOKEN_FILE_OUTSIDE ${place}`]);
  });

  it.each([
    ['a file that leads out', 't.b64', '../secret.b64', 't.b64'],
    ['a directory that leads out', 'out', '..', 'out/secret.b64'],
    ['a file that leads to a device', 't.b64', '/dev/zero', 't.b64'],
  ])('behind a link is where the link leads, once tokens are checked: %s', async (_, name, target, file) => {
    const { ignored, checked } = await loadFile(file, { 'secret.b64': 'QUJD' }, (directory) =>
      symlink(target, join(directory, 'enroll', name)),
    );
    expect(complaints(ignored)).toEqual([]);
    expect(complaints(checked)).toEqual([`TOKEN_FILE_OUTSIDE ${place}`]);
  });

  it('is outside where the file that names it is a link from elsewhere', async () => {
    const workingDirectory = await directoryOf({ 'store/a.yaml': entry('{ file: t.b64 }'), 'store/t.b64': 'QUJD' });
    await mkdir(join(workingDirectory, 'enroll'));
    await symlink('../store/t.b64', join(workingDirectory, 'enroll/t.b64'));
    await writeFile(join(workingDirectory, 'enroll/a.yaml'), entry('{ file: t.b64 }'));
    const loaded = await loadBytes('', { paths: ['enroll'], workingDirectory, secrets: 'check' });
    expect(complaints(loaded)).toEqual([`TOKEN_FILE_OUTSIDE ${place}`]);
  });

  it.each([
    ['on another host', '//attacker/share/t.b64', 'enroll/a.yaml'],
    ['on another host, with the file that names it', '//attacker/share/t.b64', '//attacker/share/a.yaml'],
    ['on another drive', 'D:/enroll/t.b64', 'enroll/a.yaml'],
    ['of the system', '//./C:/repo/enroll/t.b64', 'enroll/a.yaml'],
    ['on the same drive', '/secret/t.b64', 'enroll/a.yaml'],
  ])('is refused by its name alone on Windows: %s', (_, path, namedBy) => {
    const request = { workingDirectory: 'C:\\repo', tokenVariables: [], bounds: 'working directory' } as const;
    const refuse = (file: string) => refuseSource({ from: 'file', path: file, namedBy }, request, win32);
    expect(refuse(path)).toMatchObject({ code: 'TOKEN_FILE_OUTSIDE' });
    if (namedBy === 'enroll/a.yaml') expect(refuse('c:/Repo/enroll/t.b64')).toBeUndefined();
  });

  it.each([
    ['a pipe', (path: string) => run('mkfifo', [path]), 'TOKEN_FILE_UNUSABLE'],
    ['a directory', (path: string) => mkdir(path), 'TOKEN_FILE_UNUSABLE'],
    ['more than 1 MiB', (path: string) => writeFile(path, 'A'.repeat(1024 * 1024 + 1)), 'TOKEN_FILE_UNUSABLE'],
    ['a link that leads nowhere', (path: string) => symlink('gone', path), 'UNREADABLE_FILE'],
    ['a link to itself', (path: string) => symlink('t.b64', path), 'UNREADABLE_FILE'],
    ['a link to a name that is too long', (path: string) => symlink('x'.repeat(300), path), 'UNREADABLE_FILE'],
  ])('is not read where it is %s', async (_, make, code) => {
    const { ignored, checked } = await loadFile('t.b64', {}, (directory) => make(join(directory, 'enroll/t.b64')));
    expect(complaints(ignored)).toEqual([]);
    expect(complaints(checked)).toEqual([`${code} ${place}`]);
  });

  describe('is given to nobody where its link is changed while it is read', () => {
    const source = { from: 'file', path: 'tokens/t.b64', namedBy: 'a.yaml' } as const;
    const rest = { environment: {}, tokenVariables: [] };
    const prepare = () => directoryOf({ 'in/a.yaml': '', 'in/tokens/t.b64': 'QUJD', 'out/t.b64': 'c2VjcmV0' });
    const leadOut = (directory: string): void => {
      renameSync(join(directory, 'in/tokens'), join(directory, 'in/kept'));
      symlinkSync('../out', join(directory, 'in/tokens'));
    };

    // The request is asked for its directory before the file is read and after, and for its bounds right before it.
    it('and stays so', async () => {
      const directory = await prepare();
      let looks = 0;
      const request = {
        ...rest,
        get workingDirectory() {
          looks += 1;
          if (looks === 2) leadOut(directory);
          return join(directory, 'in');
        },
        bounds: 'enrollment file',
      } as const;
      expect(await readToken(source, request)).toMatchObject({ code: 'TOKEN_FILE_UNUSABLE' });
    });

    it('and back again', async () => {
      const directory = await prepare();
      let looks = { directory: 0, bounds: 0 };
      const request = {
        ...rest,
        get workingDirectory() {
          looks = { ...looks, directory: looks.directory + 1 };
          if (looks.directory === 2) {
            rmSync(join(directory, 'in/tokens'));
            renameSync(join(directory, 'in/kept'), join(directory, 'in/tokens'));
          }
          return join(directory, 'in');
        },
        get bounds() {
          looks = { ...looks, bounds: looks.bounds + 1 };
          if (looks.bounds === 2) leadOut(directory);
          return 'enrollment file' as const;
        },
      };
      expect(await readToken(source, request)).toMatchObject({ code: 'TOKEN_FILE_UNUSABLE' });
      expect(looks).toEqual({ directory: 2, bounds: 3 });
    });
  });

  it('of standard input is one below the working directory', async () => {
    const workingDirectory = await directoryOf({ 'x/t.b64': 'QUJD', 't.b64': 'QUJD' });
    const load = (file: string, directory: string) =>
      loadBytes(entry(`{ file: ${file} }`), { workingDirectory: join(workingDirectory, directory), secrets: 'check' });
    expect(complaints(await load('x/t.b64', '.'))).toEqual([]);
    const outside = await load('../t.b64', 'x');
    expect(complaints(outside)).toEqual(['TOKEN_FILE_OUTSIDE <stdin>:3:55']);
    expect(outside.diagnostics[0]).toMatchObject({
      summary: 'the token file ../t.b64 is outside the working directory',
      detail: expect.stringMatching(/^Move it to the working directory or /),
    });
  });
});

describe('a token variable', () => {
  const load = (name: string, tokenVariables: readonly string[] = []) =>
    loadText(entry(`{ env: ${name} }`), { tokenVariables });

  it.each([
    ['FACE_TOKEN_CAROL', []],
    ['CAROL_TOKEN', ['CAROL_TOKEN']],
    ['CAROL_TOKEN', ['X', '*_TOKEN']],
    ['ONFIDO_CAROL_B64', ['ONFIDO_*_B64']],
    ['ONFIDO__B64', ['ONFIDO_**_B64']],
  ])('is allowed: %s with %j', async (name, patterns) => {
    expect(complaints(await load(name, patterns))).toEqual([]);
  });

  it.each([
    ['AWS_SECRET_ACCESS_KEY', []],
    ['FACE_TOKEN', []],
    ['face_token_carol', []],
    ['MY_FACE_TOKEN_CAROL', []],
    ['carol_token', ['*_TOKEN']],
    ['CAROL_TOKEN_2', ['*_TOKEN']],
    ['MY_CAROL_TOKEN', ['CAROL_*']],
    ['FACEFORM_SHARED_SECRET', ['*']],
    ['faceform_Shared_Secret', ['*']],
  ])('is an error at its place, though tokens are not checked: %s with %j', async (name, patterns) => {
    expect(complaints(await load(name, patterns))).toEqual(['TOKEN_VARIABLE_NOT_ALLOWED a.yaml:3:55']);
  });

  it.each([
    ['CAROL_FACE_TOKEN', 'FACE_TOKEN_CAROL', 'FACEFORM_TOKEN_VARIABLES=CAROL_FACE_TOKEN'],
    ['FACE_TOKEN', 'FACE_TOKEN_NAME', 'FACEFORM_TOKEN_VARIABLES=FACE_TOKEN'],
    ['FACEFORM_SHARED_SECRET', 'FACE_TOKEN_…', 'belongs to faceform'],
    ['faceform_shared_secret', 'FACE_TOKEN_…', 'belongs to faceform'],
  ])('is mended in one step: %s', async (name, ...steps) => {
    const { diagnostics } = await load(name);
    for (const step of steps) expect(diagnostics[0]?.detail).toContain(step);
  });
});
