import { afterEach, describe, expect, it } from 'vitest';
import type { NewFace } from '../../../src/model/enrollment.ts';
import type { Created, CreateRequest } from '../../../src/model/tenant.ts';
import { fits, mayBe } from '../../../src/engine/run/faces-in-use.ts';
import { connectWriter } from '../../../src/provider/index.ts';
import { quickClock, requestTo } from '../../support/provider/session.ts';
import { scriptedTenant, type Reply } from '../../support/provider/scripted-tenant.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

const createCall = 'POST /api/web/v2/users/u1/face';
const facesCall = 'GET /api/web/v1/users/u1/faces';
const create: NewFace = {
  flow: 'mobile',
  activation: { email: true, qrCode: false },
  expiry: { rule: 'tenant' },
};
const request: CreateRequest = {
  key: 'amy/mobile',
  uuid: 'u1',
  create,
  likeness: (face) => (!mayBe(face, create) ? 'none' : fits(face, create) ? 'sure' : 'possible'),
};

interface Ended {
  readonly end: Created | { readonly error: unknown };
  /** How often the create was sent, and the faces were read. */
  readonly sent: number;
  readonly read: number;
}

/** Creates a mobile face for a user without any. */
async function createAgainst(
  creates: readonly Reply[],
  readings: readonly Reply[],
  {
    reading,
    requestsPerSecond = 1e6,
  }: { readonly reading?: CreateRequest['reading']; readonly requestsPerSecond?: number } = {},
): Promise<Ended> {
  const tenant = await scriptedTenant({ [createCall]: creates, [facesCall]: readings });
  const session = connectWriter(requestTo(tenant.url, { requestsPerSecond }));
  closers.push(
    () => session.close(),
    () => tenant.close(),
  );
  const created = session.tenant.createFace({ ...request, reading });
  const end = await created.catch((error: unknown) => ({ error }));
  return { end, sent: tenant.count(createCall), read: tenant.count(facesCall) };
}

const mine = { id: 'mine', status: 'NEW', mobile: null };
const theirs = { id: 'theirs', status: 'NEW', mobile: true };
/** May be a mobile face: the vendor does not say what an active face without an applicant shows. */
const unclear = { id: 'unclear', status: 'ACTIVE', mobile: null, applicantId: 'x' };
const none: Reply = { json: [] };

describe.each<[string, Reply]>([
  ['429', { status: 429, json: {} }],
  ['503 with Retry-After', { status: 503, json: {}, headers: { 'retry-after': '1' } }],
])('a create that is put off with %s', (status, busy) => {
  const isAnswered = status === '429';

  it('is not sent again where its face stands by then', async () => {
    const { end, sent } = await createAgainst([busy, { json: mine }], [{ json: [theirs] }]);
    expect(end).toMatchObject({ face: { id: 'theirs' }, via: isAnswered ? 'found' : 'adopted' });
    expect(sent).toBe(1);
  });

  it('is sent again where nothing has come, after a reading each time', async () => {
    const { end, sent, read } = await createAgainst([busy, busy, { json: mine }], [none]);
    expect(end).toMatchObject({ face: { id: 'mine' }, via: 'answer' });
    expect({ sent, isRead: read >= 2 }).toEqual({ sent: 3, isRead: true });
  });

  it('is not sent again where the user cannot be read', async () => {
    const { end, sent } = await createAgainst([busy, { json: mine }], [{ status: 403, json: {} }]);
    expect(end).toMatchObject({ error: { kind: isAnswered ? 'refused' : 'unanswered' } });
    expect(sent).toBe(1);
  });
});

describe('a create that is put off after a try without an answer', () => {
  it('has its own face where one stands by then', async () => {
    const { end, sent } = await createAgainst(
      ['break', { status: 429, json: {} }, { json: mine }],
      [none, none, none, { json: [mine] }],
    );
    expect(end).toMatchObject({ face: { id: 'mine' }, via: 'adopted' });
    expect(sent).toBe(2);
  });
});

describe('a create whose answer is lost', () => {
  it('stays unanswered, and is not sent again, where a face has come that may be its own', async () => {
    const { end, sent } = await createAgainst(['break', { json: mine }], [none, { json: [unclear] }]);
    const message: unknown = expect.stringMatching(/a new face has come that may be the one that was asked for$/);
    expect(end).toMatchObject({ error: { kind: 'unanswered', refusal: { message } } });
    expect(sent).toBe(1);
  });

  it('has the newest of several faces that may be its own', async () => {
    const older = { ...theirs, id: 'older', created: '2026-01-01T00:00:00Z' };
    const newer = { ...theirs, id: 'newer', created: '2026-01-01T00:00:01Z' };
    const { end } = await createAgainst(['break'], [{ json: [older, newer, theirs] }]);
    expect(end).toMatchObject({ face: { id: 'newer' }, via: 'adopted' });
  });
});

describe('a create that stands on a reading', () => {
  const clock = quickClock();
  const goodForMs = 1000;

  it('is not sent where the reading is too old when its turn has come', async () => {
    const { end, sent } = await createAgainst([{ json: mine }], [none], {
      reading: { at: clock.now() - 1001, goodForMs },
    });
    expect(end).toMatchObject({ error: { name: 'LateError' } });
    expect(sent).toBe(0);
  });

  it('is sent again after the tenant put it off, since the user was read meanwhile', async () => {
    const busy: Reply = { status: 429, json: {}, headers: { 'retry-after': '5' } };
    const { end, sent, read } = await createAgainst([busy, { json: mine }], [none], {
      reading: { at: clock.now(), goodForMs },
    });
    expect(end).toMatchObject({ face: { id: 'mine' }, via: 'answer' });
    expect({ sent, read }).toEqual({ sent: 2, read: 1 });
  });

  it('is looked for again where its answer was lost and the second one comes too late', async () => {
    const { end, sent, read } = await createAgainst(['break', { json: mine }], [none, none, none, { json: [mine] }], {
      // The first is sent in time; then each call waits for two seconds.
      reading: { at: clock.now() + 60_000, goodForMs },
      requestsPerSecond: 0.5,
    });
    expect(end).toMatchObject({ face: { id: 'mine' }, via: 'adopted' });
    expect({ sent, read }).toEqual({ sent: 1, read: 4 });
  });

  it('is sent all the same after five tries that were too late, where its answer was lost and no face has come', async () => {
    const { end, sent } = await createAgainst(['break', { json: mine }], [none], {
      reading: { at: clock.now() + 60_000, goodForMs },
      requestsPerSecond: 0.5,
    });
    expect(end).toMatchObject({ face: { id: 'mine' }, via: 'answer' });
    expect(sent).toBe(2);
  });

  it('is left to its caller where the tenant put it off and a face has come that may be such a one', async () => {
    const { end, sent } = await createAgainst([{ status: 429, json: {} }, { json: mine }], [{ json: [unclear] }]);
    expect(end).toMatchObject({ error: { name: 'LateError' } });
    expect(sent).toBe(1);
  });
});
