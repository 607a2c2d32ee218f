import { afterEach, describe, expect, it } from 'vitest';
import type { CreateRequest } from '../../src/model/tenant.ts';
import { LocalError } from '../../src/model/failure.ts';
import { connectWriter, type OnWrite } from '../../src/provider/index.ts';
import { anyNew, rejection, requestTo } from '../support/provider/session.ts';
import { scriptedTenant, type Script, type ScriptedTenant } from '../support/provider/scripted-tenant.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

const createCall = 'POST /api/web/v2/users/u1/face';
const facesCall = 'GET /api/web/v1/users/u1/faces';
const request: CreateRequest = {
  key: 'amy/mobile',
  uuid: 'u1',
  create: { flow: 'mobile', expiry: { rule: 'tenant' }, activation: { email: true, qrCode: false } },
  ...anyNew,
};

/** Creates a face, with room in the journal for so many calls. */
async function createWithRoomFor(
  calls: number,
  script: Script,
): Promise<{ readonly tenant: ScriptedTenant; readonly ended: unknown }> {
  const tenant = await scriptedTenant(script);
  let room = calls;
  const onWrite: OnWrite = () =>
    room-- > 0 ? Promise.resolve(() => undefined) : Promise.reject(new LocalError('the disk is full'));
  const session = connectWriter(requestTo(tenant.url, { onWrite }));
  closers.push(
    () => session.close(),
    () => tenant.close(),
  );
  return { tenant, ended: await rejection(session.tenant.createFace(request)) };
}

describe('a create that cannot be noted down', () => {
  it('is not sent, and no face is looked for', async () => {
    const { tenant, ended } = await createWithRoomFor(0, {});
    expect(ended).toMatchObject({ name: 'LocalError', message: 'the disk is full' });
    expect([tenant.count(createCall), tenant.count(facesCall)]).toEqual([0, 0]);
  });

  it('once an earlier one got no answer is looked for once more, and not sent again', async () => {
    const { tenant, ended } = await createWithRoomFor(1, { [createCall]: ['break'], [facesCall]: [{ json: [] }] });
    expect(ended).toMatchObject({ name: 'LocalError', message: 'the disk is full' });
    expect([tenant.count(createCall), tenant.count(facesCall)]).toEqual([1, 4]);
  });
});
