import { describe, expect, it } from 'vitest';
import { usualBudgets } from '../../../src/model/enrollment.ts';
import { breachedUses } from '../../../src/model/summary.ts';
import type { LiveUser } from '../../../src/model/live.ts';
import { files, group, live, of, owner } from '../../support/engine/owned.ts';
import { absent, found, mobile, mobileFace, plan, present, range } from '../../support/engine/world.ts';

const writes = ({ changes }: ReturnType<typeof plan>): readonly string[] =>
  changes.map(({ action, key }) => `${action} ${key}`);
const errors = ({ diagnostics }: ReturnType<typeof plan>) => diagnostics.filter(({ severity }) => severity === 'error');

const amy = found('amy', [mobileFace('f1')]);
const ben = found('ben', [mobileFace('f2')]);
const two = [owner('a', { scope: group(2) }), owner('b', { scope: group(3) })];

describe('a user of two owners', () => {
  it('is an error that names both places where both list them, under any name, and nothing is planned', () => {
    const entries = [of('a', absent('amy')), of('b', { ...present('amelia', mobile()), range: range(8) })];
    const made = plan(files([owner('a'), owner('b')], entries), live({ amy, amelia: amy }));
    expect(errors(made)).toMatchObject([{ code: 'TWO_OWNERS', range: { start: { line: 8 } } }]);
    expect(errors(made)[0]?.detail).toContain('users.yaml:9:5');
    expect(writes(made)).toEqual([]);
  });

  it('is an error at the scopes where both bring them in, told once however many there are', () => {
    const made = plan(files(two, []), live({}, { a: [amy, ben], b: [ben, amy] }));
    expect(errors(made)).toMatchObject([{ code: 'TWO_OWNERS', range: { start: { line: 3 } } }]);
    expect(errors(made)[0]?.summary).toBe('user "amy" and 1 more in two scopes');
    expect(errors(made)[0]?.detail).toContain('users.yaml:2:5');
    expect(writes(made)).toEqual([]);
  });

  it('belongs to the one whose file lists them', () => {
    const made = plan(files(two, [of('a', present('amy', mobile()))]), live({ amy }, { a: [amy], b: [amy, ben] }));
    expect(errors(made)).toEqual([]);
    expect(made.changes.map(({ action, key, owner: of }) => `${String(of)} ${action} ${key}`)).toEqual([
      'a no-op amy/mobile',
      'b delete ben/1-f2',
    ]);
  });

  it('is left alone by the run for one owner, as by the run for all', () => {
    const desired = files(two, [of('a', present('amy', mobile()))]);
    const state = live(
      { amy: { presence: 'elsewhere', user: { uuid: 'uuid-amy', login: 'amy' } } },
      { a: [], b: [amy] },
    );
    expect(writes(plan(desired, state, { owner: 'b' }))).toEqual([]);
  });

  it('may be anybody while a name of another owner is not resolved', () => {
    const unknown: LiveUser = { presence: 'unknown', reason: { code: 'timeout', message: 'late' } };
    const desired = files(two, [of('a', present('who', mobile()))]);
    expect(writes(plan(desired, live({ who: unknown }, { a: [], b: [amy] }), { owner: 'b' }))).toEqual([]);
  });
});

describe('budgets of owners', () => {
  const leaving = [of('a', absent('amy')), of('b', absent('ben'))];
  const none = { ...usualBudgets, delete: { unit: 'count', value: 0 } } as const;

  it('refuse by the owner whose budget is exceeded, whatever the others have left', () => {
    const made = plan(files([owner('a'), owner('b', { budgets: none })], leaving), live({ amy, ben }));
    expect(breachedUses(made)).toMatchObject([
      {
        budget: 'delete',
        used: 1,
        allowed: 0,
        owner: { name: 'b', place: { file: 'users.yaml', line: 1 } },
        acknowledge: 2,
      },
    ]);
    expect(made.budgets.find(({ budget }) => budget === 'delete')).toMatchObject({ used: 2, allowed: 5, limit: '5' });
  });

  it('are kept in total as well, where a file without an owner states that', () => {
    const run = { totals: 'stated', budgets: { ...usualBudgets, delete: { unit: 'count', value: 1 } } } as const;
    const made = plan(files([owner('a'), owner('b')], leaving, run), live({ amy, ben }));
    expect(breachedUses(made)).toMatchObject([{ used: 2, allowed: 1, acknowledge: 2 }]);
    expect(breachedUses(made)[0]?.owner).toBeUndefined();
  });

  it('do not limit in total what one of them does not limit', () => {
    const limited = { ...usualBudgets, update: { unit: 'count', value: 3 } } as const;
    const made = plan(files([owner('a'), owner('b', { budgets: limited })], leaving), live({ amy, ben }));
    expect(made.budgets.map(({ budget }) => budget)).not.toContain('update');
    expect(made.owners?.[1]?.budgets.map(({ budget }) => budget)).toContain('update');
  });
});

describe('files without an owner beside those of owners', () => {
  it('are a part of their own', () => {
    const made = plan(files([owner('a')], [of('a', absent('amy')), absent('ben')]), live({ amy, ben }));
    expect(made.changes.map((change) => change.owner)).toEqual(['a', undefined]);
    expect(made.owners?.map(({ name }) => name)).toEqual(['a']);
  });

  it('have their keys for --replace, and unknown ones are told once', () => {
    const desired = files([owner('a')], [of('a', present('amy', mobile())), present('ben', mobile())]);
    const made = plan(desired, live({ amy, ben }), { renew: new Set(['amy/mobile', 'nobody/mobile']) });
    expect(writes(made)).toEqual(['replace amy/mobile', 'no-op ben/mobile']);
    expect(errors(made).map(({ code }) => code)).toEqual(['UNKNOWN_NAME']);
  });

  it('make a plan incomplete where the scope of any owner could not be read', () => {
    const failure = { code: 'timeout', message: 'late' } as const;
    const state = { ...live({}), byOwner: new Map([['a', { users: [], failure }]]) };
    expect(plan(files(two, []), state, { owner: 'b' }).complete).toBe(false);
  });
});
