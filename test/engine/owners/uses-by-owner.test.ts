import { describe, expect, it } from 'vitest';
import { ownerTeller, usesByOwner, type OwnedFiles } from '../../../src/engine/owners/uses-by-owner.ts';
import { usualBudgets, type Budgets, type Enrollment, type Owner } from '../../../src/model/enrollment.ts';
import { mobile, present, range } from '../../support/engine/world.ts';

const entry = (user: string, owner?: string): Enrollment => ({ ...present(user, mobile()), owner });
const user = (login: string, keys: readonly string[] = []) => ({ login, uuid: `U-${login}`, keys });

it('tells the owner of a user by login, UUID or the key of an enrollment', () => {
  const byUuid: Enrollment = { ...entry('x', 'b'), user: { by: 'uuid', value: 'U-bob', key: 'uuid:U-bob' } };
  const enrollments = [entry('amy', 'a'), byUuid, entry('cyd@mail', 'c'), entry('dan')];
  const ownerOf = ownerTeller({ enrollments });
  const [, , alias] = enrollments;
  expect([
    ownerOf(user('Amy')),
    ownerOf(user('bob')),
    ownerOf(user('cyd', ['cyd/other', alias?.key ?? ''])),
    ownerOf(user('dan')),
    ownerOf(user('eve')),
    // By whatever name the operator gave.
    ownerOf({ ...user('eve'), askedAs: 'cyd@mail' }),
  ]).toEqual(['a', 'b', 'c', undefined, undefined, 'c']);
});

describe('what is asked of the budgets', () => {
  const limit = (value: number): Budgets => ({ ...usualBudgets, email: { unit: 'count', value } });
  const owner = (name: string, value: number): Owner => ({
    name,
    range: range(1),
    scope: { users: 'listed' },
    unmatched: 'keep',
    missingUsers: 'error',
    budgets: limit(value),
  });
  const owners = [owner('a', 1), owner('b', 2), owner('idle', 9)];
  const all = ['a', 'a', 'b', undefined].map((name) => ({ owner: name }));
  const usesOf = (part: readonly unknown[], { email }: Budgets) => [
    { budget: 'email' as const, used: part.length, allowed: email.value, limit: String(email.value) },
  ];
  const uses = (files: Omit<OwnedFiles, 'enrollments'>, part = all) => {
    const { budgets, owners: of } = usesByOwner(part, files, usesOf);
    const short = (each: typeof budgets) => each.map(({ used, allowed }) => `${used} of ${allowed}`).join();
    return [short(budgets), ...(of ?? []).map((one) => `${one.name} ${short(one.budgets)}`)];
  };

  it('is what all ask, where the files have no owner', () => {
    expect(uses({ budgets: limit(7) })).toEqual(['4 of 7']);
  });

  it("is what each owner's part asks, and in total what the run's budget or the sum of those concerned allows", () => {
    expect(uses({ budgets: limit(7), owners, totals: 'stated' })).toEqual(['4 of 7', 'a 2 of 1', 'b 1 of 2']);
    expect(uses({ budgets: limit(7), owners, totals: 'summed' })).toEqual(['4 of 10', 'a 2 of 1', 'b 1 of 2']);
    expect(uses({ budgets: limit(7), owners, totals: 'summed' }, all.slice(0, 2))).toEqual(['2 of 1', 'a 2 of 1']);
    expect(uses({ budgets: limit(7), owners, totals: 'summed' }, [])).toEqual(['0 of 7']);
  });
});
