import { describe, expect, it } from 'vitest';
import { faceStatuses } from '../../src/sandbox/state/seed.ts';
import { seedUsers, type FaceStatus } from '../../src/sandbox/index.ts';
import { caller, textAt, type Caller } from './caller.ts';

const start = Date.parse('2026-06-01T09:00:00.250Z');
const options = { seed: seedUsers(2), clock: () => start } as const;
const day = 86_400_000;

const create = ({ call, id }: Caller, body: unknown) => call('POST', `/api/web/v2/users/${id('user0')}/face`, body);
const list = ({ call, id }: Caller) => call('GET', `/api/web/v1/users/${id('user0')}/faces`);
const update = ({ call, id }: Caller, body: unknown) => call('PUT', `/api/web/v1/users/${id('user0')}/face`, body);
const token = { encryptedBiometricToken: { customerUserId: 'c-1', encryptedBiometricToken: 'c2VjcmV0' } };

describe('creating a mobile face', () => {
  it('returns the activation once and shows the face as waiting', async () => {
    const session = await caller(options);
    const { status, body } = await create(session, { deliverActivationEmail: false, returnQRCode: true });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'ACTIVATING',
      mobile: true,
      applicantId: null,
      created: '2026-06-01T09:00:00Z',
      expiry: '2026-11-28T09:00:00Z',
    });
    expect(textAt(body, 'id')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(textAt(body, 'serialNumber')).toMatch(/^\d{5}-\d{5}$/);
    expect(textAt(body, 'activationUrl')).toMatch(/^https:/);
    expect(Buffer.from(textAt(body, 'activationQRCode'), 'base64').subarray(1, 4).toString()).toBe('PNG');
    const listed = await list(session);
    expect(listed.body).toMatchObject([{ id: textAt(body, 'id'), status: 'ACTIVATING' }]);
    expect(JSON.stringify(listed.body)).not.toContain('activation');
  });

  it('sends an e-mail if asked', async () => {
    const session = await caller(options);
    const { body } = await create(session, { deliverActivationEmail: true });
    const email = { to: 'user0@example.com', login: 'user0', faceId: textAt(body, 'id') };
    expect(session.sandbox.tenant.emails).toEqual([email]);
    expect(body).toMatchObject({ activationQRCode: null });
  });

  it('by e-mail for a user without an address is refused and makes nothing', async () => {
    const session = await caller({ seed: { users: [{ login: 'user0' }] } });
    const reply = await create(session, { deliverActivationEmail: true });
    expect(reply).toMatchObject({ status: 400, body: { errorCode: 'user_email_missing' } });
    expect(session.sandbox.tenant.faces('user0')).toEqual([]);
  });

  it('by the old operation answers without the activation', async () => {
    const { call, id } = await caller(options);
    const { body } = await call('POST', `/api/web/v1/users/${id('user0')}/face`, { returnQRCode: true });
    expect(body).toMatchObject({ status: 'ACTIVATING', platform: null });
    expect(body).not.toHaveProperty('activationUrl');
  });
});

describe('creating other faces', () => {
  it('keeps the applicant of a web face', async () => {
    const session = await caller(options);
    const { body } = await create(session, { applicantId: 'applicant', workflowRunId: 'run' });
    expect(body).toMatchObject({ status: 'ACTIVE', applicantId: 'applicant', mobile: false });
    expect(JSON.stringify(await list(session))).not.toContain('run');
  });

  it('never shows an encrypted token again', async () => {
    const session = await caller(options);
    expect(await create(session, token)).toMatchObject({ status: 200, body: { status: 'ACTIVE', mobile: false } });
    expect(JSON.stringify(session.sandbox.tenant.toSeed())).not.toContain('c2VjcmV0');
  });

  it.each([
    {},
    { returnQRCode: 'yes' },
    { returnQRCode: true, applicantId: 'a' },
    { ...token, applicantId: 'a' },
    { encryptedBiometricToken: { customerUserId: 'c-1' } },
    { encryptedBiometricToken: { customerUserId: 'c-1', encryptedBiometricToken: 'not base64!' } },
  ])('from %j is refused', async (body) => {
    expect(await create(await caller(options), body)).toMatchObject({
      status: 400,
      body: { errorCode: 'invalid_request' },
    });
  });

  it.each([409, 403, 400] as const)('beyond the maximum is refused with %i, if so told', async (maximumReached) => {
    const session = await caller({ ...options, maxFacesPerUser: 1, readings: { maximumReached } });
    await create(session, { applicantId: 'a' });
    const refused = { status: maximumReached, body: { errorCode: 'max_faces_reached' } };
    expect(await create(session, { applicantId: 'b' })).toMatchObject(refused);
    const settings = await session.call('GET', '/api/web/v1/settings/general');
    expect(settings.body).toEqual({ maxFacesPerUser: 1 });
  });
});

