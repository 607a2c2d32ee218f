import { describe, expect, it } from 'vitest';
import type { Enrollment, DesiredState } from '../../../src/model/enrollment.ts';
import type { Face } from '../../../src/model/face.ts';
import {
  absent,
  desire,
  found,
  fromNow,
  inScopeOf,
  liveOf,
  mobile,
  mobileFace,
  plan,
  planOne,
  present,
  token,
  tokenFace,
  web,
  webFace,
} from '../../support/engine/world.ts';

describe('a new enrollment', () => {
  const warnings = (entry: Enrollment, faces: readonly Face[], more: Partial<DesiredState> = {}): readonly string[] =>
    planOne(entry, faces, { scope: inScopeOf('tenant', 'keep'), ...more }).diagnostics.map(
      ({ code, summary }) => `${code} ${summary.replace(/.*: /, '')}`,
    );

  it('of a user who keeps an active face of another flow gets a warning that names it', () => {
    expect(warnings(present('amy', web('x')), [mobileFace('m')])).toEqual(['OTHER_FLOW_ACTIVE "amy/1-m"']);
    expect(warnings(present('amy', mobile()), [tokenFace('t'), webFace('w')])).toEqual([
      'OTHER_FLOW_ACTIVE "amy/1-t", "amy/1-w"',
    ]);
  });

  it.each([
    ['is not active', [mobileFace('m', { status: 'DISABLED' })], {}],
    ['has expired', [mobileFace('m', { expiry: fromNow(-1) })], {}],
    ['goes', [mobileFace('m')], { unmatched: 'delete' } as const],
    ['is disabled by the plan', [mobileFace('m')], { unmatched: 'disable' } as const],
    ['is of an applicant of the same flow', [webFace('w', 'y'), webFace('v', 'z')], {}],
    ['may be of any flow', [tokenFace('t', { status: 'DISABLED' })], {}],
  ])('gets none where the other face %s', (_, faces, more) => {
    expect(warnings(present('amy', web('x')), faces, more)).toEqual([]);
  });

  it('gets none where another entry claims that face, and nor does an entry that has one or wants none', () => {
    const live = liveOf({ amy: found('amy', [mobileFace('m')]) });
    expect(plan(desire([present('amy', web('x')), present('amy', mobile())]), live).diagnostics).toEqual([]);
    expect(warnings(present('amy', token(), { enabled: false }), [mobileFace('m')])).toEqual([]);
    expect(warnings(present('amy', mobile()), [mobileFace('m'), webFace('w')])).toEqual([]);
  });
});

describe('faces of listed users that are left alone', () => {
  const codes = (enrollments: readonly Enrollment[], faces: readonly Face[], more: Partial<DesiredState> = {}) =>
    plan(desire(enrollments, more), liveOf({ amy: found('amy', faces), bob: found('bob', faces) })).diagnostics.map(
      ({ code }) => code,
    );
  const two = [mobileFace('m'), mobileFace('n', { status: 'DISABLED' })];

  it('are told of once: nobody can tell whether their entries were deleted', () => {
    expect(codes([present('amy', mobile()), present('bob', mobile())], two)).toEqual(['DELETED_ENTRIES_UNKNOWN']);
  });

  it.each([
    ['no entry asks for their flow', [present('amy', mobile())], [mobileFace('m'), webFace('w')], {}],
    ['no entry asks for a face', [absent('amy', { flow: 'web' })], two, {}],
    ['the files own more than those listed', [present('amy', mobile())], two, { scope: inScopeOf('tenant', 'keep') }],
    [
      'they are disabled',
      [present('amy', mobile())],
      [mobileFace('m'), mobileFace('n')],
      { unmatched: 'disable' } as const,
    ],
  ])('are not told of where %s', (_, enrollments, faces, more) => {
    expect(codes(enrollments, faces, more)).toEqual([]);
  });
});
