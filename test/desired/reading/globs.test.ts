import { describe, expect, it } from 'vitest';
import { codes, loadFiles, stateOf } from '../../support/desired/load-files.ts';

const entry = (user: string): string => `version: 1\nenrollments: [{ user: ${user}, flow: mobile }]\n`;
const tree = {
  'teams/a.yaml': entry('a'),
  'teams/x/b.yaml': entry('b'),
  'teams/x/c.yml': entry('c'),
  'other/d.yaml': entry('d'),
  '[odd].yaml': entry('odd'),
};
const files = async (...paths: readonly string[]): Promise<readonly string[]> =>
  stateOf(await loadFiles(tree, { paths })).inputs.map(({ file }) => file);

describe('a glob as an argument', () => {
  it.each([
    ['teams/**/*.yaml', ['teams/a.yaml', 'teams/x/b.yaml']],
    ['teams/*.yaml', ['teams/a.yaml']],
    ['*/?.yaml', ['other/d.yaml', 'teams/a.yaml']],
    ['teams/x/[bc].*', ['teams/x/b.yaml', 'teams/x/c.yml']],
    ['teams/*', ['teams/a.yaml', 'teams/x/b.yaml', 'teams/x/c.yml']],
    ['./other/*.yaml', ['other/d.yaml']],
    ['[odd].yaml', ['[odd].yaml']],
  ])('%s names the files that match', async (glob, expected) => {
    expect(await files(glob)).toEqual(expected);
  });

  it('takes part once with the same file named itself', async () => {
    expect(await files('teams/**/*.yaml', 'teams/a.yaml')).toEqual(['teams/a.yaml', 'teams/x/b.yaml']);
  });

  it.each(['teams/*.json', 'none/*.yaml', '*a*b*c*d*.yaml'])(
    '%s is an error where it cannot be followed',
    async (glob) => {
      expect(codes(await loadFiles(tree, { paths: [glob] }))).toHaveLength(1);
    },
  );

  it('leaves out what .faceformignore names', async () => {
    const loaded = await loadFiles({ ...tree, 'teams/.faceformignore': 'x/\n' }, { paths: ['teams/**/*.yaml'] });
    expect(stateOf(loaded)).toMatchObject({ inputs: [{ file: 'teams/a.yaml' }], filesSkipped: 1 });
  });
});
