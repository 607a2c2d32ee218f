import { describe, expect, it } from 'vitest';
import type { Face } from '../../../src/model/face.ts';
import { later } from '../../support/engine/apply-run.ts';
import { fresh, inCompany, left, type Company } from '../../support/engine/company.ts';
import { fromNow, mobile, mobileFace, now, present, web, webFace } from '../../support/engine/world.ts';

const two = [present('amy', mobile(), { label: '1' }), present('amy', mobile(), { label: '2' })];

/** A run that plans one of two faces, since another run has just made the first; that run makes a second one, too. */
function plannedBeside(first: Face, second: Face): Company {
  const company = inCompany(two, { faces: [first] });
  company.tenant.born = { status: 'NEW', mobile: true };
  company.at(1, company.comes(second));
  return company;
}

describe('a run that planned when another had made one face of two', () => {
  it('keeps its own where it is among the first two, for the other run takes back the last', async () => {
    const company = plannedBeside(fresh('z', now), fresh('a', now));
    company.at(4, company.goes('z'));
    expect((await company.run()).states).toEqual(['applied create']);
    expect(left(company)).toEqual(['new-1', 'a']);
  });

  it('takes its own back where both of the other run are before it', async () => {
    const company = plannedBeside(fresh('a', now), fresh('b', now));
    expect((await company.run()).states).toEqual(['stale create']);
    expect(left(company)).toEqual(['a', 'b']);
  });

  it('tells of three faces where nobody takes one back, and names those that it does not know', async () => {
    const company = plannedBeside(mobileFace('a'), fresh('z', fromNow(1)));
    const message: unknown = expect.stringMatching(/^face new-1 is there, and so is z, which/);
    expect((await company.run()).outcomes).toMatchObject([
      { state: 'failed', refusal: { problem: 'DUPLICATE_FACE', message } },
    ]);
  });
});

describe('a face that another run has made in place of this one’s', () => {
  const entries = [present('amy', web('x')), present('amy', mobile(later))];

  it('makes the change stale if it is gone when the faces are read again', async () => {
    const company = inCompany(entries, { faces: [mobileFace('a')] });
    company.comes(webFace('n', 'x'))();
    company.tenant.others.updateFace = [company.goes('n')];
    const note = 'the face that somebody else created is gone again';
    expect((await company.run()).outcomes).toMatchObject([{ state: 'applied' }, { state: 'stale', note }]);
  });

  it('is already done if it stays', async () => {
    const company = inCompany(entries, { faces: [mobileFace('a')] });
    company.comes(webFace('n', 'x'))();
    expect((await company.run()).outcomes).toMatchObject([{ state: 'applied' }, { state: 'already', faceId: 'n' }]);
  });
});
