import { setTimeout } from 'node:timers/promises';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { instantFromMs } from '../../src/model/instant.ts';
import type { NewFace } from '../../src/model/enrollment.ts';
import { Secret } from '../../src/model/values/secret.ts';
import type { Deletion, TenantWriter } from '../../src/model/tenant.ts';
import { fits, mayBe } from '../../src/engine/run/faces-in-use.ts';
import { connectWriter } from '../../src/provider/index.ts';
import { quickClock, rejection, requestTo, type QuickClock } from '../support/provider/session.ts';
import { scriptedTenant, type Reply, type Script, type ScriptedTenant } from '../support/provider/scripted-tenant.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function writer(script: Script): Promise<{
  readonly tenant: ScriptedTenant;
  readonly write: TenantWriter;
  readonly clock: QuickClock;
}> {
  const tenant = await scriptedTenant(script);
  const clock = quickClock();
  const session = connectWriter(requestTo(tenant.url, { clock }));
  closers.push(
    () => session.close(),
    () => tenant.close(),
  );
  return { tenant, write: session.tenant, clock };
}

const createCall = 'POST /api/web/v2/users/u1/face';
const facesCall = 'GET /api/web/v1/users/u1/faces';
const updateCall = 'PUT /api/web/v1/users/u1/face';
const deleteCall = 'DELETE /api/web/v1/face/f1';

const expiry = { rule: 'tenant' } as const;
const mobile: NewFace = { expiry, flow: 'mobile', activation: { email: true, qrCode: false } };
const web: NewFace = { expiry, flow: 'web', applicantId: 'a1', workflowRunId: 'w1' };
const tokenFlow: NewFace = { expiry, flow: 'token', customerUserId: 'c1', token: { from: 'env', name: 'T' } };
const biometric = 'ZW5jcnlwdGVkLWJpb21ldHJpYw';
const request = (create: NewFace, known: readonly string[] = []): Parameters<TenantWriter['createFace']>[0] => ({
  key: 'amy/mobile',
  uuid: 'u1',
  create,
  likeness: (face) =>
    known.includes(face.id) || !mayBe(face, create) ? 'none' : fits(face, create) ? 'sure' : 'possible',
  ...(create.flow === 'token' ? { token: new Secret(biometric) } : {}),
});
const bodies = (tenant: ScriptedTenant, call: string): readonly unknown[] =>
  tenant.received.filter((each) => each.call === call).map(({ body }): unknown => JSON.parse(body));

const fresh = { id: 'new', status: 'NEW', mobile: null };

describe('a create', () => {
  it.each<[string, NewFace, object]>([
    ['the mobile flow', mobile, { deliverActivationEmail: true, returnQRCode: false }],
    ['the web flow', web, { applicantId: 'a1', workflowRunId: 'w1' }],
    [
      'the token flow',
      tokenFlow,
      { encryptedBiometricToken: { customerUserId: 'c1', encryptedBiometricToken: biometric } },
    ],
  ])('of %s sends what the vendor asks for', async (_, create, body) => {
    const { tenant, write } = await writer({ [createCall]: [{ json: fresh }] });
    expect(await write.createFace(request(create))).toEqual({ face: { id: 'new', status: 'NEW' }, via: 'answer' });
    expect(bodies(tenant, createCall)).toEqual([body]);
  });

  it('keeps what may be shown only once as secrets', async () => {
    const activation = { activationUrl: 'https://x/act?code=77', activationQRCode: 'cXI=' };
    const { write } = await writer({ [createCall]: [{ json: { ...fresh, ...activation } }] });
    const created = await write.createFace(request(mobile));
    expect(created.activationUrl?.reveal()).toBe('https://x/act?code=77');
    expect(created.activationQrCode?.reveal()).toBe('cXI=');
    expect(inspect(created, { depth: 9, showHidden: true })).not.toMatch(/77|cXI/);
  });

  it('that is refused is not sent again', async () => {
    const { tenant, write } = await writer({
      [createCall]: [{ status: 409, json: { errorCode: 'max', errorMessage: 'five' } }],
    });
    expect(await rejection(write.createFace(request(mobile)))).toMatchObject({
      kind: 'refused',
      refusal: { status: 409, errorCode: 'max', message: 'five' },
    });
    expect(tenant.count(facesCall)).toBe(0);
  });

  it('of the token flow that is refused does not repeat the tenant’s text, which may hold the token', async () => {
    const echo = { errorCode: 'bad_token', errorMessage: `cannot decrypt ${biometric}` };
    const { write } = await writer({ [createCall]: [{ status: 400, json: echo }] });
    const error = await rejection(write.createFace(request(tokenFlow)));
    const message: unknown = expect.stringMatching(/refused the call; its reason is not shown, .* held a secret$/);
    expect(error).toMatchObject({ refusal: { status: 400, errorCode: 'bad_token', message } });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(biometric);
  });
});

