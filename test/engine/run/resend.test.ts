import { describe, expect, it } from 'vitest';
import { resendsByName, resendsToWaiting } from '../../../src/engine/run/resend.ts';
import { resendToUser } from '../../../src/engine/run/resend-user.ts';
import type { Face } from '../../../src/model/face.ts';
import type { Resend } from '../../../src/model/shown/resend.ts';
import { LocalError, TenantError } from '../../../src/model/failure.ts';
import type { TenantResender } from '../../../src/model/tenant.ts';
import {
  absent,
  day,
  desire,
  found,
  fromNow,
  liveOf,
  mobile,
  mobileFace,
  now,
  plan,
  present,
  web,
  webFace,
} from '../../support/engine/world.ts';

const user = { uuid: 'uuid-amy', login: 'amy' };
const pending = (id: string, more: Partial<Face> = {}): Face => mobileFace(id, { status: 'NEW', ...more });
const resend = (id: string): Resend => ({
  action: 'resend',
  key: `amy/${id}`,
  user,
  face: pending(id),
  annotations: {},
});

describe('whom to mail by name', () => {
  const users = [{ by: 'login', value: 'amy', key: 'amy' }] as const;
  const named = (faces: readonly Face[]) =>
    resendsByName({
      users,
      live: liveOf({ amy: found('amy', faces) }),
      tenant: { kind: 'origin', origin: 'https://acme.example' },
    });

  it('is each face that waits, the oldest first, those of unknown age last', () => {
    const { created: _, ...undated } = pending('c');
    const faces = [
      undated,
      { ...undated, id: 'e', serialNumber: '1-e' },
      pending('b', { created: fromNow(-day) }),
      pending('a', { created: fromNow(-day) }),
      mobileFace('d'),
      { ...undated, id: 'f', serialNumber: '1-f' },
    ];
    expect(named(faces).resends.map(({ key }) => key)).toEqual(['amy/1-a', 'amy/1-b', 'amy/1-c', 'amy/1-e', 'amy/1-f']);
  });

  it('is nobody who is not there or could not be read, and that is told', () => {
    const reason = { code: 'server-error', message: '500' } as const;
    const others = ['bob', 'cyd'].map((key) => ({ by: 'login' as const, value: key, key }));
    const live = liveOf({ bob: { presence: 'absent' }, cyd: { presence: 'unknown', reason } });
    const made = resendsByName({ users: others, live, tenant: { kind: 'origin', origin: 'https://acme.example' } });
    expect(made).toMatchObject({ resends: [], complete: false, unknown: [{ key: 'cyd' }] });
    expect(made.diagnostics).toMatchObject([{ code: 'USER_NOT_FOUND' }]);
  });

  it('is an error where nothing waits, which tells what there is', () => {
    expect(named([]).diagnostics[0]?.summary).toMatch(/the user has no face$/);
    expect(named([mobileFace('a')]).diagnostics[0]?.summary).toMatch(/the faces are ACTIVE$/);
  });
});

