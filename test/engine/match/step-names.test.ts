import { describe, expect, it } from 'vitest';
import { matchUser } from '../../../src/engine/match/match.ts';
import type { Enrollment } from '../../../src/model/enrollment.ts';
import type { Face } from '../../../src/model/face.ts';
import { face, mobile, mobileFace, now, present, token, tokenFace, web, webFace } from '../../support/engine/world.ts';

const stepsOf = (entry: Enrollment, faces: readonly Face[]): readonly unknown[] =>
  matchUser([entry], faces, now).claims.map(({ step }) => step);

describe('a claim names the step that gave the entry its face', () => {
  it.each<readonly [string | undefined, Enrollment, Face]>([
    ['serialNumber', present('amy', mobile(), { serialNumber: '1-a' }), webFace('a')],
    ['web by applicantId', present('amy', web()), webFace('a')],
    ['the only web entry and web face left', present('amy', web('applicant-2')), webFace('a')],
    ['mobile, registered or pending', present('amy', mobile()), mobileFace('a')],
    ['mobile, registered or pending', present('amy', mobile()), face('a', { mobile: false, status: 'NEW' })],
    ['mobile, registered or pending', present('amy', mobile()), face('a')],
    [
      'mobile, perhaps disabled before its activation',
      present('amy', mobile(), { enabled: false }),
      tokenFace('a', { status: 'DISABLED' }),
    ],
    ['token without applicantId', present('amy', token()), tokenFace('a')],
    ['token with an applicantId that no web entry names', present('amy', token()), webFace('a')],
    [undefined, present('amy', mobile()), webFace('a')],
  ])('%s', (step, entry, live) => {
    expect(stepsOf(entry, [live])).toEqual([step]);
  });
});
