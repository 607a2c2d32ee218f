import { describe, expect, it } from 'vitest';
import { defaultReadings, readingChoices, type Readings } from '../../src/sandbox/index.ts';
import { caller, textAt } from './caller.ts';

const start = Date.parse('2026-06-01T09:00:00.250Z');
const later = '2030-01-01T00:00:00Z';

async function session(readings: Partial<Readings>) {
  const { sandbox, call, id } = await caller({
    seed: { users: [{ login: 'alice' }] },
    clock: () => start,
    readings,
  });
  const faces = `/api/web/v1/users/${id('alice')}/faces`;
  return {
    tenant: sandbox.tenant,
    create: async (body: unknown) =>
      (await call('POST', faces.replace('v1', 'v2').replace('faces', 'face'), body)).body,
    update: (body: unknown) => call('PUT', faces.replace('faces', 'face'), body),
    list: async () => (await call('GET', faces)).body,
  };
}

describe('the readings', () => {
  it('by default take the first choice of each', () => {
    const first = Object.entries(readingChoices).map(([name, choices]) => [name, choices[0]]);
    expect(defaultReadings).toEqual(Object.fromEntries(first));
  });

  it.each([
    ['true', [{ mobile: true }]],
    ['false', [{ mobile: false }]],
    ['missing', [{ mobile: null }]],
  ] as const)('let a waiting mobile face show %s', async (pendingMobile, shown) => {
    const { tenant, list } = await session({ pendingMobile });
    tenant.addFace('alice', { status: 'NEW' });
    expect(await list()).toMatchObject(shown);
  });

  it('let a token face bear an applicant', async () => {
    const { create, list } = await session({ tokenApplicant: 'present' });
    const made = await create({ encryptedBiometricToken: { customerUserId: 'c', encryptedBiometricToken: 'YQ==' } });
    expect(textAt(made, 'applicantId')).not.toBe('');
    expect(textAt(await list(), '0.applicantId')).toBe(textAt(made, 'applicantId'));
  });

  it.each([
    ['merge', { status: 'ACTIVE' }, { expiry: '2026-11-28T09:00:00Z', status: 'ACTIVE' }],
    ['merge', { expiry: later }, { expiry: later, status: 'ACTIVE' }],
    ['replace', { status: 'ACTIVE' }, { expiry: null, status: 'ACTIVE' }],
    ['replace', { expiry: later }, { expiry: later, status: 'ACTIVATING' }],
  ] as const)('let an update %s what %j omits', async (put, update, after) => {
    const { tenant, list, update: send } = await session({ put });
    const { id } = tenant.addFace('alice', { status: 'ACTIVE' });
    await send({ id, ...update });
    expect(await list()).toMatchObject([after]);
  });

  it.each([
    ['yes', { expiry: later }, 'ACTIVE'],
    ['no', { expiry: later }, 'EXPIRED'],
    ['no', { expiry: later, status: 'ACTIVE' }, 'ACTIVE'],
  ] as const)('let a moved expiry revive: %s, %j', async (expiryRevives, update, status) => {
    const { tenant, list, update: put } = await session({ expiryRevives });
    const { id } = tenant.addFace('alice', { expiry: '2026-05-01T00:00:00Z' });
    expect(await list()).toMatchObject([{ status: 'EXPIRED' }]);
    await put({ id, ...update });
    expect(await list()).toMatchObject([{ status, expiry: later }]);
  });

  it('let an expired face stay ACTIVE', async () => {
    const { tenant, list } = await session({ expiredStatus: 'left-active' });
    tenant.addFace('alice', { expiry: '2026-05-01T00:00:00Z' });
    expect(await list()).toMatchObject([{ status: 'ACTIVE', expiry: '2026-05-01T00:00:00Z' }]);
  });

  it('let dates have milliseconds and an offset', async () => {
    const { tenant, list } = await session({ dates: 'offset' });
    tenant.addFace('alice');
    expect(await list()).toMatchObject([{ created: '2026-06-01T09:00:00.250+0000' }]);
  });

  it.each([
    ['webInitial', 'REVIEW', { applicantId: 'a' }],
    ['webInitial', 'ACTIVATING', { applicantId: 'a' }],
    ['mobileInitial', 'NEW', { returnQRCode: true }],
  ] as const)('let %s be %s', async (name, status, body) => {
    const { create } = await session({ [name]: status });
    expect(await create(body)).toMatchObject({ status });
  });
});
