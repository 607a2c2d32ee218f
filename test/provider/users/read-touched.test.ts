import { describe, expect, it, onTestFinished } from 'vitest';
import type { Scope, UserRef } from '../../../src/model/enrollment.ts';
import type { TouchedRequest, TouchedState, TouchedUser } from '../../../src/model/shown/touched.ts';
import { connectReader } from '../../../src/provider/index.ts';
import { rejection, requestTo } from '../../support/provider/session.ts';
import { scriptedTenant, type Reply, type Script } from '../../support/provider/scripted-tenant.ts';
import {
  loginCall,
  manyUsers,
  pageCall,
  resolving,
  userJson,
  usersScript,
} from '../../support/provider/user-scripts.ts';
import type { ScriptedUser } from '../../support/provider/user-scripts.ts';

const groupId = '00000000-0000-4000-a000-000000000001';
const place = { line: 1, column: 1, byte: 0 };
const range = { filename: 'f.yaml', start: place, end: place };
const inGroup = { users: 'group', group: groupId, onRemove: 'keep', range } as const;
const login = (value: string): UserRef => ({ by: 'login', value, key: value });
const group: Script = { [`GET /api/web/v1/groups/${groupId}`]: [{ json: { id: groupId, name: 'Staff' } }] };
const amy: ScriptedUser = { id: 'id-amy', userId: 'amy', aliases: ['a.lias'], externalId: 'E1', groups: [groupId] };

interface Read {
  readonly state: TouchedState;
  readonly calls: readonly string[];
  readonly progress: readonly (readonly [number, number])[];
}

async function read(users: readonly UserRef[], script: Script, request: Partial<TouchedRequest> = {}): Promise<Read> {
  const tenant = await scriptedTenant({ ...group, ...script });
  const session = connectReader(requestTo(tenant.url, { tries: 1 }));
  onTestFinished(async () => {
    await session.close();
    await tenant.close();
  });
  const progress: (readonly [number, number])[] = [];
  const onProgress = (...step: readonly [number, number]): void => {
    progress.push(step);
  };
  const scopes = new Map([['', { users: 'listed' } as const]]);
  const state = await session.tenant.readTouched({ users, usersAtLeast: 100_000, scopes, onProgress, ...request });
  return { state, calls: resolving(tenant.received), progress };
}

/** As a look-up may answer that leaves out what only a search brings. */
const bare = ({ id, userId }: ScriptedUser): Reply => ({ json: { id, userId } });
const one = ({ state }: Read, key = 'amy'): TouchedUser | undefined => state.users.get(key);

describe('a reading of some users of many', () => {
  it('looks each up, once under several names, and lists nobody', async () => {
    const byId: UserRef = { by: 'externalId', value: 'e1', key: 'externalId:e1' };
    const done = await read([login('amy'), login('a.lias'), byId, login('nobody')], usersScript([amy]));
    const expected = { uuid: 'id-amy', login: 'amy', aliases: ['a.lias'], externalId: 'E1' };
    for (const key of ['amy', 'a.lias', 'externalId:e1']) {
      expect(one(done, key)).toEqual({ presence: 'present', user: expected, faces: [], scopes: new Set() });
    }
    expect(one(done, 'nobody')).toEqual({ presence: 'absent' });
    expect(done.calls).toHaveLength(4);
    expect(done.calls).not.toContain(pageCall);
    expect(done.progress).toEqual([
      [0, 4],
      [1, 4],
    ]);
  });

  it('lists where so many are asked for that this takes fewer calls', async () => {
    const users = manyUsers(60);
    const refs = users.map(({ userId }) => login(userId));
    const { calls } = await read(refs, usersScript(users), { usersAtLeast: 60 });
    expect(calls).toEqual([pageCall]);
  });

  it('makes no call for nobody', async () => {
    const { state, calls } = await read([], usersScript([amy]), { scopes: new Map([['', inGroup]]) });
    expect([state.users.size, calls]).toEqual([0, []]);
  });

  it('searches for the names that a look-up leaves out, and knows nothing of a user without them', async () => {
    const found = { [loginCall]: [bare(amy)], [pageCall]: [{ json: { results: [userJson(amy)] } }] };
    expect(one(await read([login('amy')], usersScript([amy], found)))).toMatchObject({ user: { aliases: ['a.lias'] } });
    const none = { [loginCall]: [bare(amy)], [pageCall]: [{ json: { results: [{ id: 'id-amy', userId: 'amy' }] } }] };
    expect(one(await read([login('amy')], usersScript([amy], none)))).toMatchObject({
      presence: 'unknown',
      reason: { code: 'ambiguous', message: 'the tenant does not say by which other names amy goes' },
    });
    const refused = { [loginCall]: [bare(amy)], [pageCall]: [{ status: 403, json: {} }] };
    expect(one(await read([login('amy')], usersScript([amy], refused)))).toMatchObject({
      reason: { code: 'forbidden' },
    });
  });

  it('says in which of the scopes each is, and finds each group once', async () => {
    const scopes = new Map<string, Scope>([
      ['', { users: 'listed' }],
      ['a', inGroup],
      ['b', inGroup],
      ['c', { users: 'tenant', onRemove: 'keep', range }],
    ]);
    const done = await read([login('amy'), login('bob')], usersScript([amy, { id: 'id-b', userId: 'bob' }]), {
      scopes,
    });
    expect(one(done)).toMatchObject({ scopes: new Set(['a', 'b']) });
    expect(one(done, 'bob')).toMatchObject({ scopes: new Set() });
    expect(done.calls.filter((call) => call.includes('groups'))).toHaveLength(1);
  });

  it('leaves a user unknown whose groups or faces cannot be read, and reads none of another shard', async () => {
    const scopes = new Map([['', inGroup]]);
    const unlisted = { ...amy, groups: null };
    const search = {
      [pageCall]: ({ body }: { readonly body: string }): Reply => {
        return body.includes('groupId') ? { status: 500, json: {} } : { json: { results: [userJson(unlisted)] } };
      },
    };
    expect(one(await read([login('amy')], usersScript([unlisted], search), { scopes }))).toMatchObject({
      presence: 'unknown',
      user: { login: 'amy' },
    });
    const faces = { 'GET /api/web/v1/users/id-amy/faces': [{ status: 403, json: {} }] };
    expect(one(await read([login('amy')], usersScript([amy], faces)))).toMatchObject({
      presence: 'unknown',
      reason: { code: 'forbidden' },
    });
    const shards = await Promise.all(
      [1, 2].map(async (index) => one(await read([login('amy')], usersScript([amy]), { shard: { index, count: 2 } }))),
    );
    expect(shards.map((user) => user?.presence).toSorted()).toEqual(['elsewhere', 'present']);
  });

  it('ends where the group of a scope is not there', async () => {
    const gone = { [`GET /api/web/v1/groups/${groupId}`]: [{ status: 404, json: { errorCode: 'not_found' } }] };
    const error = await rejection(read([login('amy')], usersScript([amy], gone), { scopes: new Map([['', inGroup]]) }));
    expect(error).toMatchObject({ message: expect.stringContaining(groupId) });
  });
});
