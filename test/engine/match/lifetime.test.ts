import { describe, expect, it } from 'vitest';
import type { Face } from '../../../src/model/face.ts';
import { amy, states } from '../../support/engine/apply-run.ts';
import { claims } from '../../support/engine/claims.ts';
import { refused } from '../../support/engine/memory-tenant.ts';
import { day, fromNow, mobile, mobileFace, planOne, present } from '../../support/engine/world.ts';

const aged = (id: string, days: number, more: Partial<Face> = {}): Face =>
  mobileFace(id, { created: fromNow(-days * day), ...more });
const entry = present('amy', mobile({ rule: 'lifetime', seconds: 30 * day }), { replaceOn: new Set(['EXPIRED']) });

describe('a face past the lifetime of its entry', () => {
  it('is expired for that entry, whatever its status and its own expiry', () => {
    for (const status of ['ACTIVE', 'DISABLED', 'NEW', 'ACTIVATING', 'REVIEW']) {
      const [change] = planOne(entry, [aged('1', 31, { status })]).changes;
      expect(change).toMatchObject({ action: 'replace', reason: 'replace_because_expired' });
    }
    const patient = { ...entry, replaceOn: new Set<never>() };
    expect(planOne(patient, [aged('1', 31, { status: 'NEW' })]).changes[0]).toMatchObject({
      action: 'no-op',
      reason: 'no_op_because_expired',
      standing: { state: 'attention', since: fromNow(-day) },
    });
  });
  it.each([
    ['stands back behind one that waits', [aged('1', 31), aged('2', 1, { status: 'ACTIVATING' })], '2'],
    ['stands back behind a disabled one', [aged('1', 31), aged('2', 1, { status: 'DISABLED' })], '2'],
    ['stands back behind a newer one that is past it, too', [aged('1', 400), aged('2', 31)], '2'],
    ['comes before one that has failed', [aged('1', 31), aged('2', 1, { status: 'FAILED' })], '1'],
  ])('%s', (_, faces, claimed) => {
    expect(claims([entry], faces)['amy/mobile']).toBe(claimed);
  });
  it('stays the healthiest for an entry without a lifetime', () => {
    expect(claims([present('amy', mobile())], [aged('1', 31), aged('2', 1, { status: 'NEW' })])['amy/mobile']).toBe(
      '1',
    );
  });
  it.each([
    ['alone', [aged('1', 31)]],
    ['beside an older one', [aged('0', 400), aged('1', 31)]],
  ])('and %s is replaced once, though its deletion is refused', async (_, faces) => {
    const { tenant, run } = amy([entry], faces);
    tenant.born = { status: 'NEW', mobile: true };
    tenant.trouble.deleteFace = [refused()];
    expect(states(await run())).toEqual(['failed replace']);
    const again = amy([entry], tenant.faces);
    const reasons = new Set(again.plan.changes.map(({ reason }) => reason));
    expect(reasons).toEqual(new Set(['no_op_because_waiting', 'no_op_because_duplicate']));
  });
});
