import { describe, expect, it } from 'vitest';
import { matchUser } from '../../../src/engine/match/match.ts';
import { claims } from '../../support/engine/claims.ts';
import {
  absent,
  day,
  desire,
  face,
  found,
  fromNow,
  liveOf,
  mobile,
  mobileFace,
  now,
  plan,
  planOne,
  present,
  token,
  tokenFace,
  web,
  webFace,
} from '../../support/engine/world.ts';

describe('several faces that fit', () => {
  it('yield the healthiest, then the newest, then the smallest id', () => {
    const order = ['ACTIVE', 'REVIEW', 'ACTIVATING', 'NEW', 'SUSPENDED', 'DISABLED', 'EXPIRED', 'FAILED'];
    const faces = order.map((status, at) => mobileFace(`${9 - at}`, { status }));
    for (let from = 0; from < faces.length; from++) {
      expect(claims([present('amy', mobile())], faces.slice(from).toReversed())['amy/mobile']).toBe(faces[from]?.id);
    }
    const older = mobileFace('a', { created: fromNow(-20 * day) });
    expect(claims([present('amy', mobile())], [older, mobileFace('c'), mobileFace('b')])['amy/mobile']).toBe('b');
    const { created: _, ...undated } = mobileFace('0');
    const { created: __, ...undatedToo } = mobileFace('1');
    expect(claims([present('amy', mobile())], [undatedToo, undated, older])['amy/mobile']).toBe('a');
    expect(claims([present('amy', mobile())], [undatedToo, undated])['amy/mobile']).toBe('0');
    const expired = mobileFace('e', { expiry: fromNow(-1) });
    expect(claims([present('amy', mobile())], [expired, mobileFace('d', { status: 'DISABLED' })])['amy/mobile']).toBe(
      'd',
    );
  });
});

describe('what the vendor leaves open', () => {
  const both = [present('amy', mobile()), present('amy', token())];
  it.each([{ mobile: true }, { mobile: false }, {}])('a pending mobile face with %o is the mobile entry’s', (shown) => {
    for (const status of ['NEW', 'ACTIVATING']) {
      expect(claims([present('amy', mobile())], [face('a', { status, ...shown })])['amy/mobile']).toBe('a');
    }
  });
  it.each([
    [{ mobile: false }, {}],
    [{ mobile: false }, { applicantId: 'x' }],
    [{}, {}],
    [{}, { applicantId: 'x' }],
    [{ mobile: true }, { applicantId: 'x' }],
  ])('keeps a pending mobile face (%o) and a token face (%o) apart', (pending, bears) => {
    const faces = [face('m', { status: 'NEW', ...pending }), tokenFace('t', bears)];
    expect(claims(both, faces)).toEqual({ 'amy/mobile': 'm', 'amy/token': 't', left: '' });
  });
  it.each([{ mobile: true }, {}])('keeps two pending faces apart where the mobile one shows %o', (shown) => {
    for (const status of ['NEW', 'ACTIVATING']) {
      const faces = [tokenFace('a', { status: 'ACTIVATING' }), face('m', { status, ...shown })];
      expect(claims(both, faces)).toEqual({ 'amy/mobile': 'm', 'amy/token': 'a', left: '' });
      expect(claims([present('amy', mobile())], faces)).toEqual({ 'amy/mobile': 'm', left: 'a' });
    }
  });
  it.each(['DISABLED', 'EXPIRED', 'FAILED'])(
    'leaves a pending face to the token entry that has no other, where the mobile one has: %s',
    (status) => {
      const [mobileOne, pending] = [mobileFace('m', { status }), tokenFace('p', { status: 'NEW' })];
      expect(claims(both, [mobileOne, pending])).toEqual({ 'amy/mobile': 'm', 'amy/token': 'p', left: '' });
      const spent = tokenFace('t', { status: 'FAILED' });
      expect(claims(both, [mobileOne, pending, spent])).toEqual({ 'amy/mobile': 'm', 'amy/token': 'p', left: 't' });
      const usable = tokenFace('t');
      expect(claims(both, [mobileOne, pending, usable])).toEqual({ 'amy/mobile': 'p', 'amy/token': 't', left: 'm' });
      expect(claims([present('amy', mobile())], [mobileOne, pending])).toEqual({ 'amy/mobile': 'p', left: 'm' });
    },
  );
  it('gives the only pending face to the mobile entry, so that no second e-mail is sent', () => {
    const faces = [tokenFace('p', { status: 'NEW' })];
    expect(claims(both, faces)).toEqual({ 'amy/mobile': 'p', 'amy/token': '-', left: '' });
  });
  it('gives a mobile entry an ACTIVE face before a pending one, whatever they show', () => {
    const pending = [tokenFace('p', { status: 'NEW' }), face('p', { status: 'NEW' })];
    for (const one of pending) {
      for (const active of [face('a'), mobileFace('a')]) {
        expect(claims([present('amy', mobile())], [one, active])).toEqual({ 'amy/mobile': 'a', left: 'p' });
      }
    }
  });
  it('lets a token entry take a pending face that no mobile entry wants, before one that may be a web face', () => {
    const pending = tokenFace('t', { status: 'NEW' });
    expect(claims([present('amy', token())], [pending])['amy/token']).toBe('t');
    expect(claims([present('amy', token())], [webFace('w'), pending])['amy/token']).toBe('t');
  });
});

