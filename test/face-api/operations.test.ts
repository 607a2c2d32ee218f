import { execFileSync } from 'node:child_process';
import { symlink, truncate, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { FaceApi, Secret } from '../../src/face-api.ts';
import { directoryOf } from '../support/desired/load-files.ts';
import { faceId, onSandbox, onScript, userId } from './open.ts';

const facesCall = `GET /api/web/v1/users/${userId}/faces`;

describe('the seven operations, against the embedded tenant', () => {
  it('create, list, update and delete a face', async () => {
    const { api, user } = await onSandbox();
    const created = await api.createFaceAuthenticator(user, { applicantId: 'a-1', workflowRunId: 'w-1' });
    expect(created).toMatchObject({ status: 'ACTIVE', applicantId: 'a-1', mobile: false });
    const expiry = new Date('2030-06-30T00:00:00Z');
    await api.updateFace(user, { id: created.id, status: 'DISABLED', expiry });
    expect(await api.getFaces(user)).toEqual([
      {
        id: created.id,
        serialNumber: created.serialNumber,
        status: 'DISABLED',
        applicantId: 'a-1',
        created: created.created,
        expiry,
        mobile: false,
      },
    ]);
    await api.deleteFace(created.id);
    expect(await api.getFaces(user)).toEqual([]);
  });

  it('return the activation of a mobile face as secrets, once, and send its e-mail again', async () => {
    const { api, sandbox, user } = await onSandbox();
    const created = await api.createFaceAuthenticator(user, { deliverActivationEmail: true, returnQRCode: true });
    expect(created.activationUrl).toBeInstanceOf(Secret);
    expect(created.activationUrl?.reveal()).toMatch(/^https:/);
    expect(created.activationQRCode?.reveal()).toMatch(/^iVBOR/);
    expect(inspect(created, { depth: 9, showHidden: true }) + JSON.stringify(created)).not.toMatch(/https:|iVBOR/);
    await api.sendFaceActivationEmail(created.id);
    expect(sandbox.tenant.emails).toHaveLength(2);
  });

  it('have the first create, whose answer has no activation', async () => {
    const { api, user } = await onSandbox();
    const created = await api.createFace(user, { deliverActivationEmail: true });
    expect(Object.keys(created)).not.toContain('activationUrl');
    expect(await api.getFaces(user)).toHaveLength(1);
  });

  it('send an encrypted token, given as text or as a secret', async () => {
    const { api, user } = await onSandbox();
    const token = { customerUserId: 'c-1', encryptedBiometricToken: new Secret('YWJj') };
    expect(await api.createFaceAuthenticator(user, { encryptedBiometricToken: token })).toMatchObject({
      status: 'ACTIVE',
    });
    const plain = { customerUserId: 'c-1', encryptedBiometricToken: 'YWJj' };
    await api.createFace(user, { encryptedBiometricToken: plain });
    expect(await api.getFaces(user)).toHaveLength(2);
  });

  it('read the settings of a user', async () => {
    const { api, user } = await onSandbox();
    expect(await api.getUserFaceSettings(user)).toEqual({ lifetime: 180 });
  });
});

describe('dates', () => {
  it('keep their milliseconds when they are read, and are sent in whole seconds', async () => {
    const face = { id: faceId, status: 'ACTIVE', created: '2026-05-28T19:07:50.328+0000', expiry: null };
    const { api, tenant } = await onScript({
      [facesCall]: [{ json: [face] }],
      [`PUT /api/web/v1/users/${userId}/face`]: [{}],
    });
    expect(await api.getFaces(userId)).toEqual([
      { id: faceId, status: 'ACTIVE', created: new Date('2026-05-28T19:07:50.328Z') },
    ]);
    await api.updateFace(userId, { id: faceId, expiry: new Date('2030-01-01T00:00:00.999Z') });
    expect(JSON.parse(tenant.received.at(-1)?.body ?? '')).toEqual({ id: faceId, expiry: '2030-01-01T00:00:00Z' });
  });
});

describe('a reader', () => {
  it('has no write, and reads', async () => {
    const { sandbox, user } = await onSandbox();
    const { url: tenant, applicationId, sharedSecret } = sandbox;
    await using reader = new FaceApi.Reader({ tenant, applicationId, sharedSecret });
    expect(await reader.getFaces(user)).toEqual([]);
    expect(reader).not.toHaveProperty('deleteFace');
    expect(reader).not.toHaveProperty('createFaceAuthenticator');
  });
});

describe('the credentials file of the portal', () => {
  it('names the tenant, unless the program names another', async () => {
    const { sandbox, user } = await onSandbox();
    const { url, applicationId, sharedSecret } = sandbox;
    const directory = await directoryOf({});
    const credentials = join(directory, 'credentials.json');
    await writeFile(credentials, JSON.stringify({ applicationId, sharedSecret, hostname: url }));
    await using api = new FaceApi({ credentials });
    expect(await api.getFaces(user)).toEqual([]);
    await using named = new FaceApi({ tenant: url, credentials });
    expect(await named.getFaces(user)).toEqual([]);
  });

  it.each([
    ['{', 'is not JSON'],
    ['{"applicationId":"a","hostname":"x"}', 'lacks applicationId or sharedSecret'],
    ['{"applicationId":"a","sharedSecret":"hidden-value"}', 'names no tenant'],
    [undefined, 'cannot be read'],
  ])('is refused at once where it cannot be used: %s', async (text, problem) => {
    const credentials = join(await directoryOf({}), 'credentials.json');
    if (text !== undefined) await writeFile(credentials, text);
    const open = (): FaceApi => new FaceApi({ credentials });
    expect(open).toThrow(TypeError);
    expect(open).toThrow(problem);
    expect(open).not.toThrow('hidden-value');
  });

  it.each([
    ['a pipe that nobody writes to', 'pipe', 'is not a regular file'],
    ['a link to a pipe', 'link', 'is not a regular file'],
    ['a device without an end', '/dev/zero', 'is not a regular file'],
    ['a directory', '.', 'is not a regular file'],
    ['a file that holds no credentials', 'large', 'is too large'],
  ])('is never waited for: %s is refused', async (_, name, problem) => {
    const directory = await directoryOf({ large: '' });
    execFileSync('mkfifo', [join(directory, 'pipe')]);
    await symlink('pipe', join(directory, 'link'));
    await truncate(join(directory, 'large'), 2 ** 40);
    expect(() => new FaceApi({ credentials: resolve(directory, name) })).toThrow(problem);
  });
});

describe('a tenant URL', () => {
  it.each(['ftp://x', 'http://acme.us.trustedauth.com', 'https://u:p@x.us.trustedauth.com', ''])(
    'that no credentials may go to is refused at once: %s',
    (tenant) => {
      expect(() => new FaceApi({ tenant, applicationId: 'a', sharedSecret: 's' })).toThrow(TypeError);
    },
  );

  it('goes with a pace that can be kept', () => {
    const access = { tenant: 'https://x.us.trustedauth.com', applicationId: 'a', sharedSecret: 's' };
    expect(() => new FaceApi({ ...access, concurrency: 0 })).toThrow(TypeError);
    expect(() => new FaceApi({ ...access, requestsPerSecond: Number.NaN })).toThrow(TypeError);
  });
});
