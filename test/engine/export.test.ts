import { describe, expect, it } from 'vitest';
import { exportLive } from '../../src/engine/export.ts';
import type { Face } from '../../src/model/face.ts';
import type { Everybody, LiveUser } from '../../src/model/live.ts';
import { day, face, found, fromNow, mobileFace, now, tokenFace, webFace } from '../support/engine/world.ts';

function exported(users: readonly LiveUser[], more: Partial<Everybody> = {}): ReturnType<typeof exportLive> {
  return exportLive({ users, sharedNames: new Set(), ...more }, now);
}

/** Each entry of one user, `flow[ off][ "label"][ pin]`, and the ids of faces that are left out. */
function entriesOf(faces: readonly Face[], others: readonly LiveUser[] = []): readonly string[] {
  const [user] = exported([found('amy', faces), ...others]).users;
  const entries = (user?.entries ?? []).map(({ flow, certainty, enabled, label, serialNumber }) =>
    [
      certainty === 'guessed' ? `${flow}?` : flow,
      ...(enabled ? [] : ['off']),
      ...(label === undefined ? [] : [`"${label}"`]),
      ...(serialNumber === undefined ? [] : [serialNumber]),
    ].join(' '),
  );
  return [...entries, ...(user?.leftOut ?? []).map(({ id }) => `left out: ${id}`)];
}

const bare = (id: string, more: Partial<Face> = {}): Face => {
  const { serialNumber: _, ...others } = face(id, more);
  return others;
};

describe('a face becomes an entry', () => {
  it.each<readonly [string, Face, string]>([
    ['that is mobile', mobileFace('a'), 'mobile'],
    ['of a web flow', webFace('a'), 'web'],
    ['made from a token', tokenFace('a'), 'token'],
    ['that says nothing', face('a'), 'mobile'],
    ['that is pending and may be mobile', tokenFace('a', { status: 'NEW' }), 'mobile?'],
    ['that is disabled', mobileFace('a', { status: 'DISABLED' }), 'mobile off'],
    ['that has expired', mobileFace('a', { status: 'EXPIRED' }), 'mobile'],
    ['whose applicant cannot be written', webFace('a', ''), 'token'],
    ['whose applicant cannot be written, and that says no more', face('a', { applicantId: '' }), 'token 1-a'],
  ])('%s', (_, one, entry) => {
    expect(entriesOf([one])).toEqual([entry]);
  });

  it.each<readonly [string, Face]>([
    ['shows that it is mobile', mobileFace('b', { status: 'ACTIVATING' })],
    ['says nothing', face('b', { status: 'NEW' })],
  ])('of a token, where another pending one %s', (_, other) => {
    expect(entriesOf([tokenFace('a', { status: 'ACTIVATING' })], [found('bob', [other])])).toEqual(['token']);
  });

  it('of a guess, where another pending one is of a web flow', () => {
    const other = face('b', { status: 'NEW', applicantId: 'x' });
    expect(entriesOf([tokenFace('a', { status: 'NEW' })], [found('bob', [other])])).toEqual(['mobile?']);
  });
});