describe('entries of one flow', () => {
  const off = present('amy', mobile(), { enabled: false, label: 'a' });
  it('that are enabled choose before those that are not', () => {
    const faces = [mobileFace('1', { status: 'DISABLED' }), mobileFace('2')];
    expect(claims([off, present('amy', mobile())], faces)).toEqual({
      'amy/mobile': '2',
      'amy/mobile/a': '1',
      left: '',
    });
  });
  it('keep a face that was disabled before it was activated', () => {
    for (const shown of [{ mobile: false }, {}]) {
      expect(claims([off], [face('1', { status: 'DISABLED', ...shown })])['amy/mobile/a']).toBe('1');
    }
    expect(claims([present('amy', mobile())], [tokenFace('1', { status: 'DISABLED' })])['amy/mobile']).toBe('-');
  });
  it('do not reach for a further face once what may be theirs is disabled', () => {
    const both = [present('amy', mobile(), { enabled: false }), present('amy', token(), { enabled: false })];
    const pendingWeb = webFace('w', 'x', { status: 'NEW' });
    const before = claims(both, [tokenFace('t'), pendingWeb]);
    expect(before).toEqual({ 'amy/mobile': '-', 'amy/token': 't', left: 'w' });
    const after = claims(both, [tokenFace('t', { status: 'DISABLED' }), pendingWeb]);
    expect(after).toEqual({ 'amy/mobile': 't', 'amy/token': '-', left: 'w' });
    const spent = webFace('v', 'x', { status: 'FAILED' });
    const match = matchUser(both, [tokenFace('t', { status: 'DISABLED' }), spent, pendingWeb], now);
    expect(match.claims.flatMap(({ alike }) => alike)).toEqual([]);
    const outOfUse = webFace('w', 'x', { status: 'DISABLED' });
    expect(claims(both, [tokenFace('t', { status: 'DISABLED' }), outOfUse])['amy/token']).toBe('w');
  });
  it('leave a second face of a web entry’s applicant to no token entry', () => {
    const entries = [present('amy', web('x')), present('amy', token())];
    const faces = [webFace('w', 'x'), webFace('v', 'x', { status: 'EXPIRED' })];
    expect(claims(entries, faces)).toEqual({ 'amy/token': '-', 'amy/web': 'w', left: 'v' });
  });
});

describe('an entry that is not enabled', () => {
  it('disables every face that it would claim sooner or later, at once', () => {
    const faces = [
      mobileFace('1'),
      mobileFace('2', { status: 'NEW' }),
      mobileFace('3', { status: 'FAILED' }),
      webFace('4'),
    ];
    const made = planOne(present('amy', mobile(), { enabled: false }), faces);
    expect(made.changes.map(({ action, key }) => `${action} ${key}`)).toEqual([
      'disable amy/1-2',
      'disable amy/mobile',
    ]);
    expect(made.kept.map(({ key }) => key)).toEqual(['amy/1-3', 'amy/1-4']);
  });
  it('does so too where a face shows something else once it is disabled', () => {
    const entry = present('amy', mobile(), { enabled: false });
    const made = planOne(entry, [face('1'), face('2', { status: 'ACTIVATING' }), face('3', { status: 'REVIEW' })]);
    expect(made.changes.map(({ action, key }) => `${action} ${key}`)).toEqual([
      'disable amy/1-2',
      'disable amy/1-3',
      'disable amy/mobile',
    ]);
  });
  it('does so too beside a face that is out of use already', () => {
    const off = [present('amy', mobile(), { enabled: false }), present('amy', web('x'), { enabled: false })];
    const live = [
      mobileFace('1', { status: 'DISABLED' }),
      mobileFace('2', { expiry: fromNow(-day) }),
      webFace('3', 'x', { status: 'DISABLED' }),
      webFace('4', 'x', { expiry: fromNow(-day) }),
    ];
    expect(claims(off, live)).toEqual({ 'amy/mobile': '2', 'amy/web': '4', left: '1 3' });
  });
  it('leaves its faces to the enabled entries of its flow', () => {
    const entries = [present('amy', mobile(), { enabled: false, label: 'a' }), present('amy', mobile())];
    const { changes } = plan(desire(entries), liveOf({ amy: found('amy', [mobileFace('1'), mobileFace('2')]) }));
    expect(changes.map(({ action, key }) => `${action} ${key}`)).toEqual(['no-op amy/mobile', 'disable amy/mobile/a']);
  });
  it('and pins its face disables that one alone', () => {
    const entry = present('amy', mobile(), { enabled: false, serialNumber: '1-1' });
    expect(planOne(entry, [mobileFace('1'), mobileFace('2')]).summary).toMatchObject({ disable: 1, unmatched: 1 });
  });
});

