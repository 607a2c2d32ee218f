import { describe, expect, it } from 'vitest';
import { findStale } from '../../../src/engine/run/stale.ts';
import { TenantError } from '../../../src/model/failure.ts';
import { amy, later, states } from '../../support/engine/apply-run.ts';
import { refused, unanswered } from '../../support/engine/memory-tenant.ts';
import {
  absent,
  desire,
  found,
  liveOf,
  mobile,
  mobileFace,
  plan,
  present,
  web,
  webFace,
} from '../../support/engine/world.ts';

const going = { concurrency: 2, stop: () => undefined };

describe('stale changes that must stop everything', () => {
  const both = plan(
    desire([present('amy', mobile()), present('bob', mobile())]),
    liveOf({ amy: found('amy', []), bob: found('bob', []) }),
  );
  it('are found before anything is written', async () => {
    const faces = (uuid: string) => Promise.resolve(uuid === 'uuid-amy' ? [webFace('a')] : []);
    expect(await findStale(both, faces, going)).toMatchObject([
      { state: 'stale', change: { key: 'amy/mobile' } },
      { state: 'skipped', change: { key: 'bob/mobile' } },
    ]);
  });
  it('are none where nothing has changed, or some of it is done already', async () => {
    expect(await findStale(both, () => Promise.resolve([]), going)).toBeUndefined();
    expect(await findStale(both, () => Promise.resolve([mobileFace('a')]), going)).toBeUndefined();
  });

  it.each([
    [404, 'stale'],
    [500, 'failed'],
  ] as const)('include those of a user whose reading is answered with %i: %s', async (status, state) => {
    const faces = (uuid: string) =>
      uuid === 'uuid-bob' ? Promise.reject(new TenantError('refused', { status, message: 'no' })) : Promise.resolve([]);
    expect(await findStale(both, faces, going)).toMatchObject([
      { state: 'skipped', change: { key: 'amy/mobile' } },
      { state, change: { key: 'bob/mobile' } },
    ]);
  });

  it('are looked for no longer once the run is to stop', async () => {
    const read: string[] = [];
    const faces = (uuid: string) => {
      read.push(uuid);
      return Promise.resolve([]);
    };
    const stop = () => (read.length === 0 ? undefined : 'not started: SIGTERM');
    expect(await findStale(both, faces, { concurrency: 1, stop })).toMatchObject([
      { state: 'skipped', note: 'not started: SIGTERM' },
      { state: 'skipped', note: 'not started: SIGTERM' },
    ]);
    expect(read).toEqual(['uuid-amy']);
  });
});

describe('faces that changed since the plan', () => {
  it('make every change of the user stale', async () => {
    const { tenant, run } = amy([present('amy', mobile(later)), present('amy', web())], [mobileFace('a')]);
    tenant.faces = [mobileFace('a', { status: 'DISABLED' })];
    expect(states(await run({}, 'read-again'))).toEqual(['stale update', 'stale create']);
    expect(tenant.calls).toEqual(['readFaces']);
  });
  it('or that did not, are told apart by reading again', async () => {
    const { run } = amy([absent('amy')], [mobileFace('a')]);
    expect(states(await run({}, 'read-again'))).toEqual(['applied delete']);
  });
  it('or cannot be read, leave the changes unsent', async () => {
    const { tenant, run } = amy([absent('amy')], [mobileFace('a')]);
    tenant.trouble.readFaces = [refused(), unanswered()];
    expect(states(await run({}, 'read-again'))).toEqual(['failed delete']);
    expect(states(await run({}, 'read-again'))).toEqual(['failed delete']);
    expect(tenant.calls).toEqual(['readFaces', 'readFaces']);
  });
});

describe('a user who is gone since the plan', () => {
  it('makes their changes stale', async () => {
    const { tenant, run } = amy([absent('amy')], [mobileFace('a')]);
    tenant.trouble.readFaces = [new TenantError('refused', { status: 404, message: 'no such user' })];
    expect(states(await run({}, 'read-again'))).toEqual(['stale delete']);
  });
});

describe('an expiry that has passed since the plan', () => {
  it('is not sent, for it would end access at once', async () => {
    const { tenant, run } = amy([present('amy', mobile(later))], [mobileFace('a')]);
    const passed = { now: () => 1000 * (later.instant + 1) };
    expect(await run(passed)).toMatchObject([{ state: 'stale', note: expect.stringContaining('has passed') }]);
    expect(tenant.calls).toEqual([]);
  });
});
