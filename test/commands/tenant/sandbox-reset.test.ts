import { mkdirSync, symlinkSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openWorkspace, type Workspace } from '../../support/commands/workspace.ts';

const state = '.faceform/sandbox.json';
const files = { 'users.yaml': 'version: 1\nenrollments:\n  - { user: amy, flow: mobile }\n' };

async function begun(): Promise<Workspace> {
  const workspace = await openWorkspace({ files, secretFiles: /\.json/ });
  await workspace.run(['apply', '--sandbox', '--auto-approve', 'users.yaml']);
  return workspace;
}

const isThere = async ({ directory }: Workspace, file: string): Promise<boolean> =>
  access(join(directory, file)).then(
    () => true,
    () => false,
  );

describe('sandbox reset', () => {
  it('deletes the state, says what it held, and does nothing the second time', async () => {
    const workspace = await begun();
    const { run } = workspace;
    expect(await run(['sandbox', 'reset'])).toMatchObject({
      code: 0,
      stderr: '',
      stdout: `Deleted ${state} (1 user, 1 face). The next run with --sandbox starts a new tenant.\n`,
    });
    expect(await isThere(workspace, state)).toBe(false);
    const again = await run(['sandbox', 'reset']);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining(`${state} does not exist`) });
    expect((await run(['plan', '--sandbox', 'users.yaml'])).stdout).toContain('1 to create');
  });

  it.each([[['reset', 'kept.json']], [['reset', '--state', 'kept.json']], [['--state', 'kept.json', 'reset']]])(
    'deletes the state that is named, and no other: %j',
    async (words) => {
      const workspace = await begun();
      await workspace.run(['plan', '--sandbox=kept.json', 'users.yaml']);
      expect((await workspace.run(['sandbox', ...words])).code).toBe(0);
      expect([await isThere(workspace, 'kept.json'), await isThere(workspace, state)]).toEqual([false, true]);
    },
  );

  it('takes one state', async () => {
    const workspace = await begun();
    expect((await workspace.run(['sandbox', 'reset', state, '--state', state])).code).toBe(1);
    expect(await isThere(workspace, state)).toBe(true);
  });

  it.each([
    ['{', 'is not the state of an embedded tenant'],
    ['{"format_version":"1.2"}', 'is not the state of an embedded tenant'],
    ['{"applicationId":"a","sharedSecret":"b"}', 'was not written by the embedded tenant'],
    ['{"users":[{"login":"amy"}]}', 'was not written by the embedded tenant'],
    ['version: 1\n', 'is not the state of an embedded tenant'],
  ])('leaves a file that reads %s', async (text, problem) => {
    const workspace = await openWorkspace({ files: { 'other.json': text }, secretFiles: /other/ });
    const ran = await workspace.run(['sandbox', 'reset', 'other.json']);
    expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(`other.json ${problem}`) });
    expect(await workspace.read('other.json')).toBe(text);
  });

  it('follows no link, of the file or of its directory, and deletes no directory', async () => {
    const workspace = await begun();
    const { run, directory } = workspace;
    symlinkSync(join(directory, state), join(directory, 'link.json'));
    symlinkSync(join(directory, '.faceform'), join(directory, 'way'));
    mkdirSync(join(directory, 'folder'));
    for (const [file, problem] of [
      ['link.json', 'is a symbolic link'],
      ['way/sandbox.json', 'is in a directory that is a symbolic link'],
      ['folder', 'is not a regular file'],
    ] as const) {
      const ran = await run(['sandbox', 'reset', file]);
      expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining(`${file} ${problem}`) });
    }
    expect(await isThere(workspace, state)).toBe(true);
  });
});

describe('sandbox activate', () => {
  it('activates what waits for the user, so that status has them enrolled', async () => {
    const { run } = await begun();
    const ran = await run(['sandbox', 'activate', 'AMY']);
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Activated for amy: face \S+\.\n$/) });
    expect((await run(['status', '--sandbox', 'users.yaml'])).stdout).toContain('1 enrolled');
    expect((await run(['plan', '--sandbox', '--detailed-exitcode', 'users.yaml'])).code).toBe(0);
  });

  it('fails where no face of the user waits, and says which there are', async () => {
    const { run } = await begun();
    await run(['sandbox', 'activate', 'amy']);
    const again = await run(['sandbox', 'activate', 'amy']);
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(again.stderr).toContain('"amy" has no face that waits to be activated');
    expect(again.stderr).toContain("The user's faces are ACTIVE.");
    await run(['apply', '--sandbox', '--auto-approve', '-'], {
      standardInput: 'version: 1\nenrollments: [{ user: amy, state: absent }]\n',
    });
    expect((await run(['sandbox', 'activate', 'amy'])).stderr).toContain('The user has no face.');
  });

  it.each(['activate amy', 'reset'])('and reset refuse flags that say how to serve: %s', async (words) => {
    const workspace = await begun();
    for (const flags of [
      ['--port', '8080'],
      ['--users', '3'],
      ['--format', 'json'],
    ]) {
      const ran = await workspace.run(['sandbox', ...flags, ...words.split(' ')]);
      expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining(`${String(flags[0])} has no effect`) });
    }
    expect(await isThere(workspace, state)).toBe(true);
  });

  it('tells of a user or a state that is not there, and begins none', async () => {
    const workspace = await begun();
    expect((await workspace.run(['sandbox', 'activate', 'eve'])).stderr).toContain(`${state} has no user "eve"`);
    const ran = await workspace.run(['sandbox', 'activate', 'amy', 'none.json']);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('there is no sandbox in none.json') });
    expect(await isThere(workspace, 'none.json')).toBe(false);
  });
});
