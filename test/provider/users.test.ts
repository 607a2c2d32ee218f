import { afterEach, describe, expect, it } from 'vitest';
import type { UserRef } from '../../src/model/enrollment.ts';
import type { LiveState, LiveUser } from '../../src/model/live.ts';
import { connectReader } from '../../src/provider/index.ts';
import { requestTo } from '../support/provider/session.ts';
import { scriptedTenant, type Reply, type Script, type ScriptedTenant } from '../support/provider/scripted-tenant.ts';
import {
  externalIdCall,
  loginCall,
  manyUsers,
  miss,
  pageCall,
  resolving,
  userJson,
  usersScript,
  type ScriptedUser,
} from '../support/provider/user-scripts.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

const login = (value: string): UserRef => ({ by: 'login', value, key: value.toLowerCase() });
const uuid = (value: string): UserRef => ({ by: 'uuid', value, key: `uuid:${value}` });
const externalId = (value: string): UserRef => ({ by: 'externalId', value, key: `externalId:${value}` });

async function read(
  refs: readonly UserRef[],
  users: readonly ScriptedUser[],
  others: Script = {},
): Promise<{ readonly live: LiveState; readonly calls: readonly string[]; readonly tenant: ScriptedTenant }> {
  const tenant = await scriptedTenant(usersScript(users, others));
  const session = connectReader(requestTo(tenant.url));
  closers.push(
    () => session.close(),
    () => tenant.close(),
  );
  const live = await session.tenant.readLive({
    users: refs,
    scope: { users: 'listed' },
    reach: 'scope',
    onProgress: () => undefined,
  });
  return { live, calls: resolving(tenant.received), tenant };
}

function ends(live: LiveState): readonly string[] {
  return [...live.listed.values()].map((user: LiveUser) => {
    if (user.presence === 'unknown') return user.reason.code;
    return user.presence === 'present' ? user.user.uuid : 'absent';
  });
}

const alice = { id: 'id-a', userId: 'alice@example.com', aliases: ['al'], externalId: 'HR-1' };

describe('one listed user', () => {
  it('is looked up directly', async () => {
    const { live, calls } = await read([login('Alice@Example.com')], manyUsers(300).concat(alice));
    expect(ends(live)).toEqual(['id-a']);
    expect(calls).toEqual([loginCall]);
  });

  it.each([
    ['alias', login('AL'), loginCall],
    ['UUID', uuid('id-a'), 'GET /api/web/v3/users/id-a'],
    ['external id', externalId('HR-1'), externalIdCall],
  ])('is found by %s', async (_, ref, call) => {
    const { live, calls } = await read([ref], [alice]);
    expect([ends(live), calls]).toEqual([['id-a'], [call]]);
  });

  it.each<[string, Reply, string]>([
    ['404', miss, 'absent'],
    ['400 with the vendor’s error body', { status: 400, json: { errorCode: 'bad', errorMessage: 'no' } }, 'absent'],
    ['404 from a gateway', { status: 404, text: '<html>not found</html>' }, 'not-json'],
    ['400 without a reason', { status: 400, json: {} }, 'refused'],
    ['403', { status: 403, json: { errorCode: 'forbidden' } }, 'forbidden'],
    ['401', { status: 401, json: {} }, 'unauthorized'],
    ['500', { status: 500, json: {} }, 'server-error'],
    ['429', { status: 429, json: {} }, 'throttled'],
    ['a page', { text: '<html>' }, 'not-json'],
    ['nothing', {}, 'wrong-shape'],
    ['an id that leads elsewhere', { json: { id: '..', userId: 'alice@example.com' } }, 'wrong-shape'],
    ['an id that is half a character', { json: { id: '\ud800', userId: 'alice@example.com' } }, 'wrong-shape'],
    ['no login', { json: { id: 'x', userId: null } }, 'wrong-shape'],
    ['an empty login', { json: { id: 'x', userId: '' } }, 'ambiguous'],
    ['another user', { json: userJson({ id: 'x', userId: 'bob' }) }, 'ambiguous'],
    ['a connection that breaks', 'break', 'unreachable'],
  ])('whose look-up is answered with %s ends so', async (_, reply, end) => {
    const { live } = await read([login('alice@example.com')], [alice], { [loginCall]: [reply] });
    expect(ends(live)).toEqual([end]);
  });
});

it('a UUID of a file that is half a character is nobody’s', async () => {
  expect(ends((await read([uuid('\ud800')], [alice])).live)).toEqual(['absent']);
});

