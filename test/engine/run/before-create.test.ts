import { describe, expect, it } from 'vitest';
import type { Face } from '../../../src/model/face.ts';
import { later } from '../../support/engine/apply-run.ts';
import { fresh, inCompany, left, type Company } from '../../support/engine/company.ts';
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
  webFace,
} from '../../support/engine/world.ts';

const one = [present('amy', mobile())];

describe('a create that is due more than a second after the user was read', () => {
  const due = (other: Face | undefined, tokenMs = 1500): Company => {
    const company = inCompany([present('amy', token(later))], { tokenMs });
    if (other !== undefined) company.at(1, company.comes(other));
    return company;
  };
  const creates = ({ tenant }: Company): number => tenant.calls.filter((call) => call.startsWith('createFace')).length;

  it('is not sent where its face is there by now: its change is done already', async () => {
    const company = due(tokenFace('b', { expiry: fromNow(400 * day) }));
    const { outcomes, emails } = await company.run();
    expect(outcomes).toMatchObject([{ state: 'already', faceId: 'b' }]);
    expect({ creates: creates(company), emails }).toEqual({ creates: 0, emails: 0 });
  });
  it('gives the face that is there the expiry that was to follow', async () => {
    const company = due(tokenFace('b'));
    expect((await company.run()).states).toEqual(['applied create']);
    expect(company.tenant.faces).toMatchObject([{ id: 'b', expiry: fromNow(400 * day) }]);
  });
  it.each([
    ['another kind', [mobileFace('b')]],
    ['the kind that is no longer in use', [tokenFace('b', { status: 'DISABLED' })]],
  ])('is stale where a new face is of %s', async (_, [other]) => {
    const company = due(other);
    expect((await company.run()).states).toEqual(['stale create']);
    expect(creates(company)).toBe(0);
  });
  it('is stale where two new faces are there', async () => {
    const company = due(tokenFace('b'));
    company.at(1, company.comes(tokenFace('c')));
    expect((await company.run()).states).toEqual(['stale create']);
    expect(creates(company)).toBe(0);
  });
  it('is sent where nothing has come', async () => {
    const company = due(undefined);
    expect((await company.run()).states).toEqual(['applied create']);
    expect(company.tenant.calls.slice(0, 3)).toEqual(['readFaces', 'readFaces', 'createFace token t0ken']);
  });
  it.each([
    ['refused', refused()],
    ['not answered', unanswered()],
  ])('is not sent where reading the user again is %s, so that nothing is in doubt', async (_, trouble) => {
    const company = due(undefined);
    company.tenant.trouble.readFaces = [undefined, trouble];
    expect((await company.run()).states).toEqual(['failed create']);
    expect(creates(company)).toBe(0);
  });
  it('leaves the old face of a replace where a new face of another kind is there', async () => {
    const faces = [tokenFace('old')];
    const company = inCompany([present('amy', token())], { faces, renew: ['amy/token'], tokenMs: 1500 });
    company.at(1, company.comes(mobileFace('b')));
    expect((await company.run()).states).toEqual(['stale replace']);
    expect(left(company)).toEqual(['old', 'b']);
  });
  it('is sent after five readings more where each of them is too old when its turn has come', async () => {
    const company = due(undefined, 0);
    company.tenant.now = () => Infinity;
    expect((await company.run()).states).toEqual(['applied create']);
    const before = company.tenant.calls.slice(0, company.tenant.calls.indexOf('createFace token t0ken'));
    expect(before).toEqual(Array.from({ length: 6 }, () => 'readFaces'));
  });
  it('is sent without another reading where it is due within the second', async () => {
    const company = due(undefined, 1000);
    await company.run();
    expect(company.tenant.calls.slice(0, 2)).toEqual(['readFaces', 'createFace token t0ken']);
  });
});

