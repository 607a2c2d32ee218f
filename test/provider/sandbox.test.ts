import { afterEach, describe, expect, it } from 'vitest';
import { instantFromMs } from '../../src/model/instant.ts';
import type { Face } from '../../src/model/face.ts';
import type { NewFace, Scope, UserRef } from '../../src/model/enrollment.ts';
import { Secret } from '../../src/model/values/secret.ts';
import type { TenantReader, TenantWriter } from '../../src/model/tenant.ts';
import { connectReader, connectWriter, type Session } from '../../src/provider/index.ts';
import {
  readingChoices,
  seedUsers,
  startSandbox,
  type FaultKind,
  type Sandbox,
  type SandboxOptions,
} from '../../src/sandbox/index.ts';
import { anyNew, quickClock, rejection, requestTo } from '../support/provider/session.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

interface World {
  readonly sandbox: Sandbox;
  readonly session: Session<TenantWriter>;
}

async function world(options: SandboxOptions = {}): Promise<World> {
  const sandbox = await startSandbox({ seed: seedUsers(3), ...options });
  const session = connectWriter(credentialsOf(sandbox));
  closers.push(
    () => session.close(),
    () => sandbox.close(),
  );
  return { sandbox, session };
}

function credentialsOf({ url, applicationId, sharedSecret }: Sandbox): ReturnType<typeof requestTo> {
  return { ...requestTo(url), applicationId, sharedSecret: new Secret(sharedSecret) };
}

const login = (value: string): UserRef => ({ by: 'login', value, key: value });

const readListed = (
  { tenant }: Session<TenantReader>,
  users: readonly UserRef[],
  onProgress: (done: number) => void = () => undefined,
): ReturnType<TenantReader['readLive']> =>
  tenant.readLive({ users, scope: { users: 'listed' }, reach: 'scope', onProgress });

const expiry = { rule: 'tenant' } as const;
const mobile: NewFace = { expiry, flow: 'mobile', activation: { email: true, qrCode: true } };

function uuidOf({ tenant }: Sandbox, name: string): string {
  return tenant.users().find((user) => user.login === name)?.id ?? '';
}

describe('a create that is disturbed', () => {
  const faults: readonly FaultKind[] = [
    'reset-after-commit',
    '500-after-commit',
    'hang-after-commit',
    'truncated',
    'not-json',
    'wrong-shape',
    'reset',
    '500',
    '503',
    '502-html',
    'html',
    '429',
    '401',
  ];

  it.each(faults)('by %s makes one face and sends one e-mail', async (kind) => {
    const { sandbox, session } = await world();
    sandbox.tenant.failWith({ kind, operation: 'createFace', retryAfterSeconds: 1 });
    const uuid = uuidOf(sandbox, 'user0');
    const created = await session.tenant.createFace({ key: 'k', uuid, create: mobile, ...anyNew });
    expect(sandbox.tenant.faces('user0').map(({ id }) => id)).toEqual([created.face.id]);
    expect(sandbox.tenant.emails).toHaveLength(1);
  });

  it('by the maximum of faces is refused', async () => {
    const { sandbox, session } = await world({ maxFacesPerUser: 1 });
    sandbox.tenant.addFace('user0', { id: 'known' });
    const request = {
      key: 'k',
      uuid: uuidOf(sandbox, 'user0'),
      create: mobile,
      likeness: ({ id }: Face) => (id === 'known' ? ('none' as const) : ('sure' as const)),
    };
    expect(await rejection(session.tenant.createFace(request))).toMatchObject({
      kind: 'refused',
      refusal: { status: 409 },
    });
  });

  it('and takes the last place is adopted, not sent again', async () => {
    const { sandbox, session } = await world({ maxFacesPerUser: 1 });
    sandbox.tenant.failWith({ kind: 'reset-after-commit', operation: 'createFace' });
    const created = await session.tenant.createFace({
      key: 'k',
      uuid: uuidOf(sandbox, 'user0'),
      create: mobile,
      ...anyNew,
    });
    expect(created.via).toBe('adopted');
  });
});

describe('the round of a face', () => {
  it('is created, updated, and deleted', async () => {
    const { sandbox, session } = await world();
    const uuid = uuidOf(sandbox, 'user1');
    const created = await session.tenant.createFace({ key: 'k', uuid, create: mobile, ...anyNew });
    expect(created.activationUrl).toBeInstanceOf(Secret);
    expect(created.activationQrCode).toBeInstanceOf(Secret);
    const { id } = created.face;
    sandbox.tenant.activate(id);
    const expiry = instantFromMs(Date.UTC(2030, 0, 1));
    await session.tenant.updateFace({ key: 'k', uuid, id, status: 'DISABLED', expiry });
    expect(await session.tenant.readFaces(uuid)).toMatchObject([{ id, status: 'DISABLED', expiry }]);
    await session.tenant.deleteFace({ key: 'k', id });
    await session.tenant.deleteFace({ key: 'k', id });
    expect(await session.tenant.readFaces(uuid)).toEqual([]);
    expect(sandbox.tenant.requests.some(({ operation }) => operation === 'createFaceV1')).toBe(false);
  });

  it('can be made from a token', async () => {
    const { sandbox, session } = await world();
    const create: NewFace = { expiry, flow: 'token', customerUserId: 'c', token: { from: 'env', name: 'T' } };
    const token = new Secret(Buffer.from('the biometric').toString('base64'));
    const uuid = uuidOf(sandbox, 'user1');
    await expect(session.tenant.createFace({ key: 'k', uuid, create, token, ...anyNew })).resolves.toMatchObject({
      via: 'answer',
    });
  });
});

