import { afterEach, describe, expect, it } from 'vitest';
import type { Scope, UserRef } from '../../src/model/enrollment.ts';
import type { LiveState } from '../../src/model/live.ts';
import { connectReader } from '../../src/provider/index.ts';
import { rejection, requestTo } from '../support/provider/session.ts';
import { authenticateCall, scriptedTenant, token } from '../support/provider/scripted-tenant.ts';
import type { Reply, Script, ScriptedTenant } from '../support/provider/scripted-tenant.ts';
import { manyUsers, miss, pageCall, settingsCall, usersScript, userJson } from '../support/provider/user-scripts.ts';
import type { ScriptedUser } from '../support/provider/user-scripts.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

const login = (value: string): UserRef => ({ by: 'login', value, key: value });
const place = { line: 1, column: 1, byte: 0 };
const range = { filename: 'f.yaml', start: place, end: place };
const listed: Scope = { users: 'listed' };
const wholeTenant: Scope = { users: 'tenant', onRemove: 'keep', range };
const inGroup = (group: string): Scope => ({ users: 'group', group, onRemove: 'keep', range });

interface Reading {
  readonly tenant: ScriptedTenant;
  readonly read: () => Promise<LiveState>;
  readonly progress: readonly (readonly [number, number])[];
}

async function reading(refs: readonly UserRef[], scope: Scope, script: Script): Promise<Reading> {
  const tenant = await scriptedTenant(script);
  const session = connectReader(requestTo(tenant.url));
  closers.push(
    () => session.close(),
    () => tenant.close(),
  );
  const progress: (readonly [number, number])[] = [];
  const read = (): Promise<LiveState> =>
    session.tenant.readLive({ users: refs, scope, reach: 'scope', onProgress: (...step) => progress.push(step) });
  return { tenant, read, progress };
}

const facesOf = (id: string): string => `GET /api/web/v1/users/${id}/faces`;
const bob: ScriptedUser = { id: 'id-b', userId: 'bob', groups: ['g1'] };
const face = {
  id: 'f1',
  status: 'ACTIVE',
  expiry: null,
  created: '2018-05-28T19:07:50.328+0000',
  mobile: true,
  lastUsed: null,
  next: 1,
};

describe('a reading that the role does not allow', () => {
  it.each([
    ['', /gave no reason \(the role needs FACE:VIEW\)$/],
    ['Ask for FACE:VIEW.', /: Ask for FACE:VIEW\.$/],
  ])('names the permission once, whatever the tenant says: %j', async (errorMessage, said) => {
    const script = usersScript([bob], { [facesOf('id-b')]: [{ status: 403, json: { errorMessage } }] });
    const { read } = await reading([login('bob')], listed, script);
    const user = (await read()).listed.get('bob');
    expect(user?.presence === 'unknown' ? user.reason.message : '').toMatch(said);
  });
});

describe('the faces of a user', () => {
  it('are read with both date forms, without nulls and unknown members', async () => {
    const faces = [
      face,
      { id: 'f2', status: 'SUSPENDED', expiry: '2027-01-01T00:00:00Z', applicantId: 'a', serialNumber: '1-2' },
    ];
    const { read } = await reading(
      [login('bob')],
      listed,
      usersScript([bob], { [facesOf('id-b')]: [{ json: faces }] }),
    );
    expect((await read()).listed.get('bob')).toEqual({
      presence: 'present',
      inScope: true,
      user: { uuid: 'id-b', login: 'bob' },
      faces: [
        { id: 'f1', status: 'ACTIVE', created: 1527534470, mobile: true },
        { id: 'f2', status: 'SUSPENDED', expiry: 1798761600, applicantId: 'a', serialNumber: '1-2' },
      ],
    });
  });

  it.each<[string, Reply, string]>([
    ['are answered with 404', miss, 'vanished'],
    ['are forbidden', { status: 403, json: {} }, 'forbidden'],
    ['are answered with a gateway’s 404', { status: 404, text: '<p>' }, 'not-json'],
    ['are no array', { json: { faces: [] } }, 'wrong-shape'],
    ['hold one without an id', { json: [face, { status: 'ACTIVE' }] }, 'wrong-shape'],
    ['hold one without a status', { json: [{ id: 'f' }] }, 'wrong-shape'],
    ['hold a date that is none', { json: [{ ...face, expiry: 'next year' }] }, 'wrong-shape'],
    ['are cut off', 'cut', 'unreachable'],
    ['are empty', {}, 'wrong-shape'],
  ])('that %s leave him unknown, and others as they are', async (_, reply, code) => {
    const users = [bob, ...manyUsers(3)];
    const { read } = await reading(
      users.map(({ userId }) => login(userId)),
      listed,
      usersScript(users, { [facesOf('id-b')]: [reply] }),
    );
    const live = await read();
    expect(live.listed.get('bob')).toMatchObject({
      presence: 'unknown',
      reason: { code },
      user: { uuid: 'id-b', login: 'bob' },
    });
    expect([...live.listed.values()].filter((user) => user.presence === 'present')).toHaveLength(3);
  });

  it('are told of as they come in', async () => {
    const users = manyUsers(3);
    const { read, progress } = await reading(
      users.map(({ userId }) => login(userId)),
      listed,
      usersScript(users),
    );
    await read();
    expect(progress).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
  });
});

