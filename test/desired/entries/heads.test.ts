import { describe, expect, it } from 'vitest';
import type { DesiredState } from '../../../src/model/enrollment.ts';
import { codes, complaints, loadFiles, loadText, stateOf } from '../../support/desired/load-files.ts';

describe('what may stand in one file only', () => {
  it.each(['tenant: { concurrency: 3 }', 'scope: { users: listed }', 'unmatched: keep', 'budgets: { delete: 5 }'])(
    'is refused in a second: %s',
    async (member) => {
      const loaded = await loadFiles({ 'a.yaml': `version: 1\n${member}\n`, 'b.yaml': `version: 1\n${member}\n` });
      expect(complaints(loaded)).toEqual(['HEAD_TWICE b.yaml:2:1']);
      expect(loaded.diagnostics[0]?.detail).toContain('a.yaml:2:1');
    },
  );

  it('holds for the entries of all files', async () => {
    const loaded = await loadFiles({
      'a.yaml': 'version: 1\n',
      'b.yaml': 'version: 1\nunmatched: delete\ntenant: { concurrency: 2 }\n',
    });
    expect(stateOf(loaded)).toMatchObject({ unmatched: 'delete', tenant: { concurrency: 2 } });
  });
});

const placesOf = ({ protect }: DesiredState): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...protect].map(([key, { filename, start }]) => [key, `${filename}:${start.line}:${start.column}`]),
  );

describe('protected users', () => {
  it('are collected from all files', async () => {
    const loaded = await loadFiles({
      'a.yaml': 'version: 1\nprotect: [A]\n',
      'b.yaml': 'version: 1\nprotect: [a, B, "uuid:X"]\n',
    });
    expect(placesOf(stateOf(loaded))).toEqual({ a: 'a.yaml:2:11', b: 'b.yaml:2:14', 'uuid:X': 'b.yaml:2:17' });
  });
});

describe('a budget', () => {
  it.each([
    ['0', { unit: 'count', value: 0 }],
    ['"0%"', { unit: 'share', value: 0 }],
    ['12.5%', { unit: 'share', value: 0.125 }],
    ['100%', { unit: 'share', value: 1 }],
  ])('is a count or a share: %s', async (written, limit) => {
    const { budgets } = stateOf(await loadText(`version: 1\nbudgets: { disable: ${written} }\n`));
    expect(budgets).toEqual({
      delete: { unit: 'count', value: 5 },
      disable: limit,
      shorten: { unit: 'count', value: 20 },
      email: { unit: 'count', value: 100 },
      update: undefined,
    });
  });
  it('of updates is set by a file alone', async () => {
    const { budgets } = stateOf(await loadText('version: 1\nbudgets: { shorten: 10%, update: 0 }\n'));
    expect(budgets).toMatchObject({ shorten: { unit: 'share', value: 0.1 }, update: { unit: 'count', value: 0 } });
  });
});

describe('the horizon of a shorten', () => {
  it.each([
    ['', 30 * 86_400],
    ['shortenHorizon: 90d', 90 * 86_400],
    ['shortenHorizon: 72h', 72 * 3600],
  ])('is that of the file, else 30 days: %s', async (line, seconds) => {
    expect(stateOf(await loadText(`version: 1\n${line}\n`)).shortenHorizonSeconds).toBe(seconds);
  });
  it('may stand in one file only, and is a duration', async () => {
    const horizon = (text: string): string => `version: 1\nshortenHorizon: ${text}\n`;
    const twice = await loadFiles({ 'a.yaml': horizon('30d'), 'b.yaml': horizon('30d') });
    expect(complaints(twice)).toEqual(['HEAD_TWICE b.yaml:2:1']);
    expect(codes(await loadText(horizon('30')))).toEqual(['WRONG_TYPE']);
    expect(codes(await loadText(horizon('0d')))).toEqual(['WRONG_VALUE']);
  });
});

describe('a scope', () => {
  it.each([
    ['{ users: group }', ['MISSING_MEMBER', 'MISSING_MEMBER']],
    ['{ users: group, group: g }', ['MISSING_MEMBER']],
    ['{ users: group, onRemove: keep }', ['MISSING_MEMBER']],
    ['{ users: tenant }', ['MISSING_MEMBER']],
    ['{ users: tenant, onRemove: keep, group: g }', ['MEMBER_OF_OTHER_SCOPE']],
    ['{ users: listed, onRemove: keep }', ['MEMBER_OF_OTHER_SCOPE']],
    ['{ users: listed, group: g, onRemove: keep }', ['MEMBER_OF_OTHER_SCOPE', 'MEMBER_OF_OTHER_SCOPE']],
  ])('has just the members it needs: %s', async (scope, expected) => {
    expect(codes(await loadText(`version: 1\nscope: ${scope}\n`))).toEqual(expected);
  });

  it('is told by the place of the member', async () => {
    expect(complaints(await loadText('version: 1\nscope: { users: tenant, onRemove: keep, group: g }\n'))).toEqual([
      'MEMBER_OF_OTHER_SCOPE a.yaml:2:41',
    ]);
  });

  it.each([
    ['{ users: listed }', { users: 'listed' }],
    ['{ users: tenant, onRemove: delete }', { users: 'tenant', onRemove: 'delete' }],
    ['{ users: group, group: g, onRemove: keep }', { users: 'group', group: 'g', onRemove: 'keep' }],
  ])('is kept: %s', async (scope, expected) => {
    expect(stateOf(await loadText(`version: 1\nscope: ${scope}\n`)).scope).toMatchObject(expected);
  });
});
