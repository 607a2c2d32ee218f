import { describe, expect, it } from 'vitest';
import type { Enrollment } from '../../../src/model/enrollment.ts';
import type { Face } from '../../../src/model/face.ts';
import { writingChanges, type Plan, type WritingChange } from '../../../src/model/plan.ts';
import { progressOf } from '../../../src/engine/run/progress.ts';
import { later } from '../../support/engine/apply-run.ts';
import { inCompany } from '../../support/engine/company.ts';
import { unanswered } from '../../support/engine/memory-tenant.ts';
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
  present,
  token,
  tokenFace,
  web,
  webFace,
} from '../../support/engine/world.ts';

const atLast = fromNow(400 * day);

interface Planned {
  readonly changes: readonly WritingChange[];
  /** Actions that are done where the faces are these; undefined where the changes are stale. */
  readonly doneBy: (faces: readonly Face[]) => readonly string[] | undefined;
}

function planned(
  entries: readonly Enrollment[],
  faces: readonly Face[],
  more: Parameters<typeof plan>[2] = {},
): Planned {
  const made: Plan = plan(desire(entries), liveOf({ amy: found('amy', faces) }), more);
  const changes = writingChanges(made);
  return {
    changes,
    doneBy: (now) => {
      const progress = progressOf(changes, now);
      if (progress === undefined) return undefined;
      const { done, made, cleared } = progress;
      const isNoted = (change: WritingChange): readonly string[] => [
        ...(done.has(change) ? [`${change.action} done`] : []),
        ...(cleared.has(change) ? [`${change.action} cleared`] : []),
        ...(made.has(change) ? [`${change.action} made ${made.get(change)?.id ?? ''}`] : []),
      ];
      return changes.flatMap(isNoted).toSorted();
    },
  };
}

const renew = { renew: new Set(['amy/mobile']) };

describe('what is done already of a user’s changes', () => {
  const a = mobileFace('a');
  const b = webFace('b', 'x');

  it.each<[string, Planned, readonly Face[], readonly string[]]>([
    ['nothing', planned([absent('amy')], [a]), [a], []],
    ['an update', planned([present('amy', mobile(later))], [a]), [{ ...a, expiry: atLast }], ['update done']],
    [
      'an update that enables',
      planned([present('amy', mobile())], [{ ...a, status: 'DISABLED' }]),
      [a],
      ['update done'],
    ],
    [
      'a disable',
      planned([present('amy', mobile(), { enabled: false })], [a]),
      [{ ...a, status: 'DISABLED' }],
      ['disable done'],
    ],
    ['a delete', planned([absent('amy')], [a]), [], ['delete done']],
    ['a create', planned([present('amy', mobile())], []), [mobileFace('n')], ['create made n']],
    [
      'a replace that creates first, and has not deleted',
      planned([present('amy', mobile())], [a], renew),
      [a, mobileFace('n')],
      ['replace made n'],
    ],
    [
      'a whole replace',
      planned([present('amy', mobile())], [a], renew),
      [mobileFace('n')],
      ['replace cleared', 'replace made n'],
    ],
    [
      'an update beside a create',
      planned([present('amy', mobile(later)), present('amy', web('y'))], [a]),
      [{ ...a, expiry: atLast }, webFace('n', 'y')],
      ['create made n', 'update done'],
    ],
    [
      'a delete of two',
      planned([absent('amy', { flow: 'mobile' }), absent('amy', { flow: 'web' })], [a, b]),
      [a],
      ['delete done'],
    ],
    [
      'one of two creates of one kind',
      planned([present('amy', mobile(), { label: '1' }), present('amy', mobile(), { label: '2' })], []),
      [mobileFace('n')],
      ['create made n'],
    ],
    [
      'of two creates that which the face can be',
      planned([present('amy', mobile()), present('amy', web('y'))], []),
      [webFace('n', 'y')],
      ['create made n'],
    ],
  ])('is seen: %s', (_, { doneBy }, faces, done) => {
    expect(doneBy(faces)).toEqual(done);
  });

  it.each<[string, Planned, readonly Face[]]>([
    [
      'another value than the one that was to be set',
      planned([present('amy', mobile(later))], [a]),
      [{ ...a, expiry: fromNow(5 * day) }],
    ],
    [
      'a value set of a face that is also another one by now',
      planned([present('amy', mobile(later))], [a]),
      [{ ...a, expiry: atLast, serialNumber: 'other' }],
    ],
    ['an updated face that is gone', planned([present('amy', mobile(later))], [a]), []],
    ['a new face of another kind', planned([present('amy', mobile())], []), [tokenFace('n')]],
    [
      'a new face that is not in use',
      planned([present('amy', mobile())], []),
      [mobileFace('n', { status: 'DISABLED' })],
    ],
    ['one face more than the plan makes', planned([present('amy', mobile())], []), [mobileFace('n'), mobileFace('m')]],
    ['a face gone that the plan leaves alone', planned([absent('amy', { flow: 'mobile' })], [a, b]), []],
    [
      'an old face gone before the new one was made, of a replace that creates first',
      planned([present('amy', mobile())], [a], renew),
      [],
    ],
  ])('is nothing, and the changes are stale, with %s', (_, { doneBy }, faces) => {
    expect(doneBy(faces)).toBeUndefined();
  });

  it('is nothing where the changes were planned for different faces', () => {
    const [first] = planned([absent('amy')], [a]).changes;
    const [second] = planned([absent('amy')], [b]).changes;
    if (first === undefined || second === undefined) throw new Error('nothing planned');
    expect(progressOf([first, second], [])).toBeUndefined();
    expect(progressOf([], [])).toBeUndefined();
  });

  it('has a face with a web entry’s applicant as that entry’s, though a token face may bear one, too', () => {
    const { changes } = planned([present('amy', token()), present('amy', web('x'))], []);
    const progress = progressOf(changes, [webFace('n', 'x')]);
    expect([...(progress?.made ?? [])].map(([{ key }, { id }]) => [key, id])).toEqual([['amy/web', 'n']]);
  });

  it('has a pending face that may be of either kind as what a run makes first', () => {
    const entries = [present('amy', mobile()), present('amy', token())];
    const pending = tokenFace('n', { status: 'NEW' });
    const old = mobileFace('old');
    const made = ({ doneBy }: Planned, faces: readonly Face[]): string | undefined =>
      doneBy([...faces, pending])?.join();
    expect(made(planned(entries, []), [])).toEqual('create made n');
    // A replace comes after the creates.
    expect(made(planned(entries, [old], renew), [old])).toEqual('create made n');
  });

  it('is looked for in a bounded number of guesses, however many new faces there are', () => {
    const labels = Array.from({ length: 12 }, (_, at) => `${at}`);
    const entries = labels.map((label) => present('amy', mobile(), { label }));
    const more = { live: liveOf({ amy: found('amy', []) }, { maxFacesPerUser: 40 }) };
    const changes = writingChanges(plan(desire(entries), more.live));
    expect(changes).toHaveLength(12);
    const strange = Array.from({ length: 30 }, (_, at) => mobileFace(`n${at}`));
    expect(progressOf(changes, strange)).toBeUndefined();
  });
});

