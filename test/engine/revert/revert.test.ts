import type { Plan } from '../../../src/model/plan.ts';
import { usualBudgets } from '../../../src/model/enrollment.ts';
import { describe, expect, it } from 'vitest';
import { usersToRevert } from '../../../src/engine/index.ts';
import { day, face, found, fromNow, mobileFace, protecting } from '../../support/engine/world.ts';
import { codesOf, created, deleted, disabled, replaced, revertOf, tenant, updated, wordsOf } from './past.ts';

const old = mobileFace('f');
const soon = fromNow(3 * day);
const late = fromNow(300 * day);
const off = { ...old, status: 'DISABLED' };

describe('undoing an update or a disable', () => {
  it('sets the expiry and the status from before, under the reason that says so', () => {
    const made = revertOf([updated(old, { expiry: soon })], [{ ...old, expiry: soon }]);
    expect(made.changes).toMatchObject([
      {
        key: 'amy/mobile',
        action: 'update',
        reason: 'update_because_reverted',
        to: { status: 'ACTIVE', expiry: old.expiry },
      },
    ]);
    expect(made).toMatchObject({ complete: true, reverts: 'journal.jsonl', summary: { update: 1 }, diagnostics: [] });
    expect(wordsOf(revertOf([disabled(old)], [off]))).toEqual([`update f ACTIVE ${old.expiry}`]);
    expect(wordsOf(revertOf([updated(off, { expiry: off.expiry })], [old]))).toEqual(['disable f']);
  });

  it('sets them for a face that the new expiry has ended by now', () => {
    const short = { ...old, expiry: fromNow(-60), status: 'EXPIRED' };
    expect(wordsOf(revertOf([updated(old, { expiry: short.expiry })], [short]))).toEqual([
      `update f ACTIVE ${old.expiry}`,
    ]);
  });

  it('finds nothing to do where it is undone already, or was never carried out', () => {
    for (const certainty of ['applied', 'possible'] as const) {
      const made = revertOf([updated(old, { expiry: soon }, { certainty })], [old]);
      expect([wordsOf(made), codesOf(made)]).toEqual([[], []]);
    }
  });

  it('leaves alone and names a face that others have changed since, or deleted', () => {
    const moved = revertOf([updated(old, { expiry: soon })], [{ ...old, expiry: late }]);
    expect([wordsOf(moved), codesOf(moved)]).toEqual([[], ['CHANGED_SINCE']]);
    expect(moved.diagnostics[0]?.summary).toContain('face 1-f of "amy"');
    const { expiry: _, ...never } = old;
    const bare = revertOf([disabled(never)], [{ ...never, expiry: late }]);
    expect([codesOf(bare), bare.diagnostics[0]?.detail]).toEqual([
      ['CHANGED_SINCE'],
      expect.stringContaining('no expiry'),
    ]);
    const gone = revertOf([updated(old, { expiry: soon })], []);
    expect([wordsOf(gone), codesOf(gone)]).toEqual([[], ['CHANGED_SINCE']]);
  });

  it('disables a face that had expired before, and writes no past expiry', () => {
    const past = { ...old, status: 'EXPIRED', expiry: fromNow(-day) };
    const made = revertOf([updated(past, { expiry: late })], [{ ...past, status: 'ACTIVE', expiry: late }]);
    expect([wordsOf(made), codesOf(made)]).toEqual([['disable f'], ['PARTLY_REVERTED']]);
    expect(made.budgets).toContainEqual(expect.objectContaining({ budget: 'disable', used: 1 }));
    const again = revertOf([updated(past, { expiry: late })], [{ ...past, status: 'DISABLED', expiry: late }]);
    expect([wordsOf(again), codesOf(again)]).toEqual([[], ['PARTLY_REVERTED']]);
  });

  it('says so where the face had no expiry, which no call can restore', () => {
    const { expiry: _, ...never } = old;
    const made = revertOf([updated(never, { expiry: soon })], [{ ...never, expiry: soon }]);
    expect([wordsOf(made), codesOf(made)]).toEqual([[], ['PARTLY_REVERTED']]);
    const both = revertOf([updated(never, { status: 'DISABLED', expiry: soon })], [{ ...off, expiry: soon }]);
    expect([wordsOf(both), codesOf(both)]).toEqual([[`update f ACTIVE ${soon}`], ['PARTLY_REVERTED']]);
  });

  it('disables a face again with its earlier expiry, also where it has expired by then, unless it had none', () => {
    const endsOf = ({ changes }: Plan): unknown => changes.map((change) => 'to' in change && change.to);
    const made = revertOf([updated(off, { expiry: late })], [{ ...old, expiry: late }]);
    expect([wordsOf(made), codesOf(made), endsOf(made)]).toEqual([
      ['disable f'],
      [],
      [{ status: 'DISABLED', expiry: off.expiry }],
    ]);
    const passed = { ...old, status: 'EXPIRED', expiry: fromNow(-60) };
    const expired = revertOf([updated(off, { expiry: passed.expiry })], [passed]);
    expect([wordsOf(expired), codesOf(expired)]).toEqual([['disable f'], []]);
    const bare = revertOf(
      [updated({ ...face('f'), status: 'DISABLED', expiry: undefined }, { expiry: late })],
      [{ ...old, expiry: late }],
    );
    expect([wordsOf(bare), codesOf(bare)]).toEqual([['disable f'], ['PARTLY_REVERTED']]);
    expect(bare.diagnostics[0]?.summary).toContain('keeps an expiry, and had none before');
  });

  it.each(['NEW', 'ACTIVATING', 'REVIEW', 'FAILED', 'SUSPENDED'])('never makes a face ACTIVE that was %s', (status) => {
    const made = revertOf([disabled({ ...old, status })], [off]);
    expect([wordsOf(made), codesOf(made)]).toEqual([[], ['CANNOT_BE_REVERTED']]);
    expect(made.diagnostics[0]?.detail).toContain('--replace amy/mobile');
    expect(codesOf(revertOf([disabled({ ...old, status })], [{ ...old, status }]))).toEqual([]);
  });
});