describe('several faces of a user', () => {
  it('need no pin where each is of another flow', () => {
    expect(entriesOf([tokenFace('c'), webFace('b'), mobileFace('a')])).toEqual(['mobile', 'web', 'token']);
  });

  it('of one flow get labels and pins, the oldest first', () => {
    const faces = [
      mobileFace('a'),
      mobileFace('b', { created: fromNow(-20 * day) }),
      mobileFace('c'),
      webFace('d'),
      { id: 'e', serialNumber: '1-e', status: 'ACTIVE', mobile: true },
    ];
    expect(entriesOf(faces)).toEqual([
      'mobile "1-e" 1-e',
      'mobile "1-b" 1-b',
      'mobile "1-a" 1-a',
      'mobile "1-c" 1-c',
      'web',
    ]);
  });

  it('are all pinned where matching by flow would mistake one for another', () => {
    const faces = [mobileFace('a', { status: 'DISABLED' }), tokenFace('b', { status: 'NEW' })];
    expect(entriesOf(faces)).toEqual(['mobile off "1-a" 1-a', 'mobile? "1-b" 1-b']);
    const mistaken = [face('a', { applicantId: '' }), mobileFace('b')];
    expect(entriesOf(mistaken)).toEqual(['mobile 1-b', 'token 1-a']);
  });

  it('without serial numbers are told by their number, where any will do', () => {
    expect(entriesOf([bare('a', { mobile: true }), bare('b', { mobile: true })])).toEqual([
      'mobile "face 1"',
      'mobile "face 2"',
    ]);
  });

  it('without serial numbers are left out, where an expiry will make one pass for the other', () => {
    const soon = bare('a', { mobile: true, expiry: fromNow(day) });
    const off = bare('b', { mobile: true, status: 'DISABLED' });
    expect(entriesOf([soon, off])).toEqual(['left out: a', 'left out: b']);
    expect(entriesOf([{ ...soon, serialNumber: '' }, off, mobileFace('c')])).toEqual([
      'mobile "1-c" 1-c',
      'left out: a',
      'left out: b',
    ]);
  });

  it('cannot be pinned by a serial number that they share, or that is too long', () => {
    const serials = ['x', 'x', 's'.repeat(513)];
    const faces = serials.map((serialNumber, at) => mobileFace(`${at}`, { serialNumber }));
    expect(entriesOf(faces)).toEqual(['mobile "face 1"', 'mobile "face 2"', 'mobile "face 3"']);
  });

  it.each(['mobile', 'face 7', 'a/b', 's'.repeat(129)])('get a label of their own in place of %s', (serialNumber) => {
    const faces = [mobileFace('a', { serialNumber }), mobileFace('b')];
    expect(entriesOf(faces)).toEqual([`mobile "face 1" ${serialNumber}`, 'mobile "1-b" 1-b']);
  });
});

describe('one applicant of two faces', () => {
  it('is named in entries that are pinned, whosever they are', () => {
    expect(entriesOf([webFace('a')], [found('bob', [webFace('b')])])).toEqual(['web 1-a']);
    expect(entriesOf([webFace('a'), webFace('b')])).toEqual(['web "1-a" 1-a', 'web "1-b" 1-b']);
  });

  it('is left out where there is nothing to pin it by', () => {
    const faces = [bare('a', { mobile: false, applicantId: 'x' }), webFace('b', 'x')];
    expect(entriesOf(faces)).toEqual(['web "1-b" 1-b', 'left out: a']);
  });
});

describe('a user', () => {
  const named = (login: string, shared: readonly string[] = []) =>
    exported([found(login, [mobileFace('a')])], { sharedNames: new Set(shared) }).users[0]?.by;

  it.each(['amy', 'AMY', 'amy/mobile', ' ', 'e: #'])('is named by his login: %j', (login) => {
    expect(named(login, ['bob'])).toBe('login');
  });

  it.each(['', 'uuid:x', 'ExternalId:x', 'x'.repeat(513), 'Shared'])('is named by his UUID: %j', (login) => {
    expect(named(login, ['shared'])).toBe('uuid');
  });

  it('comes in the order of logins, without regard to case, and then of UUIDs', () => {
    const logins = ['b', 'A', 'C', 'c'];
    const users = logins.map((login, at): LiveUser => {
      return { presence: 'present', user: { login, uuid: `${9 - at}` }, faces: [mobileFace(login)], inScope: true };
    });
    expect(exported(users).users.map(({ user }) => user.login)).toEqual(['A', 'b', 'c', 'C']);
  });

  it('without a face is left out; one who could not be read is told', () => {
    const reason = { code: 'forbidden', message: '403' } as const;
    const unread: LiveUser = { presence: 'unknown', reason, user: { uuid: 'u', login: 'Zoe' } };
    const users = [unread, { ...unread, user: { uuid: 'v', login: 'Bob' } }, found('amy', [])];
    const made = exported([...users, { presence: 'unknown', reason }], { failure: reason });
    expect(made).toEqual({
      users: [],
      unread: [
        { key: 'bob', reason, places: [] },
        { key: 'zoe', reason, places: [] },
      ],
      failure: reason,
    });
    expect(exported([])).toEqual({ users: [], unread: [] });
  });
});