describe('a replace that was cut in half', () => {
  const one = [present('amy', mobile())];
  const failed = [present('amy', mobile(), { replaceOn: new Set(['FAILED'] as const) })];
  const dead = mobileFace('old', { status: 'FAILED' });

  it('after the create, deletes the old face', async () => {
    const company = inCompany(one, { faces: [mobileFace('old')], renew: ['amy/mobile'] });
    company.comes(mobileFace('n'))();
    const { states, emails } = await company.run();
    expect({ states, emails }).toEqual({ states: ['applied replace'], emails: 0 });
    expect(company.tenant.calls).toEqual(['readFaces', 'deleteFace old', 'readFaces']);
  });

  it('after the delete, waits for whoever is at it, reads again and creates', async () => {
    const company = inCompany(failed, { faces: [dead] });
    company.goes('old')();
    expect((await company.run()).states).toEqual(['applied replace']);
    expect(company.slept).toEqual([3000, 3000]);
    const read = Array<string>(3).fill('readFaces');
    expect(company.tenant.calls).toEqual([...read, 'createFace mobile', 'readFaces']);
  });

  it('after the delete, is done already where the other run creates meanwhile', async () => {
    const company = inCompany(failed, { faces: [dead] });
    company.goes('old')();
    company.at(2, company.comes(mobileFace('n')));
    expect((await company.run()).outcomes).toMatchObject([{ state: 'already', faceId: 'n' }]);
    expect(company.tenant.calls).toEqual(['readFaces', 'readFaces']);
  });

  it('that deletes first, after a create that somebody else made, deletes the old face', async () => {
    const company = inCompany(failed, { faces: [dead] });
    company.comes(mobileFace('n'))();
    expect((await company.run()).states).toEqual(['applied replace']);
    expect(company.tenant.faces).toMatchObject([{ id: 'n' }]);
  });
});

describe('a run that takes up a plan', () => {
  it('sets the expiry that was to follow a create', async () => {
    const company = inCompany([present('amy', web('x', later))]);
    company.comes(webFace('n', 'x'))();
    expect((await company.run()).states).toEqual(['applied create']);
    expect(company.tenant.calls).toEqual(['readFaces', `updateFace n ACTIVE ${atLast}`, 'readFaces']);
  });

  it('finds all of it done, and writes nothing', async () => {
    const company = inCompany([present('amy', web('x', later)), absent('amy', { flow: 'mobile' })], {
      faces: [mobileFace('old')],
    });
    company.goes('old')();
    company.comes(webFace('n', 'x', { expiry: atLast }))();
    expect((await company.run()).outcomes).toMatchObject([
      { state: 'already', faceId: 'n' },
      { state: 'already', faceId: undefined },
    ]);
    expect(company.tenant.calls).toEqual(['readFaces']);
  });

  it('keeps what stands done where the rest fails', async () => {
    const company = inCompany([present('amy', mobile(later)), present('amy', web('x'))], { faces: [mobileFace('a')] });
    company.turns('a', { expiry: atLast })();
    company.tenant.trouble.createFace = [unanswered()];
    expect((await company.run()).outcomes).toMatchObject([{ state: 'already', faceId: 'a' }, { state: 'unknown' }]);
  });
});
