import { describe, expect, it } from 'vitest';
import { LocalError } from '../../../src/model/failure.ts';
import { amy, keeping } from '../../support/engine/apply-run.ts';
import { mobile, mobileFace, present, token } from '../../support/engine/world.ts';

const full = new LocalError('no space is left on the disk');
const replaced = () =>
  amy([present('amy', mobile(), { serialNumber: '1-a' })], [mobileFace('a')], 'keep', ['amy/mobile']);

describe('an error of this machine', () => {
  it('leaves a create unsent whose token it cannot read', async () => {
    const { tenant, run } = amy([present('amy', token())], []);
    expect(await run({ readToken: () => Promise.reject(full) })).toMatchObject([
      { state: 'failed', refusal: { message: 'no space is left on the disk' } },
    ]);
    expect(tenant.calls).toEqual([]);
  });

  it('is the failure of the change whose activation it cannot keep, and not of the others', async () => {
    const { run } = amy([present('amy', mobile(), { label: 'one' }), present('amy', token())], []);
    const ended = await run({
      activations: keeping(({ create }) => (create.flow === 'mobile' ? Promise.reject(full) : Promise.resolve())),
    });
    expect(ended.map(({ state }) => state)).toEqual(['failed', 'applied']);
  });

  it('in mid-change says what had been done by then', async () => {
    const message = 'the old face is deleted, but then: no space is left on the disk';
    expect(await replaced().run({ activations: keeping(() => Promise.reject(full)) })).toMatchObject([
      { state: 'failed', refusal: { message } },
    ]);
  });

  it('before a delete leaves the rest of a replace undone, and says so in its own words', async () => {
    const { tenant, run } = replaced();
    tenant.trouble.deleteFace = [full];
    expect(await run()).toMatchObject([{ state: 'failed', refusal: { message: full.message } }]);
    expect(tenant.calls).not.toContainEqual(expect.stringContaining('createFace'));
  });
});
