import { describe, expect, it } from 'vitest';
import { usersToRead } from '../../../src/engine/plan/plan.ts';
import { faceOf, writingChanges } from '../../../src/model/plan.ts';
import type { LiveUser } from '../../../src/model/live.ts';
import {
  absent,
  desire,
  found,
  inScopeOf,
  liveOf,
  mobile,
  mobileFace,
  now,
  plan,
  planOne,
  present,
  web,
  webFace,
  protecting,
} from '../../support/engine/world.ts';

const keys = (made: ReturnType<typeof plan>): readonly string[] =>
  made.changes.map((change) => `${change.action} ${change.key}`);
const codes = (made: ReturnType<typeof plan>): readonly string[] =>
  made.diagnostics.map((diagnostic) => `${diagnostic.severity} ${diagnostic.code}`);
const unread: LiveUser = { presence: 'unknown', reason: { code: 'throttled', message: 'GET faces: 429' } };

describe('faces that no entry speaks of', () => {
  const faces = [mobileFace('a'), mobileFace('b', { status: 'EXPIRED' }), mobileFace('c')];
  it('are kept unless the file says otherwise', () => {
    const made = planOne(present('amy', mobile()), faces);
    expect(keys(made)).toEqual(['no-op amy/1-c', 'no-op amy/mobile']);
    expect(made.kept.map(({ key }) => key)).toEqual(['amy/1-b']);
    expect(made.summary.unmatched).toBe(2);
  });
  it('are disabled where they can be', () => {
    const made = planOne(present('amy', mobile()), faces, { unmatched: 'disable' });
    expect(keys(made)).toEqual(['disable amy/1-c', 'no-op amy/mobile']);
    expect(made.kept.map(({ key }) => key)).toEqual(['amy/1-b']);
  });
  it('are deleted on demand, whatever their status', () => {
    const made = planOne(present('amy', mobile()), faces, { unmatched: 'delete' });
    expect(keys(made)).toEqual(['delete amy/1-b', 'delete amy/1-c', 'no-op amy/mobile']);
    expect(made.changes.map(({ reason }) => reason)).toContain('delete_because_unmatched');
  });
  it('without a serial number are named by their id', () => {
    const { serialNumber: _, ...bare } = mobileFace('a');
    expect(keys(planOne(absent('amy'), [bare]))).toEqual(['delete amy/a']);
  });
});

it('a user in the place of an enrollment to replace is told which he has', () => {
  const desired = desire([present('amy', mobile()), present('amy', web('x')), present('bob', mobile())]);
  const live = liveOf({ amy: found('amy', []), bob: found('bob', []) });
  const advice = (name: string) =>
    plan(desired, live, { renew: new Set([name]) }).diagnostics.map(({ detail }) => detail);
  expect(advice('Amy')).toEqual(['This user has: amy/mobile, amy/web.']);
  expect(advice('eve')).toEqual(['Give it as the plan shows it.']);
});

it('a name under protect that nobody has is an error where the file names it', () => {
  const made = plan(desire([], { protect: protecting('ghost') }), liveOf({ ghost: { presence: 'absent' } }));
  expect(made.diagnostics).toMatchObject([{ code: 'USER_NOT_FOUND', range: { start: { line: 2 } } }]);
});

describe('the scope', () => {
  const discovered = [found('amy', [mobileFace('a')]), found('Zoe', [mobileFace('z'), webFace('y')])];
  const live = liveOf({ amy: found('amy', [mobileFace('a')]) }, { discovered });
  it.each([
    ['keep', ['no-op amy/mobile'], 2],
    ['disable', ['no-op amy/mobile', 'disable zoe/1-y', 'disable zoe/1-z'], 0],
    ['delete', ['no-op amy/mobile', 'delete zoe/1-y', 'delete zoe/1-z'], 0],
  ] as const)('with onRemove %s says what becomes of a user without entries', (onRemove, expected, kept) => {
    for (const users of ['group', 'tenant'] as const) {
      const made = plan(desire([present('amy', mobile())], { scope: inScopeOf(users, onRemove) }), live);
      expect(keys(made)).toEqual(expected);
      expect(made.kept).toHaveLength(kept);
    }
  });
  it('listed touches nobody else', () => {
    expect(keys(plan(desire([present('amy', mobile())]), live))).toEqual(['no-op amy/mobile']);
  });
  it('takes nothing from anybody while entries are left out', () => {
    const desired = desire([present('amy', mobile())], { scope: inScopeOf('tenant', 'delete') });
    expect(keys(plan(desired, live, { entries: 'some' }))).toEqual(['no-op amy/mobile']);
  });
  it('is the limit for entries', () => {
    const made = plan(
      desire([present('amy', mobile())], { scope: inScopeOf('group', 'delete') }),
      liveOf({ amy: found('amy', [], false) }),
    );
    expect(codes(made)).toEqual(['error USER_OUTSIDE_SCOPE']);
    expect(keys(made)).toEqual([]);
  });
  it('removes nobody while a listed user is unresolved: he may be any of them', () => {
    const made = plan(
      desire([present('amy', mobile()), present('z@alias', mobile())], { scope: inScopeOf('tenant', 'delete') }),
      liveOf({ amy: found('amy', [mobileFace('a')]), 'z@alias': unread }, { discovered }),
    );
    expect(keys(made)).toEqual(['no-op amy/mobile']);
    expect(made).toMatchObject({ complete: false, summary: { unknown: 1 } });
  });
  it('knows a listed user by his UUID or login though his faces could not be read', () => {
    const zoe: LiveUser = { ...unread, user: { uuid: 'uuid-zoe', login: 'Zoe' } };
    const other: LiveUser = { ...unread, user: { uuid: 'uuid-yan', login: 'Yan' } };
    const made = plan(
      desire([present('alias', mobile()), present('amy', mobile())], { scope: inScopeOf('tenant', 'delete') }),
      liveOf(
        { alias: zoe, amy: { presence: 'absent' } },
        { discovered: [...discovered, other, unread, { presence: 'absent' }] },
      ),
      { missingUsers: 'wait' },
    );
    expect(keys(made)).toEqual([]);
    expect(made.unknown.map(({ key }) => key)).toEqual(['alias', 'yan']);
  });
  it('that could not be listed to its end makes the plan incomplete', () => {
    const made = plan(
      desire([], { scope: inScopeOf('tenant', 'delete') }),
      liveOf({}, { discoveryFailure: { code: 'repeated-cursor', message: 'the same page twice' } }),
    );
    expect(made.complete).toBe(false);
    expect(codes(made)).toEqual(['warning SCOPE_NOT_READ']);
  });
});

