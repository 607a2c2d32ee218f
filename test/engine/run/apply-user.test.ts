import { describe, expect, it } from 'vitest';
import { writingChanges } from '../../../src/model/plan.ts';
import { inOrder } from '../../../src/engine/run/apply-user.ts';
import { amy, later, states } from '../../support/engine/apply-run.ts';
import { refused, unanswered } from '../../support/engine/memory-tenant.ts';
import {
  absent,
  day,
  fromNow,
  mobile,
  mobileFace,
  now,
  present,
  token,
  tokenFace,
  web,
  webFace,
} from '../../support/engine/world.ts';

describe('a create', () => {
  it('is sent and read back', async () => {
    const { tenant, run } = amy([present('amy', mobile())], []);
    expect(await run()).toMatchObject([{ state: 'applied', faceId: 'new-0' }]);
    expect(tenant.calls).toEqual(['createFace mobile', 'readFaces']);
  });
  it('is followed by an update where an expiry is asked for and the face is active at once', async () => {
    const { tenant, run } = amy([present('amy', web('x', later))], []);
    expect(states(await run())).toEqual(['applied create']);
    expect(tenant.calls).toEqual(['createFace web', `updateFace new-0 ACTIVE ${now + 400 * day}`, 'readFaces']);
  });
  it.each([
    [{ status: 'REVIEW' }, later],
    [{ expiry: fromNow(400 * day) }, later],
    [{ created: fromNow(-2 * day) }, { rule: 'lifetime', seconds: day }],
  ] as const)('leaves the expiry to a later run where the face shows %o', async (born, rule) => {
    const { tenant, run } = amy([present('amy', web('x', rule))], []);
    tenant.born = born;
    expect(states(await run())).toEqual(['applied create']);
    expect(tenant.calls).toEqual(['createFace web', 'readFaces']);
  });
  it('sends the token that is read for it', async () => {
    const { tenant, run } = amy([present('amy', token())], []);
    expect(states(await run())).toEqual(['applied create']);
    expect(tenant.calls[0]).toBe('createFace token t0ken');
  });
  it('that was adopted after a lost answer says so', async () => {
    const { tenant, run } = amy([present('amy', web('x', later))], []);
    tenant.createFace = () => Promise.resolve({ face: tokenFace('adopted'), via: 'adopted' });
    tenant.faces = [tokenFace('adopted')];
    expect(await run()).toMatchObject([{ state: 'applied', faceId: 'adopted', note: expect.stringContaining('lost') }]);
  });
  it('whose expiry is refused has failed, and says that the face is there', async () => {
    const { tenant, run } = amy([present('amy', web('x', later))], []);
    tenant.trouble.updateFace = [refused()];
    expect(await run()).toMatchObject([
      { state: 'failed', refusal: { status: 409, message: expect.stringMatching(/created/) } },
    ]);
  });
});

describe('a face that is merely unmatched', () => {
  const entries = [present('amy', web())];
  const faces = [mobileFace('old')];

  it('goes once the new one is there', async () => {
    const { run } = amy(entries, faces, 'delete');
    expect(states(await run())).toEqual(['applied create', 'applied delete']);
  });

  it.each([
    ['refused', refused(), 'failed create'],
    ['not answered', unanswered(), 'unknown create'],
  ])('stays where the create is %s, so that nobody is left without a face', async (_, trouble, created) => {
    const { tenant, run } = amy(entries, faces, 'delete');
    tenant.trouble.createFace = [trouble];
    expect(states(await run())).toEqual([created, 'skipped delete']);
    expect(tenant.faces).toEqual(faces);
  });

  it.each(['delete', 'disable'] as const)('stays where a replace is refused, with unmatched: %s', async (unmatched) => {
    const { tenant, run } = amy([present('amy', mobile())], [mobileFace('a'), webFace('old')], unmatched, [
      'amy/mobile',
    ]);
    tenant.trouble.createFace = [refused()];
    expect(states(await run())).toEqual(['failed replace', `skipped ${unmatched}`]);
  });

  it('goes where only an update is refused, since no face is missing for it', async () => {
    const { tenant, run } = amy([present('amy', web('x', later))], [webFace('a', 'x'), mobileFace('old')], 'delete');
    tenant.trouble.updateFace = [refused()];
    expect(states(await run())).toEqual(['failed update', 'applied delete']);
  });
});