describe('a create that the tenant puts off', () => {
  it('is done already where a face has come before it could be sent again', async () => {
    const company = inCompany(one);
    company.tenant.createFace = () => Promise.resolve({ face: mobileFace('b'), via: 'found' });
    const { outcomes, emails } = await company.run();
    expect(outcomes).toMatchObject([{ state: 'already', faceId: 'b' }]);
    expect(emails).toBe(0);
    expect(company.slept).toEqual([]);
  });
});

describe('a create that is refused', () => {
  const refusedWith = (other: Face): Company => {
    const company = inCompany(one);
    company.tenant.trouble.createFace = [refused()];
    company.tenant.others.createFace = [company.comes(other)];
    return company;
  };
  it('is done already where a new face is what it would have made', async () => {
    const { outcomes, emails } = await refusedWith(fresh('b', now)).run();
    expect(outcomes).toMatchObject([{ state: 'already', faceId: 'b' }]);
    expect(emails).toBe(0);
  });
  it('has failed where the new face is another', async () => {
    expect((await refusedWith(webFace('b')).run()).states).toEqual(['failed create']);
  });
  it('has failed for its own reason where the user cannot be read', async () => {
    const company = refusedWith(fresh('b', now));
    company.tenant.trouble.readFaces = [undefined, unanswered()];
    expect((await company.run()).outcomes).toMatchObject([{ state: 'failed', refusal: refused().refusal }]);
  });
  it('hides no bug', async () => {
    const company = refusedWith(fresh('b', now));
    company.tenant.trouble.readFaces = [undefined, new RangeError('bug')];
    await expect(company.run()).rejects.toThrow('bug');
  });
});

describe('a replace that deletes first', () => {
  const failed = [present('amy', mobile(), { replaceOn: new Set(['FAILED'] as const) })];
  const replacing = (): Company => inCompany(failed, { faces: [mobileFace('old', { status: 'FAILED' })] });

  it('reads the user between the delete and the create', async () => {
    const company = replacing();
    expect((await company.run()).states).toEqual(['applied replace']);
    expect(company.tenant.calls.slice(0, 4)).toEqual(['readFaces', 'deleteFace old', 'readFaces', 'createFace mobile']);
  });
  it('says that it deleted the old face where somebody else creates another just then', async () => {
    const company = replacing();
    company.tenant.others.readFaces = [undefined, company.comes(webFace('w'))];
    const { outcomes, states } = await company.run();
    expect(states).toEqual(['stale replace']);
    expect(JSON.stringify(outcomes)).toContain('the old face is deleted, and no new one was created');
    expect(company.tenant.calls).toEqual(['readFaces', 'deleteFace old', 'readFaces']);
  });
  it('creates nothing where the old face was gone already, since somebody else is at it', async () => {
    const company = replacing();
    company.tenant.others.deleteFace = [company.goes('old')];
    expect((await company.run()).states).toEqual(['stale replace']);
    expect(company.tenant.calls).toEqual(['readFaces', 'deleteFace old', 'readFaces']);
  });
  it('creates nothing where the new face has come by then', async () => {
    const company = replacing();
    company.tenant.others.deleteFace = [company.comes(fresh('b', now))];
    const { states, emails } = await company.run();
    expect({ states, emails }).toEqual({ states: ['applied replace'], emails: 0 });
    expect(left(company)).toEqual(['b']);
  });
  it('creates nothing where another face has come by then', async () => {
    const company = replacing();
    company.tenant.others.deleteFace = [company.comes(webFace('b'))];
    expect((await company.run()).states).toEqual(['stale replace']);
    expect(left(company)).toEqual(['b']);
  });
});

it('a delete whose face another run has deleted just then is done already, so that two runs never count it twice', async () => {
  const company = inCompany([absent('amy', { flow: 'mobile' })], { faces: [mobileFace('old')] });
  company.tenant.others.deleteFace = [company.goes('old')];
  expect((await company.run()).states).toEqual(['already delete']);
});