describe('whom to mail of those who wait', () => {
  const desired = desire([present('amy', mobile())]);
  const waitingFor = (face: Face) => {
    const made = plan(desired, liveOf({ amy: found('amy', [face]) }));
    return resendsToWaiting({ plan: made, desired, longerThan: 3 * day, now });
  };

  it('is nobody whose entry asks for no e-mail, for no face, or whose face is no longer waiting', () => {
    const face = pending('a', { created: fromNow(-9 * day) });
    const silent = present('amy', { ...mobile(), flow: 'mobile', activation: { email: false, qrCode: false } });
    const entries = [
      [silent, face],
      [absent('amy'), face],
      [present('amy', mobile()), mobileFace('a', { status: 'REVIEW', created: fromNow(-9 * day) })],
      [present('amy', web()), webFace('a', 'applicant-1', { status: 'NEW', created: fromNow(-9 * day) })],
    ] as const;
    for (const [entry, of] of entries) {
      const wished = desire([entry]);
      const made = plan(wished, liveOf({ amy: found('amy', [of]) }));
      expect(resendsToWaiting({ plan: made, desired: wished, longerThan: 0, now }).resends).toEqual([]);
    }
  });

  it('is who has waited for so long, at his place in the files', () => {
    expect(waitingFor(pending('a', { created: fromNow(-3 * day) })).resends).toMatchObject([{ place: { line: 7 } }]);
    expect(waitingFor(pending('a', { created: fromNow(1 - 3 * day) })).resends).toEqual([]);
  });

  it('is nobody of whom the tenant does not say since when, and that is told', () => {
    const { created: _, ...undated } = pending('a');
    const { resends, diagnostics } = waitingFor(undated);
    expect({ resends, codes: diagnostics.map(({ code }) => code) }).toEqual({
      resends: [],
      codes: ['WAITING_SINCE_UNKNOWN'],
    });
  });

  it('is somebody without a place where the plan has none', () => {
    const made = plan(desired, liveOf({ amy: found('amy', [pending('a', { created: fromNow(-9 * day) })]) }));
    const changes = made.changes.map(({ place: _, ...change }) => change);
    const { resends } = resendsToWaiting({ plan: { ...made, changes }, desired, longerThan: 0, now });
    expect(resends).toHaveLength(1);
    expect(resends[0]?.place).toBeUndefined();
  });
});

describe('one user', () => {
  const tenantOf = (readFaces: TenantResender['readFaces']): TenantResender => ({
    readLive: () => Promise.reject(new Error('not here')),
    readTouched: () => Promise.reject(new Error('not here')),
    readEverybody: () => Promise.reject(new Error('not here')),
    readProfile: () => Promise.reject(new Error('not here')),
    readFaces,
    readFaceSettings: () => Promise.reject(new Error('not here')),
    resendActivation: () => Promise.resolve(),
  });
  const outcome = async (error: Error): Promise<unknown> =>
    resendToUser(
      'uuid-amy',
      [resend('a')],
      tenantOf(() => Promise.reject(error)),
    );

  it('who is gone is mailed nothing', async () => {
    expect(await outcome(new TenantError('refused', { status: 404, message: 'gone' }))).toMatchObject([
      { state: 'stale' },
    ]);
  });

  it('who cannot be read is mailed nothing, and that is certain', async () => {
    expect(await outcome(new TenantError('unanswered', { message: 'silence' }))).toMatchObject([{ state: 'failed' }]);
  });

  it('whose face no longer waits is mailed nothing', async () => {
    const tenant = tenantOf(() => Promise.resolve([mobileFace('a'), pending('b')]));
    const ended = await resendToUser('uuid-amy', [resend('a'), resend('b')], tenant);
    expect(ended.map(({ state }) => state)).toEqual(['stale', 'applied']);
  });

  it.each(['readFaces', 'resendActivation'] as const)('lets a bug through: %s', async (method) => {
    const bug = new Error('a bug');
    const tenant = { ...tenantOf(() => Promise.resolve([pending('a')])), [method]: () => Promise.reject(bug) };
    await expect(resendToUser('uuid-amy', [resend('a')], tenant)).rejects.toBe(bug);
  });

  it('that could not be sent for an error of this machine has failed', async () => {
    const resendActivation = () => Promise.reject(new LocalError('the disk is full'));
    const tenant = { ...tenantOf(() => Promise.resolve([pending('a')])), resendActivation };
    expect(await resendToUser('uuid-amy', [resend('a')], tenant)).toMatchObject([
      { state: 'failed', refusal: { message: 'the disk is full' } },
    ]);
  });

  it.each([
    ['refused', 'failed'],
    ['unanswered', 'unknown'],
  ] as const)('whose e-mail was %s ends as %s', async (kind, state) => {
    const resendActivation = () => Promise.reject(new TenantError(kind, { message: 'x' }));
    const tenant = { ...tenantOf(() => Promise.resolve([pending('a')])), resendActivation };
    expect(await resendToUser('uuid-amy', [resend('a')], tenant)).toMatchObject([{ state }]);
  });
});