describe('a user who could not be read', () => {
  it('gets no action, and is named with the places of his entries', () => {
    const made = plan(desire([present('amy', mobile()), absent('amy', { flow: 'web' })]), liveOf({ amy: unread }));
    expect(made).toMatchObject({ complete: false, changes: [], summary: { unknown: 1, create: 0 } });
    expect(made.unknown[0]?.places).toHaveLength(2);
  });
  it('or was never asked for is unknown as well', () => {
    expect(plan(desire([present('amy', mobile())]), liveOf({})).complete).toBe(false);
  });
});

describe('two names of one user', () => {
  const amy = found('amy', []);
  const alias = { by: 'login', value: 'Amy.Alias', key: 'amy.alias' } as const;
  it('that ask for the same enrollment are an error, at the second', () => {
    const made = plan(
      desire([present('amy', mobile()), present('', mobile(), { user: alias })]),
      liveOf({ amy, 'amy.alias': amy }),
    );
    expect(codes(made)).toEqual(['error DUPLICATE_ENROLLMENT']);
  });
  it('meet in one user where they ask for different ones', () => {
    const made = plan(
      desire([present('amy', mobile()), present('', web(), { user: alias })]),
      liveOf({ amy, 'amy.alias': amy }),
    );
    expect(codes(made)).toEqual([]);
    expect(keys(made)).toEqual(['create amy.alias/web', 'create amy/mobile']);
  });
});

describe('a replace', () => {
  const renew = new Set(['amy/mobile']);
  const amy = (count: number, status = 'ACTIVE') =>
    liveOf({
      amy: found(
        'amy',
        [...Array(count).keys()].map((n) => mobileFace(`${n}`, { status })),
      ),
    });
  it('on purpose creates first, so that nobody is left without a face', () => {
    expect(plan(desire([present('amy', mobile())]), amy(1), { renew }).changes).toMatchObject([
      { action: 'replace', reason: 'replace_by_request', order: 'create-first' },
    ]);
  });
  it('deletes first where the user is at the maximum, or would come there', () => {
    expect(plan(desire([present('amy', mobile())]), amy(5), { renew }).changes).toContainEqual(
      expect.objectContaining({ action: 'replace', order: 'delete-first' }),
    );
    const made = plan(desire([present('amy', mobile()), present('amy', web())]), amy(4), { renew });
    expect(writingChanges(made)).toMatchObject([{ order: 'delete-first' }, { action: 'create' }]);
  });
  it.each([[{ status: 'FAILED' }], [{ status: 'EXPIRED' }], [{ expiry: now }]])(
    'deletes first a face with %o',
    (shown) => {
      const made = plan(desire([present('amy', mobile())]), liveOf({ amy: found('amy', [mobileFace('a', shown)]) }), {
        renew,
      });
      expect(made.changes[0]).toMatchObject({ action: 'replace', order: 'delete-first' });
    },
  );
});

describe('changes of one key', () => {
  it('are ordered by the id of the face', () => {
    const twins = [mobileFace('b', { serialNumber: 's' }), mobileFace('a', { serialNumber: 's' })];
    expect(planOne(absent('amy'), twins).changes.map((change) => faceOf(change)?.id)).toEqual(['a', 'b']);
  });
  it('of one user under two names may have no face at all', () => {
    const amy = found('amy', []);
    const twin = { by: 'login', value: 'amy', key: 'amy' } as const;
    const made = plan(desire([absent('amy'), { ...absent('amy'), user: twin }]), liveOf({ amy }));
    expect(keys(made)).toEqual(['no-op amy', 'no-op amy']);
  });
});

describe('the users to read', () => {
  it('are those with entries and those under protection, each once', () => {
    const protect = protecting('amy', 'ceo', 'uuid:1-2', 'externalId:X');
    expect(usersToRead(desire([present('amy', mobile()), present('amy', web())], { protect }))).toEqual([
      { by: 'login', value: 'amy', key: 'amy' },
      { by: 'login', value: 'ceo', key: 'ceo' },
      { by: 'externalId', value: 'X', key: 'externalId:X' },
      { by: 'uuid', value: '1-2', key: 'uuid:1-2' },
    ]);
  });
});