describe('undoing several runs', () => {
  const first = updated(old, { expiry: soon });
  const second = updated({ ...old, expiry: soon }, { expiry: late });

  it('is one change of a face, back to what it was before the first', () => {
    const made = revertOf([first, second], [{ ...old, expiry: late }]);
    expect([wordsOf(made), codesOf(made)]).toEqual([[`update f ACTIVE ${old.expiry}`], []]);
  });

  it('passes over a run that was never carried out, wherever it stands', () => {
    expect(wordsOf(revertOf([first, second], [{ ...old, expiry: soon }]))).toEqual([`update f ACTIVE ${old.expiry}`]);
    const other = updated(old, { expiry: late });
    expect(wordsOf(revertOf([first, other], [{ ...old, expiry: late }]))).toEqual([`update f ACTIVE ${old.expiry}`]);
  });

  it('stops where others came between two runs, and says so', () => {
    const theirs = fromNow(77 * day);
    const made = revertOf([first, updated({ ...old, expiry: theirs }, { expiry: late })], [{ ...old, expiry: late }]);
    expect([wordsOf(made), codesOf(made)]).toEqual([[`update f ACTIVE ${theirs}`], ['CHANGED_SINCE']]);
  });

  it('takes a face that one created and another changed away, and names none that both made and deleted', () => {
    const both = [created('new'), updated(mobileFace('new'), { expiry: late })];
    expect(wordsOf(revertOf(both, [mobileFace('new', { expiry: late })]))).toEqual(['delete new']);
    const gone = revertOf([created('new'), deleted(mobileFace('new'))], []);
    expect([wordsOf(gone), codesOf(gone)]).toEqual([[], []]);
  });
});

describe('undoing a create', () => {
  const fresh = mobileFace('new', { status: 'NEW' });

  it('deletes that face and no other, once', () => {
    const made = revertOf([created('new')], [fresh, old]);
    expect(made.changes).toMatchObject([{ reason: 'delete_because_reverted', face: { id: 'new' }, facesInUse: 2 }]);
    expect(wordsOf(revertOf([created('new')], [old]))).toEqual([]);
  });

  it.each(['ACTIVE', 'REVIEW'])('leaves one that is %s where those in use are to be kept', (status) => {
    const faces = [{ ...fresh, status }];
    expect(wordsOf(revertOf([created('new')], faces))).toEqual(['delete new']);
    expect(wordsOf(revertOf([created('new')], faces, { activated: 'keep' }))).toEqual([]);
    expect(wordsOf(revertOf([created('new')], [fresh], { activated: 'keep' }))).toEqual(['delete new']);
  });

  it('undoes a later update of a new face that is kept', () => {
    const past = [created('new'), updated(mobileFace('new'), { expiry: soon })];
    expect(wordsOf(revertOf(past, [mobileFace('new', { expiry: soon })], { activated: 'keep' }))).toEqual([
      `update new ACTIVE ${old.expiry}`,
    ]);
  });
});

