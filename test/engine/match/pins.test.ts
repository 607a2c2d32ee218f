import { describe, expect, it } from 'vitest';
import type { Enrollment, Removal } from '../../../src/model/enrollment.ts';
import type { Face } from '../../../src/model/face.ts';
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
  present,
  token,
  tokenFace,
  web,
  webFace,
} from '../../support/engine/world.ts';

describe('a serial number', () => {
  it('pins an entry to its face before any other rule', () => {
    const entries = [present('amy', mobile(), { label: 'old', serialNumber: '1-b' }), present('amy', mobile())];
    const faces = [mobileFace('a'), mobileFace('b', { status: 'FAILED' })];
    expect(claims(entries, faces)).toEqual({ 'amy/mobile': 'a', 'amy/mobile/old': 'b', left: '' });
  });
  it('that no face has lets the flow decide', () => {
    expect(claims([present('amy', mobile(), { serialNumber: 'gone' })], [mobileFace('a')])['amy/mobile']).toBe('a');
    expect(claims([present('amy', mobile(), { serialNumber: 'gone' })], [])['amy/mobile']).toBe('-');
    expect(claims([present('amy', web(), { serialNumber: 'gone' })], [webFace('a')])['amy/web']).toBe('a');
  });
  it('that no face has is taken for that of a face replaced since: the newest comes in its place', () => {
    const entries = [present('amy', mobile(), { serialNumber: 'gone', label: 'z' }), present('amy', mobile())];
    const faces = [mobileFace('old'), mobileFace('new', { status: 'NEW', created: now })];
    expect(claims(entries, faces)).toEqual({ 'amy/mobile': 'old', 'amy/mobile/z': 'new', left: '' });
  });
  it.each([
    [present('amy', web(), { serialNumber: '1-a' }), webFace('a', 'other'), '!a'],
    [present('amy', web(), { serialNumber: '1-a' }), webFace('a'), 'a'],
    [present('amy', mobile(), { serialNumber: '1-a' }), tokenFace('a'), '!a'],
    [present('amy', mobile(), { serialNumber: '1-a' }), face('a', { status: 'NEW' }), 'a'],
    [present('amy', mobile(), { serialNumber: '1-a' }), mobileFace('a'), 'a'],
    [present('amy', mobile(), { serialNumber: '1-a' }), face('a', { status: 'REVIEW' }), 'a'],
    [present('amy', mobile(), { serialNumber: '1-a' }), face('a', { applicantId: 'x' }), '!a'],
    [present('amy', token(), { serialNumber: '1-a' }), mobileFace('a'), '!a'],
    [present('amy', token(), { serialNumber: '1-a' }), webFace('a'), 'a'],
    [present('amy', web(), { serialNumber: '1-a', enabled: false }), webFace('a', 'other'), 'a'],
  ])('of a face of another kind asks for a replace (%#)', (entry, live, expected) => {
    expect(claims([entry], [live])[entry.key]).toBe(expected);
  });
  it.each([
    ['is DISABLED', mobileFace('1', { status: 'DISABLED' }), undefined],
    ['is the older of two', mobileFace('1', { created: fromNow(-20 * day) }), mobileFace('2')],
    ['is the newer of two', mobileFace('1'), mobileFace('2', { created: fromNow(-20 * day) })],
  ])('of an absent entry comes before the flow of a present one: its face %s', (_, named, other) => {
    const entries = [present('amy', mobile()), absent('amy', { serialNumber: '1-1' })];
    const faces = other === undefined ? [named] : [named, other];
    expect(claims(entries, faces)).toEqual({ 'amy/1-1': '1', 'amy/mobile': other?.id ?? '-', left: '' });
  });
  it('leaves the face to a present entry that names it, too', () => {
    const entries = [present('amy', mobile(), { serialNumber: '1-a' }), absent('amy', { serialNumber: '1-a' })];
    expect(claims(entries, [mobileFace('a')])).toEqual({ 'amy/1-a': '', 'amy/mobile': 'a', left: '' });
  });
  it('narrows an absent entry to one face', () => {
    expect(claims([absent('amy', { serialNumber: '1-b' })], [mobileFace('a'), mobileFace('b')])).toEqual({
      'amy/1-b': 'b',
      left: 'a',
    });
  });
});

describe('a serial number that no face has', () => {
  const lost = present('amy', mobile(), { serialNumber: 'gone' });
  const old = mobileFace('old', { created: fromNow(-90 * day) });
  it.each<readonly [string, Partial<Face>]>([
    ['has failed', { status: 'FAILED' }],
    ['has expired', { status: 'EXPIRED' }],
    ['is past its expiry', { expiry: now }],
    ['is disabled', { status: 'DISABLED' }],
  ])('takes no newer face that %s, but the newest usable one', (_, more) => {
    const faces = [old, mobileFace('new', more), mobileFace('older', { created: fromNow(-91 * day) })];
    expect(claims([lost], faces)['amy/mobile']).toBe('old');
  });
  it('takes the healthiest face where none is usable', () => {
    const faces = [mobileFace('failed', { status: 'FAILED' }), { ...old, status: 'DISABLED' }];
    expect(claims([lost], faces)['amy/mobile']).toBe('old');
    expect(claims([lost], [mobileFace('failed', { status: 'FAILED' })])['amy/mobile']).toBe('failed');
  });
  it('replaces no face of another applicant', () => {
    expect(claims([present('amy', web('other'), { serialNumber: 'gone' })], [webFace('a')])['amy/web']).toBe('-');
  });

  const actions = (entries: readonly Enrollment[], unmatched: Removal): readonly string[] => {
    const faces = [mobileFace('1'), mobileFace('2', { created: now }), webFace('3')];
    const made = plan(desire(entries, { unmatched }), liveOf({ amy: found('amy', faces) }));
    return [...made.changes.map(({ action, key }) => `${action} ${key}`), ...made.kept.map(({ key }) => `keep ${key}`)];
  };
  it('keeps all faces of its user from being deleted as unmatched, or by flow', () => {
    expect(actions([lost], 'delete')).toEqual(['no-op amy/1-1', 'no-op amy/mobile', 'keep amy/1-3']);
    expect(actions([lost, absent('amy', { flow: 'web' })], 'keep')).toEqual([
      'no-op amy/1-1',
      'no-op amy/mobile',
      'keep amy/1-3',
    ]);
  });
  it('lets them be disabled, and those be deleted that an absent entry names', () => {
    expect(actions([lost], 'disable')).toEqual(['disable amy/1-1', 'disable amy/1-3', 'no-op amy/mobile']);
    expect(actions([lost, absent('amy', { serialNumber: '1-3' })], 'delete')).toEqual([
      'no-op amy/1-1',
      'delete amy/1-3',
      'no-op amy/mobile',
    ]);
  });
  it('of a disabled entry disables what an absent entry would delete otherwise', () => {
    const entries = [present('amy', token(), { enabled: false, serialNumber: 'gone' }), absent('amy', { flow: 'web' })];
    const { changes } = plan(desire(entries), liveOf({ amy: found('amy', [webFace('1'), webFace('2')]) }));
    expect(changes.map(({ action, key }) => `${action} ${key}`)).toEqual(['disable amy/1-2', 'disable amy/token']);
  });
  it('of a disabled entry disables what is in use, and would be deleted otherwise', () => {
    expect(actions([{ ...lost, enabled: false }], 'delete')).toEqual([
      'disable amy/1-1',
      'disable amy/mobile',
      'keep amy/1-3',
    ]);
  });
});