describe('the number of faces allowed', () => {
  it.each<[string, Reply, number, LiveState['settingsFailure'] | object]>([
    ['that of the settings where they may be read', { json: { maxFacesPerUser: 3, other: null } }, 3, undefined],
    ['the vendor’s default where they may not', { status: 403, json: {} }, 5, undefined],
    ['a guess where they are broken', { text: '<html>' }, 5, { code: 'not-json' }],
    ['the vendor’s default where they make no sense', { json: { maxFacesPerUser: 0 } }, 5, undefined],
  ])('is %s', async (_, reply, expected, failure) => {
    const { read } = await reading([], listed, usersScript([], { [settingsCall]: [reply] }));
    const { maxFacesPerUser, settingsFailure } = await read();
    expect([maxFacesPerUser, settingsFailure]).toMatchObject([expected, failure]);
  });
});

describe('a token that can no longer be renewed', () => {
  it('leaves the users unknown, and the credentials are sent once more only', async () => {
    const users = manyUsers(5);
    const denied = { status: 401, json: {} };
    const faces = Object.fromEntries(users.map(({ id }) => [facesOf(id), [denied]]));
    const script = usersScript(users, { [authenticateCall]: [token('t'), denied], ...faces });
    const { read, tenant } = await reading(
      users.map(({ userId }) => login(userId)),
      listed,
      script,
    );
    const live = await read();
    expect([...live.listed.values()].map((user) => user.presence === 'unknown' && user.reason.code)).toEqual(
      users.map(() => 'unauthorized'),
    );
    expect(tenant.count(authenticateCall)).toBe(2);
  });
});

describe('the scope of the whole tenant', () => {
  it('brings in the users that have a face, beside those listed', async () => {
    const { read, tenant } = await reading([login('bob')], wholeTenant, usersScript([bob, ...manyUsers(120)]));
    const live = await read();
    expect(live.discovered).toHaveLength(121);
    expect(live.listed.get('bob')).toBe(live.discovered[0]);
    expect(tenant.count(facesOf('id-b'))).toBe(1);
    const first = tenant.received.find(({ call }) => call === pageCall);
    expect(first?.body).toContain('"searchByAttributes":[{"name":"authenticator","operator":"EQUALS","value":"FACE"}]');
  });

  it('says where the listing broke off', async () => {
    const results = [userJson(bob)];
    const pages = [{ json: { results, paging: { nextCursor: 'a' } } }, { status: 403, json: {} }];
    const { read } = await reading([], wholeTenant, usersScript([bob], { [pageCall]: pages }));
    expect(await read()).toMatchObject({
      discoveryFailure: { code: 'forbidden' },
      discovered: [{ user: { login: 'bob' } }],
    });
  });
});

describe('the scope of a group', () => {
  const group = { id: 'g1', name: 'Employees', externalId: null };
  const byName = 'POST /api/web/v1/groups/externalid';
  const carol: ScriptedUser = { id: 'id-c', userId: 'carol', groups: ['g2'] };

  it('narrows the listings, and tells who is outside', async () => {
    const script = usersScript([bob, carol], { [byName]: [{ json: group }] });
    const { read, tenant } = await reading([login('bob'), login('carol')], inGroup('Employees'), script);
    const live = await read();
    expect(live.listed.get('bob')).toMatchObject({ presence: 'present', inScope: true });
    expect(live.listed.get('carol')).toMatchObject({ presence: 'present', inScope: false });
    expect(live.discovered).toMatchObject([{ user: { login: 'bob' } }]);
    const pages = tenant.received.filter(({ call }) => call === pageCall);
    expect(pages.every(({ body }) => body.includes('{"name":"groupId","operator":"EQUALS","value":"g1"}'))).toBe(true);
  });

  it.each<[readonly string[] | null, string, boolean]>([
    [null, 'carol', false],
    [null, 'dora', true],
  ])('asks whether a user belongs to it where his groups are %j', async (groups, userId, inScope) => {
    const pages = ({ body }: { readonly body: string }): Reply => {
      const isInGroup = body.includes('"value":"dora"');
      return { json: { results: isInGroup ? [userJson({ id: 'id-x', userId, groups })] : [] } };
    };
    const script = usersScript([{ id: 'id-x', userId, groups }], { [byName]: [{ json: group }], [pageCall]: pages });
    const { read } = await reading([login(userId)], inGroup('Employees'), script);
    expect((await read()).listed.get(userId)).toMatchObject({ presence: 'present', inScope });
  });

  const uuid = '0b9d5c0e-1f2a-4b3c-8d4e-5f6a7b8c9d0e';
  it.each<[string, string, Script]>([
    ['its UUID', uuid, { [`GET /api/web/v1/groups/${uuid}`]: [{ json: { id: uuid, name: 'x' } }] }],
    ['a name that looks like a UUID', uuid, { [byName]: [{ json: { id: 'g1', name: uuid } }] }],
    ['its external id', 'E-1', { [byName]: [{ json: { ...group, externalId: 'E-1' } }] }],
    ['a search', 'Employees', { 'POST /api/web/v1/groupspaged': [{ json: { results: [group] } }] }],
  ])('is found by %s', async (_, name, script) => {
    const { read } = await reading([], inGroup(name), usersScript([], script));
    expect(await read()).toMatchObject({ discovered: [] });
  });

  it.each<[string, Script]>([
    ['is not there', { 'POST /api/web/v1/groupspaged': [{ json: { results: [] } }] }],
    ['may not be read', { [byName]: [{ status: 403, json: {} }] }],
    [
      'is another',
      {
        [byName]: [{ json: { id: 'g9', name: 'Others' } }],
        'POST /api/web/v1/groupspaged': [{ json: { results: [] } }],
      },
    ],
  ])('that %s ends the reading, naming it', async (_, script) => {
    const { read } = await reading([], inGroup('Employees'), usersScript([], script));
    const error = await rejection(read());
    expect(error).toMatchObject({ kind: 'refused' });
    expect(String(error)).toContain('"Employees"');
  });
});