describe('updating a face', () => {
  const writable = (from: FaceStatus, to: FaceStatus): boolean =>
    from === to || to === 'DISABLED' || (to === 'ACTIVE' && ['REVIEW', 'EXPIRED', 'DISABLED'].includes(from));

  it.each(faceStatuses.flatMap((from) => faceStatuses.map((to) => [from, to] as const)))(
    'from %s to %s never skips the proof of identity',
    async (from, to) => {
      const session = await caller(options);
      const { id } = session.sandbox.tenant.addFace('user0', { status: from });
      const { status } = await update(session, { id, status: to, expiry: '2027-01-01T00:00:00Z' });
      expect(status).toBe(writable(from, to) ? 200 : 400);
      expect(session.sandbox.tenant.faces('user0')[0]?.status).toBe(writable(from, to) ? to : from);
    },
  );

  it('answers without a body and moves the expiry', async () => {
    const session = await caller(options);
    const { id } = session.sandbox.tenant.addFace('user0');
    expect(await update(session, { id, expiry: '2027-01-01T01:00:00.500+0100' })).toMatchObject({
      status: 200,
      body: '',
    });
    expect((await list(session)).body).toMatchObject([{ expiry: '2027-01-01T00:00:00Z' }]);
  });

  it.each([
    [{ status: 'DISABLED' }, 400],
    [{ id: 'another', status: 'DISABLED' }, 404],
    [{ id: 'known', status: 'SLEEPING' }, 400],
    [{ id: 'known', expiry: 'tomorrow' }, 400],
  ])('with %j is answered %i', async (body, status) => {
    const session = await caller(options);
    session.sandbox.tenant.addFace('user0', { id: 'known' });
    expect(await update(session, body)).toMatchObject({ status });
  });

  it('of another user finds nothing', async () => {
    const session = await caller(options);
    const { id } = session.sandbox.tenant.addFace('user1');
    expect(await update(session, { id, status: 'DISABLED' })).toMatchObject({ status: 404 });
  });
});

describe('deleting a face', () => {
  it('removes it, and finds nothing the second time', async () => {
    const session = await caller(options);
    const { id } = session.sandbox.tenant.addFace('user0');
    expect(await session.call('DELETE', `/api/web/v1/face/${id}`)).toMatchObject({ status: 200, body: '' });
    expect(await session.call('DELETE', `/api/web/v1/face/${id}`)).toMatchObject({ status: 404 });
    expect((await list(session)).body).toEqual([]);
  });
});

describe('sending the activation again', () => {
  it('sends one more e-mail for a face that waits', async () => {
    const session = await caller(options);
    const { id } = session.sandbox.tenant.addFace('user0', { status: 'NEW' });
    expect(await session.call('PUT', `/api/web/v1/face/${id}/activation`)).toMatchObject({ status: 200, body: '' });
    expect(session.sandbox.tenant.emails).toMatchObject([{ faceId: id }]);
  });

  it('is refused for a face that is active', async () => {
    const session = await caller(options);
    const { id } = session.sandbox.tenant.addFace('user0');
    expect(await session.call('PUT', `/api/web/v1/face/${id}/activation`)).toMatchObject({ status: 400 });
  });
});

describe('as time goes by', () => {
  it('a user activates', async () => {
    const session = await caller(options);
    const { body } = await create(session, { returnQRCode: true });
    session.sandbox.tenant.activate(textAt(body, 'id'));
    expect((await list(session)).body).toMatchObject([{ status: 'ACTIVE', mobile: true, platform: 'ANDROID' }]);
  });

  it('a review ends', async () => {
    const session = await caller(options);
    const { id } = session.sandbox.tenant.addFace('user0', { flow: 'web', status: 'REVIEW' });
    session.sandbox.tenant.setStatus(id, 'FAILED');
    expect((await list(session)).body).toMatchObject([{ status: 'FAILED' }]);
  });

  it('an expiry passes', async () => {
    const session = await caller({ ...options, tokenLifetimeSeconds: 200 * 86_400 });
    session.sandbox.tenant.addFace('user0');
    session.sandbox.tenant.advance(180 * day - 1);
    expect((await list(session)).body).toMatchObject([{ status: 'ACTIVE' }]);
    session.sandbox.tenant.advance(1);
    expect((await list(session)).body).toMatchObject([{ status: 'EXPIRED' }]);
  });
});
