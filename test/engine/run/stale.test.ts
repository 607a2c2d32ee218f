import { describe, expect, it } from 'vitest';
import { findStale } from '../../../src/engine/run/stale.ts';
import { TenantError } from '../../../src/model/failure.ts';
import { desire, found, liveOf, mobile, mobileFace, plan, present } from '../../support/engine/world.ts';

describe('stale changes that must stop everything', () => {
  const both = plan(
    desire([present('amy', mobile()), present('bob', mobile())]),
    liveOf({ amy: found('amy', []), bob: found('bob', []) }),
  );
  it('are found before anything is written', async () => {
    const faces = (uuid: string) => Promise.resolve(uuid === 'uuid-amy' ? [mobileFace('a')] : []);
    expect(await findStale(both, faces, 2)).toMatchObject([
      { state: 'stale', change: { key: 'amy/mobile' } },
      { state: 'skipped', change: { key: 'bob/mobile' } },
    ]);
  });
  it('are none where nothing has changed', async () => {
    expect(await findStale(both, () => Promise.resolve([]), 2)).toBeUndefined();
  });

  it.each([
    [404, 'stale'],
    [500, 'failed'],
  ] as const)('include those of a user whose reading is answered with %i: %s', async (status, state) => {
    const faces = (uuid: string) =>
      uuid === 'uuid-bob' ? Promise.reject(new TenantError('refused', { status, message: 'no' })) : Promise.resolve([]);
    expect(await findStale(both, faces, 2)).toMatchObject([
      { state: 'skipped', change: { key: 'amy/mobile' } },
      { state, change: { key: 'bob/mobile' } },
    ]);
  });
});
