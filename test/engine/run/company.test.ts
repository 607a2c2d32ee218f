import { describe, expect, it } from 'vitest';
import type { Face } from '../../../src/model/face.ts';
import { keeping, later } from '../../support/engine/apply-run.ts';
import { fresh, inCompany, left, type Company } from '../../support/engine/company.ts';
import { refused, unanswered } from '../../support/engine/memory-tenant.ts';
import {
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

const one = [present('amy', mobile())];
const two = [present('amy', mobile(), { label: '1' }), present('amy', mobile(), { label: '2' })];
const duplicate = { state: 'failed', refusal: { problem: 'DUPLICATE_FACE' } };
const deletions = ({ tenant }: Company): readonly string[] =>
  tenant.calls.filter((call) => call.startsWith('deleteFace'));

/** A run whose face is NEW and created at `now`, and another one that comes while it settles. */
function metBy(other: Face, entries = one): Company {
  const company = inCompany(entries);
  company.tenant.born = { status: 'NEW', mobile: true };
  company.at(1, company.comes(other));
  return company;
}

describe('a face that was there before this run’s', () => {
  it('makes the run take its own back, and say that another was first and that the link is dead', async () => {
    const dropped: string[] = [];
    const company = metBy(fresh('b', fromNow(-1)));
    const { outcomes, emails } = await company.run({
      activations: { ...keeping(() => Promise.resolve()), drop: ({ key }) => Promise.resolve(void dropped.push(key)) },
    });
    const note: unknown = expect.stringMatching(/created the face first; .* link in its activation e-mail is dead$/);
    expect(outcomes).toMatchObject([{ state: 'stale', note, email: 'sent' }]);
    expect({ left: left(company), emails, dropped }).toEqual({ left: ['b'], emails: 1, dropped: ['amy/mobile'] });
  });

  it('is decided about after the wait, by one reading, whether or not writes are read back', async () => {
    const company = metBy(fresh('b', fromNow(-1)));
    expect((await company.run({ verify: 'trust' })).states).toEqual(['stale create']);
    expect(company.slept).toEqual([3000]);
    const calls = ['readFaces', 'createFace mobile', 'readFaces', 'deleteFace new-0', 'readFaces'];
    expect(company.tenant.calls.slice(0, 5)).toEqual(calls);
  });

  it('has the smaller id where both were created in the same second', async () => {
    const smaller = metBy(fresh('a', now));
    expect((await smaller.run()).states).toEqual(['stale create']);
    const greater = metBy(fresh('z', now));
    greater.at(5, greater.goes('z'));
    expect((await greater.run()).states).toEqual(['applied create']);
  });

  it('may be an administrator’s, and in use already', async () => {
    const company = metBy(fresh('b', fromNow(-60), { status: 'ACTIVE' }));
    expect((await company.run()).states).toEqual(['stale create']);
    expect(left(company)).toEqual(['b']);
  });

  it.each(['DISABLED', 'EXPIRED', 'FAILED'])('counts for nothing where it is %s', async (status) => {
    const company = metBy(fresh('b', fromNow(-1), { status }));
    expect((await company.run()).states).toEqual(['applied create']);
  });

  it('makes a replace take its new face back, so that the old one stays until it is known', async () => {
    const company = inCompany(one, { faces: [mobileFace('old')], renew: ['amy/mobile'] });
    company.at(1, company.comes(fresh('b', fromNow(-1))));
    expect((await company.run()).states).toEqual(['stale replace']);
    expect(left(company)).toEqual(['old', 'b']);
  });

  it('leaves an unmatched face where it is, since nobody knows yet whether the plan still holds', async () => {
    const company = inCompany(one, { faces: [webFace('old', 'x')], unmatched: 'delete' });
    company.at(1, company.comes(fresh('b', fromNow(-1))));
    expect((await company.run()).states).toEqual(['stale create', 'stale delete']);
    expect(left(company)).toEqual(['old', 'b']);
  });

  it('says nothing of a link where no e-mail was sent', async () => {
    const company = inCompany([present('amy', web('x'))]);
    company.tenant.born = { status: 'ACTIVE', mobile: false, applicantId: 'x' };
    company.at(1, company.comes(webFace('b', 'x', { created: fromNow(-1) })));
    const { outcomes, emails } = await company.run();
    expect(outcomes).toMatchObject([{ state: 'stale', note: expect.not.stringContaining('e-mail') }]);
    expect(emails).toBe(0);
  });
});

describe('a user for whom the plan makes two faces of one kind', () => {
  it('keeps both beside one that comes later, which its run takes back', async () => {
    const company = metBy(fresh('z', fromNow(1)), two);
    company.at(4, company.goes('z'));
    expect((await company.run()).states).toEqual(['applied create', 'applied create']);
  });
  it('loses one to one that was there before', async () => {
    const company = metBy(fresh('b', fromNow(-1)), two);
    expect((await company.run()).states.toSorted()).toEqual(['applied create', 'stale create']);
    expect(left(company)).toEqual(['new-0', 'b']);
  });
  it('loses both to two that were there before, and not the face of another kind', async () => {
    const company = metBy(fresh('b', fromNow(-1)), [...two, present('amy', web('x'))]);
    company.at(1, company.comes(fresh('c', fromNow(-1))));
    company.tenant.others.createFace = [undefined, undefined, () => Object.assign(company.tenant.born, webBorn)];
    expect((await company.run()).states).toEqual(['stale create', 'stale create', 'applied create']);
    expect(left(company)).toEqual(['new-2', 'b', 'c']);
  });
});

const webBorn: Partial<Face> = { status: 'ACTIVE', mobile: false, applicantId: 'x' };

describe('a face that is never taken back, and so is told of as a duplicate', () => {
  it.each<readonly [string, (company: Company) => void]>([
    ['its answer was lost, and it was adopted', adopt],
    ['its user has activated it', turned('new-0', { status: 'ACTIVE' })],
    ['it has no `created`', ({ tenant }) => Object.assign(tenant.born, { created: undefined })],
    ['the other one has no `created`', turned('b', { created: undefined })],
    ['the other one came later', turned('b', { created: fromNow(1) })],
  ])('where %s', async (_, set) => {
    const company = metBy(fresh('b', fromNow(-1)));
    set(company);
    expect((await company.run()).outcomes).toMatchObject([{ ...duplicate, email: 'sent' }]);
    expect(deletions(company)).toEqual([]);
    expect(company.tenant.faces).toHaveLength(2);
  });

  it('where it may be either of two kinds that the plan makes', async () => {
    const company = inCompany([...one, present('amy', token())]);
    company.tenant.born = { status: 'NEW' };
    company.at(1, company.comes(tokenFace('b', { status: 'NEW', created: fromNow(-1) })));
    expect((await company.run()).outcomes).toMatchObject([duplicate, duplicate]);
    expect(deletions(company)).toEqual([]);
  });

  it('where a token’s face bears no applicant and the other one does, which may be a web face', async () => {
    const company = inCompany([present('amy', token())]);
    company.tenant.born = { status: 'ACTIVE', mobile: false };
    company.at(1, company.comes(webFace('b', 'x', { created: fromNow(-1) })));
    expect((await company.run()).outcomes).toMatchObject([duplicate]);
    expect(deletions(company)).toEqual([]);
  });

  it('but is where a token’s face looks like the other one', async () => {
    const company = inCompany([present('amy', token())]);
    company.tenant.born = { status: 'ACTIVE', mobile: false };
    company.at(1, company.comes(tokenFace('b', { created: fromNow(-1) })));
    expect((await company.run()).states).toEqual(['stale create']);
  });

  it('but is where its user has begun to activate it', async () => {
    const company = metBy(fresh('b', fromNow(-1)));
    company.at(2, company.turns('new-0', { status: 'ACTIVATING' }));
    expect((await company.run()).states).toEqual(['stale create']);
  });
});

function adopt({ tenant }: Company): void {
  const created = tenant.createFace.bind(tenant);
  tenant.createFace = async (request) => ({ ...(await created(request)), via: 'adopted' });
}

/** By the time of the decision. */
function turned(id: string, to: Partial<Face>): (company: Company) => void {
  return (company) => {
    company.at(2, company.turns(id, to));
  };
}

describe('a crowd of faces', () => {
  it.each([
    [3000, 10],
    [8000, 16],
  ])('is waited for until others take theirs back, with %i ms to settle: %i seconds', async (settleMs, seconds) => {
    const stays = metBy(fresh('z', fromNow(1)));
    const { outcomes } = await stays.run({ settleMs });
    const message: unknown = expect.stringMatching(/^face new-0 is there, and so is z, /);
    expect(outcomes).toMatchObject([{ state: 'failed', refusal: { problem: 'DUPLICATE_FACE', message } }]);
    expect(stays.slept).toEqual([settleMs, ...Array<number>(seconds).fill(1000)]);
    const goes = metBy(fresh('z', fromNow(1)));
    goes.at(settleMs / 1000 + seconds, goes.goes('z'));
    expect((await goes.run({ settleMs })).states).toEqual(['applied create']);
    expect(left(goes)).toEqual(['new-0']);
  });

  it('ends a replace before it deletes the old face', async () => {
    const company = inCompany(one, { faces: [mobileFace('old')], renew: ['amy/mobile'] });
    company.at(1, company.comes(fresh('z', fromNow(1))));
    expect((await company.run()).outcomes).toMatchObject([duplicate]);
    expect(left(company)).toEqual(['old', 'new-1', 'z']);
  });
});

describe('a new face that somebody has disabled', () => {
  it('makes its change stale', async () => {
    const company = inCompany(one);
    company.at(1, company.turns('new-0', { status: 'DISABLED' }));
    expect((await company.run()).states).toEqual(['stale create']);
  });
});

describe('a face that has to be taken back', () => {
  it.each([
    ['refused', refused(), 'failed'],
    ['not answered', unanswered(), 'unknown'],
  ])('and whose deletion is %s is told of as a duplicate', async (_, trouble, state) => {
    const company = metBy(fresh('b', fromNow(-1)));
    company.tenant.trouble.deleteFace = [trouble];
    const message: unknown = expect.stringMatching(/^another face was there before face new-0, /);
    expect((await company.run()).outcomes).toMatchObject([
      { state, refusal: { problem: 'DUPLICATE_FACE', message }, email: 'sent' },
    ]);
  });

  it('leaves the change unknown where nobody can read whether the other one stayed', async () => {
    const company = metBy(fresh('b', fromNow(-1)));
    company.tenant.trouble.readFaces = [undefined, undefined, refused()];
    expect((await company.run()).states).toEqual(['unknown create']);
    expect(left(company)).toEqual(['b']);
  });

  it('has failed where the other one has gone meanwhile', async () => {
    const company = metBy(fresh('b', fromNow(-1)));
    company.tenant.others.deleteFace = [company.goes('b')];
    expect((await company.run()).states).toEqual(['failed create']);
  });

  it('is unknown where the deciding reading fails, which says nothing of the user’s other changes', async () => {
    const company = inCompany([present('amy', mobile(later)), present('amy', web('x'))], { faces: [mobileFace('a')] });
    company.tenant.trouble.readFaces = [undefined, unanswered()];
    expect((await company.run()).states).toEqual(['applied update', 'unknown create']);
  });

  it('hides no bug', async () => {
    const deleting = metBy(fresh('b', fromNow(-1)));
    deleting.tenant.trouble.deleteFace = [new RangeError('bug')];
    await expect(deleting.run()).rejects.toThrow('bug');
    const reading = metBy(fresh('b', fromNow(-1)));
    reading.tenant.trouble.readFaces = [undefined, undefined, new RangeError('bug')];
    await expect(reading.run()).rejects.toThrow('bug');
    const deciding = inCompany(one);
    deciding.tenant.trouble.readFaces = [undefined, new RangeError('bug')];
    await expect(deciding.run()).rejects.toThrow('bug');
  });
});