describe('a refusal without a reason', () => {
  it.each([mobile, tokenFlow])('is not called hidden, whatever the request held: $flow', async (flow) => {
    const { write } = await writer({ [createCall]: [{ status: 400, json: {} }] });
    const message: unknown = expect.stringMatching(/gave no reason$/);
    expect(await rejection(write.createFace(request(flow)))).toMatchObject({ refusal: { status: 400, message } });
  });
});

describe('a create whose answer is lost', () => {
  const lost: readonly Reply[] = ['break', 'cut', { status: 500, json: {} }, { text: '<html>' }, { json: {} }, {}];

  it.each(lost.map((reply) => [JSON.stringify(reply), reply] as const))('by %s is found', async (_, reply) => {
    const { tenant, write } = await writer({
      [createCall]: [reply],
      [facesCall]: [{ json: [{ id: 'known', status: 'ACTIVE' }, fresh] }],
    });
    const created = await write.createFace(request(mobile, ['known']));
    expect(created).toEqual({ face: { id: 'new', status: 'NEW' }, via: 'adopted' });
    expect(tenant.count(createCall)).toBe(1);
  });

  it('is looked for over some seconds, since it may show late', async () => {
    const { tenant, write, clock } = await writer({
      [createCall]: ['break'],
      [facesCall]: [{ json: [] }, { json: [] }, { json: [fresh] }],
    });
    expect(await write.createFace(request(mobile))).toMatchObject({ via: 'adopted' });
    expect(clock.slept.filter((ms) => ms >= 500)).toEqual([500, 1000, 2000]);
    expect(tenant.count(createCall)).toBe(1);
  });

  it('and that did not take effect is sent again', async () => {
    const { tenant, write } = await writer({
      [createCall]: ['break', 'break', { json: fresh }],
      [facesCall]: [{ json: [] }],
    });
    expect(await write.createFace(request(mobile))).toMatchObject({ via: 'answer' });
    expect([tenant.count(createCall), tenant.count(facesCall)]).toEqual([3, 6]);
  });

  it('each time stays unanswered after six times', async () => {
    const { tenant, write } = await writer({ [createCall]: ['break'], [facesCall]: [{ json: [] }] });
    expect(await rejection(write.createFace(request(mobile)))).toMatchObject({ kind: 'unanswered' });
    expect(tenant.count(createCall)).toBe(6);
  });

  it('and whose faces cannot be read stays unanswered, and is not sent again', async () => {
    const { tenant, write } = await writer({ [createCall]: ['break'], [facesCall]: [{ status: 403, json: {} }] });
    expect(await rejection(write.createFace(request(mobile)))).toMatchObject({ kind: 'unanswered' });
    expect(tenant.count(createCall)).toBe(1);
  });

  it('and is refused the second time is looked for once more', async () => {
    const full: Reply = { status: 409, json: { errorCode: 'max' } };
    const late = await writer({
      [createCall]: ['break', full],
      [facesCall]: [{ json: [] }, { json: [] }, { json: [] }, { json: [fresh] }],
    });
    expect(await late.write.createFace(request(mobile))).toMatchObject({ via: 'adopted' });
    const never = await writer({ [createCall]: ['break', full], [facesCall]: [{ json: [] }] });
    expect(await rejection(never.write.createFace(request(mobile)))).toMatchObject({ kind: 'refused' });
  });

  it.each<[string, NewFace, object, boolean]>([
    ['mobile takes a face that says nothing', mobile, { status: 'ACTIVE' }, true],
    ['mobile takes a pending face without an applicant', mobile, { status: 'ACTIVATING', mobile: false }, true],
    ['mobile leaves an active web face', mobile, { status: 'ACTIVE', mobile: false }, false],
    [
      'mobile leaves a pending face with an applicant',
      mobile,
      { status: 'NEW', mobile: false, applicantId: 'a' },
      false,
    ],
    ['web takes its applicant', web, { status: 'REVIEW', applicantId: 'a1' }, true],
    ['web leaves another applicant', web, { status: 'REVIEW', applicantId: 'a2' }, false],
    ['token takes a face that is not mobile', tokenFlow, { status: 'ACTIVE', mobile: false, applicantId: 'x' }, true],
    ['token leaves a mobile face', tokenFlow, { status: 'ACTIVE', mobile: true }, false],
  ])('adopts by kind: %s', async (_, create, face, isTaken) => {
    const { write } = await writer({
      [createCall]: ['break', { json: { id: 'second', status: 'NEW' } }],
      [facesCall]: [{ json: [{ id: 'seen', ...face }] }],
    });
    expect((await write.createFace(request(create))).face.id).toBe(isTaken ? 'seen' : 'second');
  });
});

