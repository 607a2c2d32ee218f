import { describe, expect, it } from 'vitest';
import { codes, complaints, loadFiles, presentOf, stateOf, type Files } from '../../support/desired/load-files.ts';

const entry = (user: string): string => `enrollments: [{ user: ${user} }]\n`;
const team = (name: string, more = ''): string => `version: 1\nowner: ${name}\n${more}`;
const scoped = 'scope: { users: group, group: G, onRemove: delete }\n';
const ownersIn = async (files: Files) =>
  presentOf(await loadFiles(files))
    .map(({ key, owner }) => `${key} ${String(owner)}`)
    .toSorted();

const mobile = 'defaults: { flow: mobile }\n';

describe('the owner of a file', () => {
  it('is named by the first of its files, in whatever order they are read', async () => {
    const files = { 'a.yaml': team('t', mobile + entry('a')), 'b.yaml': team('t', mobile + entry('b')) };
    const { owners } = stateOf(await loadFiles(files, { paths: ['b.yaml', 'a.yaml'] }));
    expect(owners?.map(({ name, range }) => [name, range.filename])).toEqual([['t', 'a.yaml']]);
  });

  it('is the one in its head, else that of the nearest faceform.yaml, else nobody', async () => {
    const files = {
      'run.yaml': `version: 1\n${mobile}${entry('run')}`,
      'emea/faceform.yaml': team('emea', mobile + entry('emea')),
      'emea/a.yaml': `version: 1\n${entry('a')}`,
      'emea/deep/down/b.yaml': `version: 1\n${entry('b')}`,
      'emea/own.yaml': team('own', mobile + entry('own')),
      'emea/uk/faceform.yaml': team('uk', mobile + entry('uk')),
      'emea/uk/c.yaml': `version: 1\n${entry('c')}`,
      'other/team.yaml': team('other', mobile + entry('other')),
      'other/d.yaml': `version: 1\n${mobile}${entry('d')}`,
    };
    expect(await ownersIn(files)).toEqual([
      'a/mobile emea',
      'b/mobile emea',
      'c/mobile uk',
      'd/mobile undefined',
      'emea/mobile emea',
      'other/mobile other',
      'own/mobile own',
      'run/mobile undefined',
      'uk/mobile uk',
    ]);
  });

  it('may be that of the whole tree', async () => {
    expect(await ownersIn({ 'faceform.yaml': team('all', mobile), 'x/y/a.yaml': `version: 1\n${entry('a')}` })).toEqual(
      ['a/mobile all'],
    );
  });

  it('does not come from a faceform.yaml without one', async () => {
    const loaded = await loadFiles({
      'x/faceform.yaml': `version: 1\n${mobile}${scoped}`,
      'x/a.yaml': `version: 1\n${mobile}${entry('a')}`,
    });
    expect(stateOf(loaded)).toMatchObject({ scope: { users: 'group' } });
    expect(stateOf(loaded).owners).toBeUndefined();
  });
});

describe('the defaults of an owner’s directory', () => {
  const directory = team(
    'a',
    'defaults: { flow: mobile, lifetime: 1d, activation: { qrCode: true }, annotations: { x: y } }\n',
  );
  const faceOf = async (own: string) =>
    presentOf(await loadFiles({ 'faceform.yaml': directory, 'u.yaml': `version: 1\n${own}${entry('u')}` }));

  it('hold for its files, beside their own', async () => {
    expect(await faceOf('defaults: { activation: { email: false }, annotations: { z: z } }\n')).toMatchObject([
      {
        annotations: { x: 'y', z: 'z' },
        face: { expiry: { rule: 'lifetime' }, activation: { email: false, qrCode: true } },
      },
    ]);
  });

  it('have their lifetime replaced by an expiry of the file', async () => {
    expect(await faceOf('defaults: { expiry: 2035-01-01T00:00:00Z }\n')).toMatchObject([
      { face: { expiry: { rule: 'at' } } },
    ]);
  });

  it('and an expiry by a lifetime of the file, or else it holds', async () => {
    const dated = directory.replace('lifetime: 1d', 'expiry: 2035-01-01T00:00:00Z');
    const load = async (own: string) =>
      presentOf(await loadFiles({ 'faceform.yaml': dated, 'u.yaml': `version: 1\n${own}${entry('u')}` }));
    expect(await load('defaults: { lifetime: 2d }\n')).toMatchObject([{ face: { expiry: { rule: 'lifetime' } } }]);
    expect(await load('')).toMatchObject([{ face: { expiry: { rule: 'at' } } }]);
  });

  it('are not known while they have errors', async () => {
    const files = { 'faceform.yaml': team('a', 'defaults: { flow: phone }\n'), 'u.yaml': `version: 1\n${entry('u')}` };
    expect(codes(await loadFiles(files))).toEqual(['WRONG_VALUE']);
  });
});

