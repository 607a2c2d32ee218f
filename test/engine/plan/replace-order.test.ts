import { describe, expect, it } from 'vitest';
import type { Enrollment } from '../../../src/model/enrollment.ts';
import type { Face } from '../../../src/model/face.ts';
import { instantFromMs } from '../../../src/model/instant.ts';
import {
  day,
  mobile,
  mobileFace,
  planOne,
  present,
  token,
  tokenFace,
  web,
  webFace,
} from '../../support/engine/world.ts';

const month = { rule: 'lifetime', seconds: 30 * day } as const;
const replaceOn = new Set(['EXPIRED'] as const);
const old = { created: instantFromMs(0) };

function orderOf(entry: Enrollment, face: Face): string {
  const [change] = planOne(entry, [face]).changes;
  return change?.action === 'replace' ? change.order : `no replace but ${change?.action ?? 'nothing'}`;
}

describe('a replace', () => {
  it.each([
    ['past its lifetime', present('amy', mobile(month), { replaceOn }), mobileFace('a', old)],
    ['of another applicant', present('amy', web()), webFace('a', 'other')],
    ['with a token', present('amy', token(month), { replaceOn }), tokenFace('a', old)],
  ])('creates first where the old face is in use: %s', (_, entry, face) => {
    expect(orderOf(entry, face)).toBe('create-first');
  });
  it.each(['NEW', 'ACTIVATING', 'REVIEW', 'DISABLED', 'EXPIRED'])(
    'deletes first where nobody can authenticate with the old face: %s',
    (status) => {
      expect(orderOf(present('amy', mobile(month), { replaceOn }), mobileFace('a', { ...old, status }))).toBe(
        'delete-first',
      );
    },
  );
  it.each([
    ['of another kind', present('amy', token(), { serialNumber: '1-a' }), mobileFace('a')],
    ['of another applicant', present('amy', web(), { serialNumber: '1-a' }), webFace('a', 'other')],
    ['past its lifetime', present('amy', mobile(month), { serialNumber: '1-a', replaceOn }), mobileFace('a', old)],
  ])('deletes a pinned face first, since the next run would find it by its pin: %s', (_, entry, face) => {
    expect(orderOf(entry, face)).toBe('delete-first');
  });
});