describe('an update', () => {
  it('sends id, status and expiry, all three', async () => {
    const { tenant, write } = await writer({ [updateCall]: [{}] });
    const newYear = instantFromMs(Date.UTC(2027, 0, 1));
    await write.updateFace({ key: 'k', uuid: 'u1', id: 'f1', status: 'ACTIVE', expiry: newYear });
    await write.updateFace({ key: 'k', uuid: 'u1', id: 'f1', status: 'DISABLED' });
    expect(bodies(tenant, updateCall)).toEqual([
      { id: 'f1', status: 'ACTIVE', expiry: '2027-01-01T00:00:00Z' },
      { id: 'f1', status: 'DISABLED' },
    ]);
  });

  it.each<Reply>(['break', { text: '<html>' }])('that is never answered well (%j) is unanswered', async (reply) => {
    const { write } = await writer({ [updateCall]: [reply] });
    expect(await rejection(write.updateFace({ key: 'k', uuid: 'u1', id: 'f1', status: 'ACTIVE' }))).toMatchObject({
      kind: 'unanswered',
    });
  });
});

describe('a delete', () => {
  it.each<[string, readonly Reply[], Deletion]>([
    ['an empty answer', [{ status: 204 }], 'deleted'],
    ['no such face', [{ status: 404, json: { errorCode: 'not_found' } }], 'gone'],
    ['a lost answer, and then no such face', ['break', { status: 404, text: '' }], 'deleted'],
  ])('is done with %s', async (_, replies, deletion) => {
    const { write } = await writer({ [deleteCall]: replies });
    await expect(write.deleteFace({ key: 'k', id: 'f1' })).resolves.toBe(deletion);
  });

  it('is not done with a gateway’s 404', async () => {
    const { write } = await writer({ [deleteCall]: [{ status: 404, text: '<html>' }] });
    expect(await rejection(write.deleteFace({ key: 'k', id: 'f1' }))).toMatchObject({ kind: 'refused' });
  });
});

describe('a session that is closed', () => {
  it('ends what waits to be sent again', async () => {
    const tenant = await scriptedTenant({ [updateCall]: ['break'] });
    closers.push(() => tenant.close());
    const clock = {
      now: () => Date.now(),
      sleep: (ms: number, signal?: AbortSignal) => setTimeout(ms, undefined, { signal }),
    };
    const session = connectWriter(requestTo(tenant.url, { clock }));
    const ended = rejection(session.tenant.updateFace({ key: 'k', uuid: 'u1', id: 'f1', status: 'ACTIVE' }));
    while (tenant.count(updateCall) === 0) await setTimeout(5);
    await setTimeout(20);
    await session.close();
    expect(await ended).toMatchObject({ name: 'TenantError', kind: 'unanswered' });
  });

  it('ends what is in flight', async () => {
    const tenant = await scriptedTenant({ [facesCall]: ['hang'] });
    const session = connectWriter(requestTo(tenant.url, { limits: { headersMs: 10_000 } }));
    closers.push(() => tenant.close());
    const ended = rejection(session.tenant.readFaces('u1'));
    while (tenant.count(facesCall) === 0) await setTimeout(5);
    await session.close();
    expect(await ended).toMatchObject({ name: 'TenantError' });
    expect(await rejection(session.tenant.readFaces('u1'))).toMatchObject({ name: 'TenantError' });
  });
});