describe('the rules of owners', () => {
  it('are theirs alone, and what they do not say of leftovers is as in files without an owner', async () => {
    const state = stateOf(
      await loadFiles({
        'b.yaml': team('b', `unmatched: delete\nbudgets: { delete: 9 }\n${scoped}`),
        'a.yaml': team('a', 'missingUsers: ignore\n'),
        'run.yaml': 'version: 1\nunmatched: disable\nmissingUsers: wait\nbudgets: { delete: 1 }\n',
      }),
    );
    expect(state).toMatchObject({ unmatched: 'disable', budgets: { delete: { value: 1 } }, totals: 'stated' });
    expect(state.owners).toMatchObject([
      {
        name: 'a',
        scope: { users: 'listed' },
        unmatched: 'disable',
        missingUsers: 'ignore',
        budgets: { delete: { value: 5 } },
      },
      {
        name: 'b',
        scope: { users: 'group' },
        unmatched: 'delete',
        missingUsers: 'wait',
        budgets: { delete: { value: 9 } },
      },
    ]);
  });

  it('of one team alone hold for the run, whose totals are the sum', async () => {
    const state = stateOf(
      await loadFiles({ 'a.yaml': team('a', `budgets: { delete: 9 }\nunmatched: delete\n${scoped}`) }),
    );
    expect(state).toMatchObject({ budgets: { delete: { value: 9 } }, unmatched: 'delete', totals: 'summed' });
    expect(state.scope).toEqual({ users: 'listed' });
  });

  it('of one team are not those of the run where a file without an owner has rules, though no entries', async () => {
    const files = { 'a.yaml': team('a', 'unmatched: delete\n'), 'run.yaml': 'version: 1\nmissingUsers: wait\n' };
    expect(stateOf(await loadFiles(files))).toMatchObject({ unmatched: 'keep', missingUsers: 'wait' });
    const silent = { ...files, 'run.yaml': 'version: 1\nshortenHorizon: 1d\n' };
    expect(stateOf(await loadFiles(silent))).toMatchObject({ unmatched: 'delete', missingUsers: 'error' });
  });

  it('are in one of their files, and several files may name one owner', async () => {
    const files = {
      'a.yaml': team('a', 'unmatched: keep\n'),
      'b.yaml': team('a', 'unmatched: delete\n'),
      'c.yaml': team('b', 'unmatched: keep\n'),
    };
    expect(complaints(await loadFiles(files))).toEqual(['HEAD_TWICE b.yaml:3:1']);
    const state = stateOf(
      await loadFiles({ ...files, 'b.yaml': team('a', scoped) }, { paths: ['b.yaml', 'a.yaml', 'c.yaml'] }),
    );
    expect(state.owners).toMatchObject([
      { name: 'a', scope: { users: 'group' }, range: { filename: 'a.yaml' } },
      { name: 'b' },
    ]);
  });

  it('may not be raised by a file in their directory', async () => {
    const files = {
      'x/faceform.yaml': team('a'),
      'x/u.yaml': 'version: 1\nbudgets: { delete: 1000 }\nscope: { users: listed }\n',
    };
    const loaded = await loadFiles(files);
    expect(complaints(loaded)).toEqual(['TWO_OWNERS x/u.yaml:2:1', 'TWO_OWNERS x/u.yaml:3:1']);
    expect(loaded.diagnostics[0]?.detail).toContain('x/faceform.yaml:2:8');
  });
});

describe('one user in the files of two owners', () => {
  it('is an error that names both places and both owners', async () => {
    const loaded = await loadFiles({
      'a.yaml': team('a', mobile + entry('ann')),
      'b.yaml': `version: 1\nenrollments: [{ user: ANN, flow: web, applicantId: x }]\n`,
    });
    expect(complaints(loaded)).toEqual(['TWO_OWNERS b.yaml:2:15']);
    expect(loaded.diagnostics[0]?.summary).toContain("'a', none");
    expect(loaded.diagnostics[0]?.detail).toContain('a.yaml:4:15');
  });
});
