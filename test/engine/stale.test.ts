import { describe, expect, it } from 'vitest';
import { findStale } from '../../src/engine/stale.ts';
import { desire, found, liveOf, mobile, mobileFace, plan, present } from './world.ts';

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
  it('are none where nothing has changed, and a user who cannot be read is left to the writing', async () => {
    const faces = (uuid: string) => Promise.resolve(uuid === 'uuid-amy' ? [] : undefined);
    expect(await findStale(both, faces, 2)).toBeUndefined();
  });
});