describe('web entries', () => {
  it('are told apart by their applicants', () => {
    const entries = [present('amy', web('x'), { label: 'x' }), present('amy', web('y'), { label: 'y' })];
    expect(claims(entries, [webFace('b', 'y'), webFace('a', 'x')])).toEqual({
      'amy/web/x': 'a',
      'amy/web/y': 'b',
      left: '',
    });
  });
  it('alone beside a lone face of another applicant become a replace', () => {
    expect(claims([present('amy', web('y'))], [webFace('a', 'x')])).toEqual({ 'amy/web': '!a', left: '' });
  });
  it('replace no face whose applicant another entry names', () => {
    for (const enabled of [true, false]) {
      const entries = [present('amy', web('x'), { label: 'x', enabled }), present('amy', web('y'), { label: 'y' })];
      const both = [webFace('a', 'x'), webFace('b', 'x', { status: 'DISABLED' })];
      expect(claims(entries, both)).toEqual({ 'amy/web/x': 'a', 'amy/web/y': '-', left: 'b' });
      expect(claims(entries, [...both, webFace('c', 'z')])).toEqual({
        'amy/web/x': 'a',
        'amy/web/y': '!c',
        left: 'b',
      });
    }
  });
  it('replace no face that may be the token entry’s', () => {
    const entries = [present('amy', web('y')), present('amy', token())];
    const faces = [webFace('a', 'x'), webFace('b', 'z')];
    expect(claims(entries, faces)).toEqual({ 'amy/web': '-', 'amy/token': 'a', left: 'b' });
    const pinned = [present('amy', web('y')), present('amy', token(), { serialNumber: '1-b' })];
    expect(claims(pinned, faces)).toEqual({ 'amy/web': '!a', 'amy/token': 'b', left: '' });
    expect(claims(entries, [webFace('a', 'x'), tokenFace('t')])).toEqual({
      'amy/web': '!a',
      'amy/token': 't',
      left: '',
    });
  });
  it('are created where it is open which face was meant', () => {
    expect(claims([present('amy', web('y'))], [webFace('a', 'x'), webFace('b', 'z')])['amy/web']).toBe('-');
    const two = [present('amy', web('y'), { label: '1' }), present('amy', web('z'), { label: '2' })];
    expect(claims(two, [webFace('a', 'x')])).toEqual({ 'amy/web/1': '-', 'amy/web/2': '-', left: 'a' });
  });
});

describe('an absent entry with a flow', () => {
  const faces = [
    mobileFace('m'),
    face('p', { status: 'NEW' }),
    webFace('w'),
    tokenFace('t'),
    face('?', { status: 'DISABLED' }),
  ];
  it.each([
    ['mobile', 'm p', 't w ?'],
    ['web', 'w', 'm t p ?'],
    ['token', 't', 'm w p ?'],
  ] as const)('takes only what can be of no other flow: %s', (flow, gone, left) => {
    expect(claims([absent('amy', { flow })], faces)).toEqual({ [`amy/${flow}`]: gone, left });
  });
  it('takes no pending face that may be either of two flows', () => {
    const pending = [tokenFace('p', { status: 'NEW' })];
    for (const flow of ['mobile', 'web', 'token'] as const) {
      expect(claims([absent('amy', { flow })], pending)).toEqual({ [`amy/${flow}`]: '', left: 'p' });
    }
  });
  it('leaves a present entry its face', () => {
    const entries = [absent('amy', { flow: 'mobile' }), present('amy', web())];
    expect(claims(entries, [webFace('w'), mobileFace('m')])).toEqual({ 'amy/mobile': 'm', 'amy/web': 'w', left: '' });
  });
});