describe('many listed users', () => {
  it('are listed a hundred a call, and no further than to the last of them', async () => {
    const users = manyUsers(1000);
    const { live, calls } = await read(
      users.slice(0, 250).map(({ userId }) => login(userId)),
      users,
    );
    expect(ends(live).every((end) => end.startsWith('id-'))).toBe(true);
    expect(calls).toEqual([pageCall, pageCall, pageCall]);
  });

  it('far down a long list are looked up when that gets cheaper', async () => {
    const users = manyUsers(5000);
    const { live, calls } = await read(
      users.slice(-5).map(({ userId }) => login(userId)),
      users,
    );
    expect(ends(live)).toEqual(['id-4995', 'id-4996', 'id-4997', 'id-4998', 'id-4999']);
    expect(calls.filter((call) => call === pageCall)).toHaveLength(4);
    expect(calls.filter((call) => call === loginCall)).toHaveLength(5);
  });

  it('of whom some are not there are looked up before they count as absent', async () => {
    const users = manyUsers(150);
    const refs = [...users.map(({ userId }) => login(userId)), login('gone1'), login('gone2'), login('gone3')];
    const { live, calls } = await read(refs, users);
    expect(ends(live).slice(-4)).toEqual(['id-149', 'absent', 'absent', 'absent']);
    expect(calls).toEqual([pageCall, pageCall, loginCall, loginCall, loginCall]);
  });

  it('may be named in every way at once, and are read once each', async () => {
    const refs = [login('alice@example.com'), login('AL'), uuid('ID-A'), externalId('hr-1')];
    const { live, tenant } = await read(refs, [alice]);
    expect(ends(live)).toEqual(['id-a', 'id-a', 'id-a', 'id-a']);
    expect(tenant.count('GET /api/web/v1/users/id-a/faces')).toBe(1);
  });

  it('that answer to one name are ambiguous', async () => {
    const users = [alice, { id: 'id-b', userId: 'AL' }, { id: 'id-c', userId: 'carol' }];
    expect(ends((await read([login('al'), login('carol'), login('x')], users)).live)).toEqual([
      'ambiguous',
      'id-c',
      'absent',
    ]);
  });
});

describe('a listing', () => {
  const refs = manyUsers(50).map(({ userId }) => login(userId));
  const results = [userJson({ id: 'id-0', userId: 'u0@example.com' })];
  const paged = (nextCursor: unknown): Reply => ({ json: { results, paging: { limit: 100, nextCursor } } });

  it.each<[string, readonly Reply[], string]>([
    ['repeats a cursor', [paged('a'), paged('b'), paged('a')], 'repeated-cursor'],
    ['fails on a later page', [paged('a'), { status: 500, json: {} }], 'server-error'],
    ['is a page of something else', [paged('a'), { text: '<html>' }], 'not-json'],
    ['has no results', [paged('a'), { json: { paging: {} } }], 'wrong-shape'],
    ['is forbidden after a page', [paged('a'), { status: 403, json: {} }], 'forbidden'],
  ])('that %s leaves those not yet found unknown', async (_, replies, end) => {
    const { live, calls } = await read(refs, manyUsers(1), { [pageCall]: replies });
    expect(ends(live)).toEqual(['id-0', ...Array.from({ length: 49 }, () => end)]);
    expect(calls).not.toContain(loginCall);
  });

  it('goes on after a page that is not full, and after an empty one', async () => {
    const users = manyUsers(50);
    const rest = { json: { results: users.map(userJson) } };
    const { live } = await read(refs, users, {
      [pageCall]: [paged('a'), { json: { results: [], paging: { nextCursor: 'b' } } }, rest],
    });
    expect(ends(live)).toEqual(users.map(({ id }) => id));
  });

  it.each([null, undefined, ''])('ends with the cursor %j', async (cursor) => {
    const { calls } = await read(refs, manyUsers(1), { [pageCall]: [paged(cursor)] });
    expect(calls.filter((call) => call === pageCall)).toHaveLength(1);
  });

  it('asks for aliases and groups on every page', async () => {
    const users = manyUsers(150);
    const { tenant } = await read(
      users.map(({ userId }) => login(userId)),
      users,
    );
    const bodies = tenant.received.filter(({ call }) => call === pageCall).map(({ body }): unknown => JSON.parse(body));
    const attributes = ['userAliases', 'groups'];
    expect(bodies).toEqual([
      { limit: 100, attributes, orderByAttribute: { name: 'userId', ascending: true } },
      { limit: 100, attributes, cursor: '@100' },
    ]);
  });
});
