import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lawRuns, lawTimeout } from '../../property-runs.ts';
import { chosen, file, heads } from '../../support/desired/environment-files.ts';
import { directoryOf, loadBytes, loadFiles, type Files } from '../../support/desired/load-files.ts';
import { memoryTree } from '../../support/desired/memory-tree.ts';

const texts = [
  'version: 1\nenrollments:\n  - { user: amy, flow: mobile }\n',
  'version: 1\nenrollments:\n  - { user: bob, flow: mobile }\n  - { user: bob, flow: web, applicantId: x }\n',
  'version: 1\ndefaults: { lifetime: 90d }\nenrollments:\n  - { user: cyd, flow: mobile }\n',
  'version: 1\nenrollments: []\nunmatched: disable\n',
  'version: 1\nowner: emea\ndefaults: { enabled: false }\nenrollments: []\n',
  'version: 1\nenrollments: 7\n',
  'other: file\n',
] as const;

const filesArb: fc.Arbitrary<Files> = fc.dictionary(
  fc.constantFrom('a.yaml', 'b.yaml', 'teams/c.yaml', 'teams/faceform.yaml', 'teams/below/d.yaml'),
  fc.constantFrom(...texts),
);

describe('the files of another tree', { timeout: lawTimeout }, () => {
  it('ask for what they would ask for on the disk, whatever is there now', async () => {
    const seen = { state: 0, errors: 0 };
    await fc.assert(
      fc.asyncProperty(filesArb, filesArb, async (now, before) => {
        const workingDirectory = await directoryOf({ ...now, 'always.yaml': 'version: 1\nenrollments: []\n' });
        const loaded = await loadBytes('', { paths: ['.'], workingDirectory });
        if (loaded.state === undefined) return;
        const earlier = { ...before, 'always.yaml': 'version: 1\nenrollments: []\n' };
        const { state } = await loaded.loadFrom(memoryTree(earlier, workingDirectory));
        const expected = await loadFiles(earlier);
        expect(state).toEqual(expected.state);
        seen[state === undefined ? 'errors' : 'state'] += 1;
      }),
      { numRuns: Math.min(lawRuns, 200) },
    );
    expect(Math.min(seen.state, seen.errors)).toBeGreaterThan(0);
  });

  it('are none where a path, a pattern or the whole tree has none', async () => {
    const workingDirectory = await directoryOf({ 'a.yaml': texts[0], 'teams/b.yaml': texts[1] });
    const loaded = await loadBytes('', { paths: ['a.yaml', 'teams', 't*/*.yaml'], workingDirectory });
    const { state, diagnostics } = await loaded.loadFrom(memoryTree({}, workingDirectory));
    expect(diagnostics).toEqual([]);
    expect(state?.enrollments).toEqual([]);
    const some = await loaded.loadFrom(memoryTree({ 'a.yaml': texts[0] }, workingDirectory));
    expect(some.state?.enrollments).toEqual(loaded.state?.enrollments.filter(({ user }) => user.key === 'amy'));
  });

  it('are read for the environment of the run, and have errors where they do not know it', async () => {
    const entries = file('user: amy, flow: web, applicantId: { staging: s, prod: p }, in: [prod]');
    const workingDirectory = await directoryOf({ 'a.yaml': entries });
    const loaded = await loadBytes('', { paths: ['.'], workingDirectory, ...chosen('prod') });
    const same = await loaded.loadFrom(memoryTree({ 'a.yaml': entries }, workingDirectory));
    expect(same.state?.enrollments[0]).toBe(loaded.state?.enrollments[0]);
    const without = heads.replace(/ {2}prod:.*\n/, '');
    const { state } = await loaded.loadFrom(
      memoryTree({ 'a.yaml': `version: 1\n${without}enrollments: []\n` }, workingDirectory),
    );
    expect(state).toBeUndefined();
  });

  it('have the mistakes of the files where these have any', async () => {
    const loaded = await loadFiles({ 'a.yaml': texts[5] });
    const { state, diagnostics } = await loaded.loadFrom(memoryTree({}, '/'));
    expect([state, diagnostics]).toEqual([undefined, loaded.diagnostics]);
    expect(await loaded.checkTokens(new Set(), { bounds: 'enrollment file', missing: 'error' })).toEqual([]);
  });
});
