import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Loaded } from '../../../src/desired/index.ts';
import { directoryOf, loadBytes, presentOf, type Files } from '../../support/desired/load-files.ts';
import { memoryTree } from '../../support/desired/memory-tree.ts';

const rules =
  'protect: [boss]\nbudgets: { delete: 1 }\nunmatched: delete\nscope: { users: group, group: G, onRemove: delete }\n';
const head = (owner: string, more = rules): string =>
  `version: 1\nowner: ${owner}\n${more}defaults: { flow: mobile, lifetime: 9d }\nenrollments: [{ user: of-the-head }]\n`;
const users = 'version: 1\nenrollments: [{ user: amy }, { user: boss }]\n';
const files: Files = { 'emea/faceform.yaml': head('emea'), 'emea/users.yaml': users, 'emea/uk/users.yaml': users };

async function load(tree: Files, paths: readonly string[], below = '.'): Promise<Loaded> {
  const directory = await directoryOf(tree);
  return loadBytes('', { paths, workingDirectory: join(directory, below) });
}

const toldIn = ({ diagnostics }: Loaded): readonly string[] =>
  diagnostics.map(({ code, range }) => `${code} ${String(range?.filename)}:${String(range?.start.line)}`);
const usersIn = (loaded: Loaded): readonly string[] =>
  presentOf(loaded).map(({ user, owner }) => `${user.key} ${String(owner)}`);

