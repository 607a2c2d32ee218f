import { describe, expect, it } from 'vitest';
import { judge } from '../../../src/engine/plan/guard.ts';
import type { Limit } from '../../../src/model/enrollment.ts';
import {
  absent,
  desire,
  face,
  found,
  inScopeOf,
  liveOf,
  mobile,
  mobileFace,
  plan,
  planOne,
  present,
  token,
  web,
  protecting,
} from '../../support/engine/world.ts';

const count = (value: number): Limit => ({ unit: 'count', value });
const share = (value: number): Limit => ({ unit: 'share', value });
const budgets = (limit: Limit) => ({ delete: limit, disable: limit, shorten: limit, email: limit });

describe('a budget', () => {
  const faces = (n: number) => [...Array(n).keys()].map((id) => mobileFace(`${id}`));
  it.each([
    [0, 0],
    [1, 0],
    [2, 0],
    [9, 0],
    [10, 1],
    [11, 1],
    [100, 10],
  ])('of 10% of %i faces allows %i', (population, allowed) => {
    expect(planOne(absent('amy'), faces(population), { budgets: budgets(share(0.1)) }).budgets[0]).toEqual({
      budget: 'delete',
      used: population,
      allowed,
      limit: '10%',
    });
  });
  it('is overspent from one above the limit, and acknowledged by the exact number alone', () => {
    const made = planOne(absent('amy'), faces(13), { budgets: budgets(count(12)) });
    expect(judge(made, {}).overspent).toMatchObject([{ budget: 'delete', used: 13, allowed: 12, limit: '12' }]);
    expect(judge(made, { delete: 12 }).overspent).toHaveLength(1);
    expect(judge(made, { delete: 14 }).overspent).toHaveLength(1);
    expect(judge(made, { disable: 13 }).overspent).toHaveLength(1);
    expect(judge(made, { delete: 13 }).overspent).toEqual([]);
    expect(judge(planOne(absent('amy'), faces(12), { budgets: budgets(count(12)) }), {}).overspent).toEqual([]);
  });
  it('for deletes is spent by replaces, and that for e-mails by mobile creates alone', () => {
    const entries = [
      present('amy', mobile()),
      present('amy', web()),
      present('amy', token()),
      present('bob', mobile()),
    ];
    const made = plan(
      desire(entries, { budgets: budgets(count(0)) }),
      liveOf({ amy: found('amy', []), bob: found('bob', [mobileFace('b')]) }),
      { renew: new Set(['bob/mobile']) },
    );
    expect(made.summary).toMatchObject({ create: 3, replace: 1, delete: 0, emails: 2 });
    expect(judge(made, {}).overspent.map(({ budget, used }) => `${budget} ${used}`)).toEqual(['delete 1', 'email 2']);
  });
});

describe('a protected user', () => {
  const changes = (protect: readonly string[], made = 'amy') =>
    plan(
      desire([absent(made)], { protect: protecting(...protect), unmatched: 'disable' }),
      liveOf({ amy: found('Amy', [face('a')]), alias: found('Amy', [face('a')]), ghost: { presence: 'absent' } }),
    ).protected;
  it.each([['amy'], ['alias'], ['uuid:uuid-amy']])('is known as %s', (name) => {
    expect(changes([name, 'ghost'])).toEqual([{ key: 'amy/1-a', action: 'delete' }]);
  });
  it('does not protect others', () => {
    expect(changes(['ghost', 'uuid:other'])).toEqual([]);
  });
  it('is protected from disabling, replacing and the scope, and may be created and updated', () => {
    const made = plan(
      desire([present('amy', mobile()), present('amy', web('new')), present('bob', token())], {
        protect: protecting('amy', 'bob', 'zoe'),
        unmatched: 'disable',
        scope: inScopeOf('tenant', 'delete'),
      }),
      liveOf(
        {
          amy: found('amy', [
            face('a', { mobile: false, applicantId: 'old' }),
            mobileFace('b', { status: 'DISABLED' }),
          ]),
          bob: found('bob', [mobileFace('c')]),
        },
        { discovered: [found('zoe', [mobileFace('z')])] },
      ),
    );
    expect(made.changes.map(({ action }) => action)).toEqual(['update', 'replace', 'disable', 'create', 'delete']);
    expect(judge(made, {}).protected.map(({ key, action }) => `${action} ${key}`)).toEqual([
      'replace amy/web',
      'disable bob/1-c',
      'delete zoe/1-z',
    ]);
  });
});

describe('the number of faces that a user may have', () => {
  it.each([
    [2, ['TOO_MANY_FACES']],
    [3, []],
  ])('is at least the number that he has, whatever the settings say: %i', (count, expected) => {
    const numbers = [1, 2, 3];
    const entries = numbers.map((n) => present('amy', mobile(), { label: `${n}` }));
    const faces = numbers.slice(0, count).map((n) => mobileFace(`${n}`));
    const made = plan(desire(entries), liveOf({ amy: found('amy', faces) }, { maxFacesPerUser: 2 }));
    expect(made.diagnostics.map(({ code }) => code)).toEqual(expected);
  });
});
