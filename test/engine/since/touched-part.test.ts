import { describe, expect, it } from 'vitest';
import { noLongerManaged } from '../../../src/engine/since/no-longer-managed.ts';
import { touchedPart, usersNamedIn } from '../../../src/engine/since/touched-part.ts';
import { userRef } from '../../../src/engine/plan/user-ref.ts';
import type { DesiredState, Enrollment } from '../../../src/model/enrollment.ts';
import type { TouchedState, TouchedUser } from '../../../src/model/shown/touched.ts';
import { files, group, of, owner } from '../../support/engine/owned.ts';
import { person, readSome } from '../../support/engine/people.ts';
import {
  absent,
  desire,
  inScopeOf,
  mobile,
  mobileFace,
  now,
  plan,
  present,
  protecting,
  web,
} from '../../support/engine/world.ts';

const amy = person('amy', [mobileFace('a')]);
const read = (users: Readonly<Record<string, TouchedUser>>): TouchedState => ({
  users: new Map(Object.entries(users)),
  maxFacesPerUser: 5,
});
const keysOf = (desired: DesiredState, touched: TouchedState): readonly string[] => {
  const part = touchedPart(desired, touched);
  return plan(part.desired, part.live).changes.map(({ action, key }) => `${action} ${key}`);
};

describe('the part of the files that speaks of some users', () => {
  it('has a name that two of them go by as nobody known, so that nothing is removed', () => {
    const other = { ...person('bob', []), user: { ...person('bob', []).user, aliases: ['both'] } };
    const both = { ...amy, user: { ...amy.user, aliases: ['both'], externalId: undefined } };
    const desired = desire([present('amy', web()), present('bob', mobile()), present('both', mobile())], {
      unmatched: 'delete',
    });
    const touched = readSome([userRef('amy'), userRef('bob')], [both, other]);
    expect(touchedPart(desired, touched).live.listed.get('both')).toMatchObject({
      presence: 'unknown',
      reason: { code: 'ambiguous', message: 'two users go by both' },
    });
    expect(keysOf(desired, touched)).toEqual(['create amy/web', 'create bob/mobile']);
  });

  it('leaves those of another shard, and those who could not be read, as they are', () => {
    const reason = { code: 'timeout', message: 'late' } as const;
    const { user } = amy;
    const desired = desire([present('amy', mobile()), present('bob', mobile()), present('cyd', mobile())], {
      scope: group(1),
      protect: protecting('amy', 'dan'),
    });
    const touched = read({
      amy: { presence: 'elsewhere', user },
      bob: { presence: 'unknown', reason, user: person('bob', []).user },
      cyd: { presence: 'unknown', reason },
      dan: { presence: 'absent' },
    });
    const part = touchedPart(desired, touched);
    expect(plan(part.desired, part.live)).toMatchObject({
      changes: [],
      complete: false,
      unknown: [{ key: 'bob' }, { key: 'cyd' }],
    });
    expect([...part.desired.protect.keys()]).toEqual(['amy', 'dan']);
  });

  it('counts the names of each owner, so that shares of budgets are of these', () => {
    const share = { delete: { unit: 'share', value: 0.5 } } as const;
    const budgets = { ...owner('a').budgets, ...share };
    const gone = [absent('amy'), absent('bob')].map((entry) => of('a', entry));
    const others = ['cyd', 'dan'].map((name) => of('a', present(name, mobile())));
    const desired = files(
      [owner('a', { budgets }), owner('b')],
      [...gone, ...others, of('b', present('eve', mobile()))],
    );
    const named = usersNamedIn(desired);
    expect(named).toEqual({
      total: 5,
      byPart: new Map([
        ['', 0],
        ['a', 4],
        ['b', 1],
      ]),
    });
    const touched = readSome([userRef('amy'), userRef('bob')], [amy, person('bob', [mobileFace('b')])]);
    const part = touchedPart(desired, touched);
    const made = plan(part.desired, part.live, { usersNamed: named });
    expect(made.owners?.[0]?.budgets[0]).toMatchObject({ used: 2, allowed: 2 });
    const stated = plan({ ...part.desired, totals: 'stated', budgets }, part.live, { usersNamed: named });
    expect(stated.budgets[0]).toMatchObject({ used: 2, allowed: 2 });
    const strange = plan(part.desired, part.live, { usersNamed: { total: 5, byPart: new Map() } });
    expect(strange.owners?.[0]?.budgets[0]).toMatchObject({ allowed: 0 });
  });
});

describe('a face whose entry is gone', () => {
  const told = (desired: DesiredState, removed: readonly Enrollment[], people = [amy]): readonly string[] => {
    const touched = readSome(
      removed.map(({ user }) => user),
      people,
    );
    const part = touchedPart(desired, touched);
    return noLongerManaged({ entries: removed, from: 'a1b2c3d' }, { part, touched, now }).map(({ summary }) => summary);
  };
  const stays = '"amy/mobile" is no longer in the files, and its face "1-a" (ACTIVE) stays';

  it('stays where no scope speaks of its user, once under all names, and is named', () => {
    expect(told(desire([]), [present('amy', mobile())])).toEqual([stays]);
    const byId = present('amy', mobile());
    const second = { ...byId, user: userRef('uuid:uuid-amy'), key: 'uuid:uuid-amy/mobile' };
    expect(told(desire([]), [byId, second])).toEqual([stays]);
    expect(told(files([owner('a')], []), [of('a', present('amy', mobile()))])).toEqual([stays]);
    expect(told(files([owner('b')], []), [of('a', present('amy', mobile()))])).toEqual([stays]);
  });

  it('is said nothing of where it is not there, is another entry’s, or goes by the rule of a scope or of leftovers', () => {
    const entry = present('amy', mobile());
    expect(told(desire([]), [entry], [])).toEqual([]);
    expect(told(desire([]), [entry], [person('amy', [])])).toEqual([]);
    expect(told(desire([]), [absent('amy')])).toEqual([]);
    expect(told(desire([{ ...entry, key: 'alias-amy/mobile', user: userRef('Alias-amy') }]), [entry])).toEqual([]);
    expect(told(desire([], { scope: group(1) }), [entry])).toEqual([]);
    expect(told(desire([], { scope: group(1) }), [entry], [{ ...amy, inScope: false }])).toEqual([stays]);
    expect(told(desire([], { scope: inScopeOf('tenant', 'delete') }), [entry])).toEqual([]);
    expect(told(desire([], { scope: inScopeOf('tenant', 'keep') }), [entry])).toEqual([stays]);
    const moved = desire([present('amy', web())], { unmatched: 'delete' });
    expect(told(moved, [entry])).toEqual([]);
    expect(told({ ...moved, unmatched: 'keep' }, [entry])).toEqual([stays]);
  });
});
