import { describe, expect, it } from 'vitest';
import type { DesiredState, Enrollment } from '../../../src/model/enrollment.ts';
import type { Face } from '../../../src/model/face.ts';
import type { Plan } from '../../../src/model/plan.ts';
import {
  absent,
  day,
  desire,
  found,
  fromNow,
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

const duplicatesOf = ({ changes }: Plan) =>
  changes.flatMap((change) =>
    change.action === 'no-op' && change.duplicateOf !== undefined
      ? [`${change.face?.id} of ${change.duplicateOf.key}, which has ${change.duplicateOf.face.id}`]
      : [],
  );
const planned = (entries: readonly Enrollment[], faces: readonly Face[], more: Partial<DesiredState> = {}): Plan =>
  plan(desire(entries, more), liveOf({ amy: found('amy', faces) }));

const one = mobileFace('1');
const older = { created: fromNow(-20 * day) };
const amy = present('amy', mobile());

describe('two faces for one entry', () => {
  it('need attention: nothing is written, and the plan does not say that all is well', () => {
    const made = planOne(amy, [one, mobileFace('2', older)]);
    expect(made.changes).toMatchObject([
      {
        key: 'amy/1-2',
        action: 'no-op',
        reason: 'no_op_because_duplicate',
        place: { file: 'users.yaml', line: 7 },
        standing: { state: 'attention', since: fromNow(-20 * day) },
        duplicateOf: { key: 'amy/mobile', face: { id: '1' } },
      },
      { key: 'amy/mobile', reason: 'no_op_because_converged' },
    ]);
    expect(made.summary).toMatchObject({ attention: 1, duplicate: 1, unmatched: 1, noop: 2 });
    expect(made.kept).toEqual([]);
  });

  it.each([
    ['a pending one', [amy], [one, mobileFace('2', { status: 'NEW' })], ['2 of amy/mobile, which has 1']],
    ['a third one', [amy], [one, mobileFace('2', older), mobileFace('3', older)], ['2', '3']],
    [
      'beside a face that is to be updated',
      [present('amy', mobile({ rule: 'at', instant: fromNow(300 * day) }))],
      [one, mobileFace('2', older)],
      ['2'],
    ],
    ['of one applicant', [present('amy', web())], [webFace('1'), webFace('2', 'applicant-1', older)], ['2 of amy/web']],
    ['of tokens', [present('amy', token())], [tokenFace('1'), tokenFace('2', older)], ['2 of amy/token']],
    ['beside a lost pin', [present('amy', mobile(), { serialNumber: 'gone' })], [one, mobileFace('2', older)], ['2']],
    [
      'where two entries have theirs',
      [present('amy', mobile(), { label: 'a' }), present('amy', mobile(), { label: 'b' })],
      [one, mobileFace('2'), mobileFace('3', older)],
      ['3 of amy/mobile/a'],
    ],
  ])('are told: %s', (_, entries, faces, expected) => {
    const told = duplicatesOf(planned(entries, faces));
    expect(told).toHaveLength(expected.length);
    for (const [at, words] of expected.entries()) expect(told[at]).toMatch(new RegExp(`^${words}( |,|$)`));
  });

  it.each([
    ['a pin says which is meant', [present('amy', mobile(), { serialNumber: '1-1' })], [one, mobileFace('2')]],
    [
      'the second is of no use',
      [amy],
      [one, mobileFace('2', { status: 'DISABLED' }), mobileFace('3', { status: 'FAILED' })],
    ],
    ['the second has expired', [amy], [one, mobileFace('2', { expiry: fromNow(-1) })]],
    ['it is of another flow', [amy], [one, webFace('2')]],
    ['it is of another applicant', [present('amy', web('b'))], [webFace('1', 'b'), webFace('2', 'a')]],
    [
      'the entry is not enabled',
      [present('amy', mobile(), { enabled: false })],
      [mobileFace('1', { status: 'DISABLED' }), webFace('2')],
    ],
    ['no entry wants a face', [absent('amy', { flow: 'token' })], [one, mobileFace('2')]],
  ])('are none where %s', (_, entries, faces) => {
    const made = planned(entries, faces);
    expect(duplicatesOf(made)).toEqual([]);
    expect(made.summary.duplicate).toBe(0);
  });

  it.each(['disable', 'delete'] as const)('are none where unmatched is %s, which takes the second', (unmatched) => {
    const made = planned([amy], [one, mobileFace('2', older)], { unmatched });
    expect(duplicatesOf(made)).toEqual([]);
    expect(made.summary).toMatchObject({ [unmatched]: 1, attention: 0 });
  });

  it('are told with --target as well, where no face counts as unmatched', () => {
    const live = liveOf({ amy: found('amy', [one, mobileFace('2', older)]) });
    const made = plan(desire([amy], { unmatched: 'delete' }), live, { entries: 'some' });
    expect(duplicatesOf(made)).toEqual(['2 of amy/mobile, which has 1']);
    expect(made.summary.delete).toBe(0);
  });
});