describe('a replace', () => {
  it('creates first', async () => {
    const { tenant, run } = amy([present('amy', mobile())], [mobileFace('a')], 'keep', ['amy/mobile']);
    expect(states(await run())).toEqual(['applied replace']);
    expect(tenant.calls).toEqual(['createFace mobile', 'readFaces', 'deleteFace a', 'readFaces']);
  });
  it('sets the expiry last, so that its refusal leaves no old face behind', async () => {
    const { tenant, run } = amy([present('amy', web('new', later))], [webFace('a', 'old')]);
    tenant.trouble.updateFace = [refused()];
    expect(states(await run())).toEqual(['failed replace']);
    expect(tenant.calls).toEqual([
      'createFace web',
      'readFaces',
      'deleteFace a',
      `updateFace new-1 ACTIVE ${now + 400 * day}`,
    ]);
  });
  it('creates nothing where nobody knows whether the old face is gone, and so has failed', async () => {
    const { tenant, run } = amy(
      [present('amy', mobile(), { replaceOn: new Set(['FAILED']) })],
      [mobileFace('a', { status: 'FAILED' })],
    );
    tenant.trouble.deleteFace = [unanswered(), refused()];
    expect(await run()).toMatchObject([
      { state: 'failed', refusal: { message: expect.stringMatching(/may be deleted, .* no answer$/) } },
    ]);
    expect(await run()).toMatchObject([{ state: 'failed', refusal: refused().refusal }]);
    expect(tenant.calls).toEqual(['deleteFace a', 'deleteFace a']);
  });
  it('keeps the old face where the create is refused', async () => {
    const { tenant, run } = amy([present('amy', mobile())], [mobileFace('a')], 'keep', ['amy/mobile']);
    tenant.trouble.createFace = [refused()];
    expect(states(await run())).toEqual(['failed replace']);
    expect(tenant.calls).toEqual(['createFace mobile', 'readFaces']);
  });
  it('deletes first at the maximum, and says so where the create fails then', async () => {
    const five = ['a', 'b', 'c', 'd', 'e'].map((id) => mobileFace(id));
    const { tenant, run } = amy([present('amy', mobile())], five, 'keep', ['amy/mobile']);
    tenant.trouble.createFace = [unanswered(), undefined];
    expect(await run()).toMatchObject([
      { state: 'unknown', refusal: { message: expect.stringMatching(/old face is deleted/) } },
    ]);
    expect(tenant.calls).toEqual(['deleteFace a', 'readFaces', 'createFace mobile']);
  });
  it('reads the token before it deletes', async () => {
    const { tenant, run } = amy([present('amy', token())], [tokenFace('a', { status: 'FAILED' })], 'keep', [
      'amy/token',
    ]);
    expect(states(await run({ readToken: () => Promise.reject(refused()) }))).toEqual(['failed replace']);
    expect(tenant.calls).toEqual([]);
    expect(states(await run())).toEqual(['applied replace']);
  });
});

describe('an update, a disable and a delete', () => {
  it('send the live expiry along, and no more', async () => {
    const { tenant, run } = amy([present('amy', mobile(), { enabled: false })], [mobileFace('a')]);
    expect(states(await run())).toEqual(['applied disable']);
    expect(tenant.calls).toEqual([`updateFace a DISABLED ${now + 170 * day}`, 'readFaces']);
    const { expiry: _, ...endless } = mobileFace('a');
    const other = amy([present('amy', mobile(), { enabled: false })], [endless]);
    await other.run();
    expect(other.tenant.calls[0]).toBe('updateFace a DISABLED -');
  });
  it('are applied', async () => {
    const updated = amy([present('amy', mobile(later))], [mobileFace('a')]);
    expect(states(await updated.run())).toEqual(['applied update']);
    const deleted = amy([absent('amy')], [mobileFace('a')]);
    expect(states(await deleted.run())).toEqual(['applied delete']);
    expect(deleted.tenant.faces).toEqual([]);
  });
});

describe('reading back', () => {
  it('waits for a write that shows late', async () => {
    const { tenant, slept, run } = amy([present('amy', mobile())], []);
    tenant.lateReadings = 2;
    expect(states(await run())).toEqual(['applied create']);
    expect(slept).toEqual([500, 1500]);
  });
  it.each([
    ['create', [present('amy', mobile())], [], []],
    ['delete', [absent('amy')], [mobileFace('a')], [mobileFace('a')]],
    ['update', [present('amy', mobile(later))], [mobileFace('a')], [mobileFace('a')]],
    ['disable', [present('amy', mobile(), { enabled: false })], [mobileFace('a')], [mobileFace('a')]],
  ] as const)('finds out a %s that was accepted and not done', async (action, entries, faces, after) => {
    const { tenant, slept, run } = amy(entries, faces);
    tenant.readFaces = () => Promise.resolve(after);
    expect(states(await run())).toEqual([`failed ${action}`]);
    expect(slept).toHaveLength(3);
  });
  it('that fails leaves the outcome unknown', async () => {
    const { tenant, run } = amy([present('amy', mobile())], []);
    tenant.trouble.readFaces = [unanswered()];
    expect(states(await run())).toEqual(['unknown create']);
  });
  it('can be left out', async () => {
    const { tenant, run } = amy([absent('amy')], [mobileFace('a')]);
    expect(states(await run({ verify: 'trust' }))).toEqual(['applied delete']);
    expect(tenant.calls).toEqual(['deleteFace a']);
  });
  it('does not hide a bug', async () => {
    const { tenant, run } = amy([absent('amy')], [mobileFace('a')]);
    tenant.trouble.readFaces = [new RangeError('bug')];
    await expect(run({}, 'read-again')).rejects.toThrow('bug');
    tenant.trouble.readFaces = [new RangeError('bug')];
    await expect(run()).rejects.toThrow('bug');
    tenant.trouble.deleteFace = [new RangeError('bug')];
    await expect(run()).rejects.toThrow('bug');
    const other = amy([present('amy', web('x', later))], []);
    other.tenant.trouble.updateFace = [new RangeError('bug')];
    await expect(other.run()).rejects.toThrow('bug');
  });
});

describe('a user’s changes', () => {
  const order = (count: number) => {
    const faces = [...Array(count).keys()].map((id) => webFace(`${id}`, `x${id}`));
    const made = amy([present('amy', mobile())], faces, 'delete');
    return inOrder(writingChanges(made.plan)).map(({ action }) => action);
  };
  it('create before they delete, so that nobody is left without a face', () => {
    expect(order(1)).toEqual(['create', 'delete']);
  });
  it('delete before they create at the maximum', () => {
    expect(order(5).at(0)).toBe('delete');
    expect(order(5).at(-1)).toBe('create');
  });
});