const readings = Object.entries(readingChoices).flatMap(([name, choices]) =>
  choices.map((choice) => [name, choice] as const),
);

describe('reading a tenant', () => {
  it.each(readings)('that answers the open question %s with %s finds who is there', async (name, choice) => {
    const users = [
      { login: 'alice', aliases: ['al'], groups: ['Employees'] },
      { login: 'bob', externalId: 'HR-2', groups: ['Others'] },
    ];
    const { sandbox, session } = await world({ seed: { users }, readings: { [name]: choice } });
    sandbox.tenant.addFace('alice', { status: 'ACTIVE' });
    const scope: Scope = {
      users: 'group',
      group: 'Employees',
      onRemove: 'keep',
      range: { filename: 'f', start: { line: 1, column: 1, byte: 0 }, end: { line: 1, column: 1, byte: 0 } },
    };
    const external: UserRef = { by: 'externalId', value: 'HR-2', key: 'externalId:HR-2' };
    const live = await session.tenant.readLive({
      users: [external],
      scope,
      reach: 'scope',
      onProgress: () => undefined,
    });
    expect(live.listed.get('externalId:HR-2')).toMatchObject({
      presence: 'present',
      user: { login: 'bob' },
      inScope: false,
    });
    expect(live.discovered).toMatchObject([
      { presence: 'present', user: { login: 'alice' }, faces: [{ status: 'ACTIVE' }] },
    ]);
    const alone = await readListed(session, [login('AL')]);
    expect(alone.listed.get('AL')).toMatchObject({ presence: 'present', user: { login: 'alice' } });
    const missing = await readListed(session, [login('nobody')]);
    expect(missing.listed.get('nobody')).toEqual({ presence: 'absent' });
  });

  it('whose tokens are revoked meanwhile goes on', async () => {
    const { sandbox, session } = await world({ seed: seedUsers(40) });
    const refs = sandbox.tenant.users().map(({ login: name }) => login(name));
    const live = await readListed(session, refs, (done) => {
      if (done === 5 || done === 25) sandbox.tenant.revokeTokens();
    });
    expect([...live.listed.values()].every(({ presence }) => presence === 'present')).toBe(true);
    expect(sandbox.tenant.requests.filter(({ operation }) => operation === 'authenticate')).toHaveLength(3);
  });

  it('with short pages reads them all', async () => {
    const { sandbox, session } = await world({ seed: seedUsers(40), pageSizeMax: 10 });
    sandbox.tenant.failWith({ kind: 'short-page', operation: 'listUsers' });
    const refs = sandbox.tenant.users().map(({ login: name }) => login(name));
    const live = await readListed(session, refs);
    expect([...live.listed.values()].every(({ presence }) => presence === 'present')).toBe(true);
    expect(live.maxFacesPerUser).toBe(5);
  });

  it('in circles ends as unknown', async () => {
    const { sandbox, session } = await world({ seed: seedUsers(300) });
    sandbox.tenant.failWith({ kind: 'repeated-cursor', operation: 'listUsers' });
    const refs = sandbox.tenant.users().map(({ login: name }) => login(name));
    const live = await readListed(session, refs);
    expect([...live.listed.values()].map((user) => user.presence === 'unknown' && user.reason.code)).toContain(
      'repeated-cursor',
    );
  });
});

describe('a tenant that allows fifty calls a second', () => {
  it('is read with hardly a refusal, in real time', async () => {
    const sandbox = await startSandbox({ seed: seedUsers(55), requestsPerSecond: 50 });
    const clock = {
      ...quickClock(),
      now: () => performance.timeOrigin + performance.now(),
      sleep: (ms: number) => new Promise<void>((done) => setTimeout(done, ms)),
    };
    const session = connectReader({ ...credentialsOf(sandbox), requestsPerSecond: 50, clock });
    closers.push(
      () => session.close(),
      () => sandbox.close(),
    );
    const refs = sandbox.tenant.users().map(({ login: name }) => login(name));
    const live = await readListed(session, refs);
    expect([...live.listed.values()].every(({ presence }) => presence === 'present')).toBe(true);
    expect(sandbox.tenant.requests.filter(({ status }) => status === 429).length).toBeLessThanOrEqual(2);
  });
});