describe('what cannot be undone', () => {
  it('is a delete or a replace: the plan names the user and what to do, and leaves the new face alone', () => {
    const gone = revertOf([deleted(old)], []);
    expect([wordsOf(gone), codesOf(gone)]).toEqual([[], ['CANNOT_BE_REVERTED']]);
    const made = revertOf([replaced(old, 'new')], [mobileFace('new')]);
    expect([wordsOf(made), codesOf(made)]).toEqual([[], ['CANNOT_BE_REVERTED']]);
    expect(codesOf(revertOf([replaced(old, 'new')], []))).toEqual(['CANNOT_BE_REVERTED']);
    expect(made.diagnostics[0]).toMatchObject({
      summary: expect.stringContaining('"amy"'),
      detail: expect.stringContaining('--replace amy/mobile'),
    });
  });

  it('is not a delete whose face is there all the same', () => {
    const made = revertOf([deleted(old, { certainty: 'possible' })], [old]);
    expect([wordsOf(made), codesOf(made)]).toEqual([[], []]);
  });

  it('is not the first half of a replace: while the old face is there, the new one goes', () => {
    expect(wordsOf(revertOf([replaced(old, 'new')], [mobileFace('new'), old]))).toEqual(['delete new']);
  });
});

describe('a change that did not end as applied', () => {
  const failed = { certainty: 'failed' } as const;
  const unknown = { certainty: 'unknown' } as const;
  const short = { ...old, expiry: soon };

  it.each([
    ['an update', updated(old, { expiry: soon }, failed), [short]],
    ['a create whose face is there', created('new', failed), [mobileFace('new')]],
    ['a create of which nothing is known', created(undefined, unknown), []],
    ['a delete', deleted(old, failed), []],
    ['a replace without its old face', replaced(old, undefined, failed), []],
    ['a replace with its new face', replaced(old, 'new', failed), [old, mobileFace('new')]],
  ])('undoes nothing, and is named where it may have been carried out: %s', (_, change, faces) => {
    const made = revertOf([change], faces);
    expect([wordsOf(made), codesOf(made)]).toEqual([[], ['OUTCOME_UNCERTAIN']]);
  });

  it.each([
    ['an update', updated(old, { expiry: soon }, failed), [old]],
    ['an update of a face that is gone', updated(old, { expiry: soon }, failed), []],
    ['a create', created(undefined, failed), []],
    ['a delete', deleted(old, unknown), [old]],
    ['a replace', replaced(old, undefined, failed), [old]],
  ])('is not named where it has left nothing behind: %s', (_, change, faces) => {
    expect(codesOf(revertOf([change], faces))).toEqual([]);
  });
});

describe('the plan that undoes', () => {
  const bob = { uuid: 'uuid-bob', login: 'bob' };
  const ofBob = updated(old, { expiry: soon }, { user: bob });

  it('reads the users by UUID, each once, and those under protection', () => {
    const past = { tenant, changes: [ofBob, ofBob, created('x')] };
    expect(usersToRevert(past, { protect: protecting('vip') }).map(({ by, value }) => `${by} ${value}`)).toEqual([
      'uuid uuid-bob',
      'uuid uuid-amy',
      'login vip',
    ]);
  });

  it('is incomplete where a user could not be read, and names one who is gone', () => {
    const reason = { code: 'timeout', message: 'GET: timed out' } as const;
    const unread = revertOf([ofBob, ofBob], [], { others: { 'uuid:uuid-bob': { presence: 'unknown', reason } } });
    expect(unread).toMatchObject({ complete: false, users: 1, unknown: [{ key: 'uuid:uuid-bob', reason }] });
    expect(codesOf(revertOf([ofBob], [], { others: { 'uuid:uuid-bob': { presence: 'absent' } } }))).toEqual([
      'CHANGED_SINCE',
    ]);
  });

  it('has one change of a face whose user the record names in two ways', () => {
    const twice = [created('new'), created('new', { user: { uuid: 'UUID-AMY', login: 'amy' } })];
    const made = revertOf(twice, [mobileFace('new')], {
      others: { 'uuid:UUID-AMY': found('amy', [mobileFace('new')]) },
    });
    expect(wordsOf(made)).toEqual(['delete new']);
  });

  it('keeps the budgets and protections of the files it is given', () => {
    const desired = {
      protect: protecting('amy', 'nobody'),
      budgets: { ...usualBudgets, delete: { unit: 'count', value: 0 } },
    } as const;
    const made = revertOf([created('new')], [mobileFace('new')], {
      desired,
      others: { amy: found('amy', [mobileFace('new')]), nobody: { presence: 'absent' } },
    });
    expect(made.protected).toEqual([{ key: 'amy/mobile', action: 'delete' }]);
    expect(made.budgets).toContainEqual({ budget: 'delete', used: 1, allowed: 0, limit: '0' });
    expect(codesOf(made)).toEqual(['USER_NOT_FOUND']);
  });
});