describe('a faceform.yaml with an owner above a file that is named alone', () => {
  it.each([
    ['the file', ['emea/users.yaml'], '.', 'emea/faceform.yaml'],
    ['a file further down', ['emea/uk/users.yaml'], '.', 'emea/faceform.yaml'],
    ['a directory below', ['emea/uk'], '.', 'emea/faceform.yaml'],
    ['a pattern', ['emea/u*.yaml'], '.', 'emea/faceform.yaml'],
    ['the file from its directory', ['users.yaml'], 'emea', 'faceform.yaml'],
  ])('protects, keeps its budgets and has its defaults hold, where %s is named', async (_, paths, below, name) => {
    const loaded = await load(files, paths, below);
    expect(toldIn(loaded)).toEqual([`HEAD_ABOVE ${name}:2`]);
    expect(usersIn(loaded)).toEqual(['amy emea', 'boss emea']);
    expect(presentOf(loaded)[0]?.face).toMatchObject({ flow: 'mobile', expiry: { rule: 'lifetime' } });
    expect([...(loaded.state?.protect.keys() ?? [])]).toEqual(['boss']);
    expect(loaded.state?.owners).toMatchObject([{ name: 'emea', budgets: { delete: { value: 1 } } }]);
    expect(loaded.state?.inputs.map(({ file }) => file)).toContain(name);
  });

  it('takes nothing away for lack of an entry that may be in a file that is not named', async () => {
    const { state } = await load(files, ['emea/users.yaml']);
    expect(state?.owners).toMatchObject([{ scope: { users: 'listed' }, unmatched: 'keep' }]);
    const { 'emea/uk/users.yaml': _, ...distinct } = files;
    const whole = await load(distinct, ['.']);
    expect(whole.state?.owners).toMatchObject([{ scope: { users: 'group' }, unmatched: 'delete' }]);
    expect(toldIn(whole)).toEqual([]);
  });

  it('holds with all it says where it is named as well, and without a warning', async () => {
    const loaded = await load(files, ['emea/users.yaml', 'emea/faceform.yaml']);
    expect(toldIn(loaded)).toEqual([]);
    expect(loaded.state?.owners).toMatchObject([{ scope: { users: 'group' } }]);
    expect(usersIn(loaded)).toContain('of-the-head emea');
  });

  it('holds for standard input in the working directory', async () => {
    const directory = await directoryOf({ 'faceform.yaml': head('emea') });
    const request = { workingDirectory: directory, readStandardInput: () => Promise.resolve(Buffer.from(users)) };
    const loaded = await loadBytes('', { ...request, paths: ['-'] });
    expect(toldIn(loaded)).toEqual(['HEAD_ABOVE faceform.yaml:2']);
    expect(usersIn(loaded)).toEqual(['amy emea', 'boss emea']);
    const own = {
      ...request,
      readStandardInput: () => Promise.resolve(Buffer.from(`owner: self\ndefaults: { flow: mobile }\n${users}`)),
    };
    expect(usersIn(await loadBytes('', { ...own, paths: ['-'] }))).toEqual(['amy self', 'boss self']);
  });

  it('gives way to a nearer one, and to the owner in the head of the file itself', async () => {
    const nearer = { ...files, 'emea/uk/faceform.yaml': head('uk') };
    const loaded = await load(nearer, ['emea/uk/users.yaml']);
    expect(usersIn(loaded)).toEqual(['amy uk', 'boss uk']);
    expect(toldIn(loaded).toSorted()).toEqual([
      'HEAD_ABOVE emea/uk/faceform.yaml:2',
      'HEAD_NOT_READ emea/faceform.yaml:3',
    ]);
    const own = await load({ ...files, 'emea/own.yaml': 'version: 1\nowner: own\nenrollments: []\n' }, [
      'emea/own.yaml',
    ]);
    expect([toldIn(own), own.state?.owners?.map(({ name }) => name)]).toEqual([
      ['HEAD_NOT_READ emea/faceform.yaml:3'],
      ['own'],
    ]);
  });

  it('counts up to the top of the repository, whatever the working directory is', async () => {
    const tree = {
      'faceform.yaml': head('all'),
      'repo/.git/HEAD': '',
      'repo/a/b/users.yaml': users.replaceAll('r: ', 'r: x'),
    };
    const inside = await load({ ...tree, 'repo/faceform.yaml': head('repo') }, ['users.yaml'], 'repo/a/b');
    expect(toldIn(inside)).toEqual(['HEAD_ABOVE ../../faceform.yaml:2']);
    expect(usersIn(inside)).toEqual(['xamy repo', 'xboss repo']);
    const none = await load(tree, ['users.yaml'], 'repo/a/b');
    expect(none.state).toBeUndefined();
    expect(toldIn(none)).not.toContain('HEAD_ABOVE ../../../faceform.yaml:2');
    // Without a repository, that of the directory alone.
    const outside = await load({ ...files, 'work/x': '' }, ['../emea/users.yaml'], 'work');
    expect(toldIn(outside)).toEqual(['HEAD_ABOVE ../emea/faceform.yaml:2']);
    expect(usersIn(outside)).toEqual(['amy emea', 'boss emea']);
  });

  it('stays left out where an ignore file of a directory that is named leaves it out', async () => {
    const tree = {
      ...files,
      'emea/.faceformignore': '/faceform.yaml\n',
      'emea/users.yaml': users.replaceAll(' }', ', flow: web, applicantId: a }'),
    };
    for (const paths of [['emea'], ['emea/use*.yaml']]) {
      expect(toldIn(await load(tree, paths)).filter((each) => each.startsWith('HEAD'))).toEqual([]);
    }
  });

  it('is an error where it cannot be read or is wrong', async () => {
    const broken = await load({ ...files, 'emea/faceform.yaml': 'owner: [' }, ['emea/users.yaml']);
    expect([broken.state, toldIn(broken)[0]]).toEqual([undefined, 'YAML_SYNTAX emea/faceform.yaml:1']);
    const directory = await directoryOf({ 'emea/users.yaml': users });
    await symlink('faceform.yaml', join(directory, 'emea/faceform.yaml'));
    const loop = await loadBytes('', { paths: ['emea/users.yaml'], workingDirectory: directory });
    expect(toldIn(loop)[0]).toBe('UNREADABLE_FILE emea/faceform.yaml:1');
    const folder = await directoryOf({ 'emea/users.yaml': users });
    await mkdir(join(folder, 'emea/faceform.yaml'));
    const other = await loadBytes('', { paths: ['emea/users.yaml'], workingDirectory: folder });
    expect(toldIn(other).filter((each) => each.includes('faceform.yaml'))).toEqual([]);
  });

  it('is read of another tree by the same rules', async () => {
    const directory = await directoryOf(files);
    const loaded = await loadBytes('', { paths: ['emea/users.yaml'], workingDirectory: directory });
    const same = await loaded.loadFrom(memoryTree(files, directory));
    expect(same.state).toEqual(loaded.state);
    const other = { ...files, 'emea/faceform.yaml': head('other') };
    expect((await loaded.loadFrom(memoryTree(other, directory))).state?.owners).toMatchObject([{ name: 'other' }]);
  });
});

describe('a faceform.yaml without an owner above a file that is named alone', () => {
  const named = 'version: 1\nenrollments: [{ user: amy, flow: mobile }]\n';
  it.each([
    ['protect: [boss]\n', ['HEAD_NOT_READ faceform.yaml:2']],
    ['budgets: { delete: 1 }\n', ['HEAD_NOT_READ faceform.yaml:2']],
    ['unmatched: delete\n', []],
  ])('holds in nothing, as before, and %j is told', async (rule, told) => {
    const loaded = await load({ 'faceform.yaml': `version: 1\n${rule}`, 'a/users.yaml': named }, ['a/users.yaml']);
    expect(toldIn(loaded)).toEqual(told);
    expect([loaded.state?.protect.size, loaded.state?.unmatched]).toEqual([0, 'keep']);
  });
});
