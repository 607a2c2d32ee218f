import { describe, expect, it } from 'vitest';
import { seedUsers, type SandboxSeed } from '../../src/sandbox/index.ts';
import { caller, textAt, type Caller } from './caller.ts';

const seed: SandboxSeed = {
  groups: [{ name: 'Employees', externalId: 'E-1' }, { name: 'Guests' }],
  users: [
    { login: 'alice@example.com', id: 'alice-id', aliases: ['Al'], groups: ['Employees'], faces: [{ status: 'NEW' }] },
    { login: 'bob', externalId: 'HR-2', groups: ['Employees', 'Guests'], state: 'INACTIVE', faces: [{}] },
    { login: 'carol', groups: ['Guests'] },
  ],
};

const byLogin = '/api/web/v3/users/userid';
const paged = '/api/web/v4/userspaged';

async function found({ call }: Caller, ...conditions: readonly (readonly [string, string, string])[]) {
  const searchByAttributes = conditions.map(([name, operator, value]) => ({ name, operator, value }));
  const { body } = await call('POST', paged, { searchByAttributes });
  return [0, 1, 2].map((index) => textAt(body, `results.${index}.userId`)).filter((login) => login !== '');
}

describe('looking up a user', () => {
  it.each(['alice@example.com', 'ALICE@example.com', 'al'])(
    'finds a login or alias in any case: %s',
    async (userId) => {
      const { call } = await caller({ seed });
      expect(await call('POST', byLogin, { userId })).toMatchObject({ status: 200, body: { id: 'alice-id' } });
    },
  );

  it('finds an external id, and a UUID', async () => {
    const { call, id } = await caller({ seed });
    const bob = { status: 200, body: { userId: 'bob', externalId: 'HR-2' } };
    expect(await call('POST', '/api/web/v3/users/externalid', { userId: 'HR-2' })).toMatchObject(bob);
    expect(await call('GET', `/api/web/v3/users/${id('bob')}`)).toMatchObject(bob);
  });

  it.each([404, 400] as const)('that does not exist is answered %i, if so told', async (missedLookup) => {
    const { call } = await caller({ seed, readings: { missedLookup } });
    const miss = { status: missedLookup, body: { errorCode: 'user_not_found' } };
    expect(await call('POST', byLogin, { userId: 'nobody' })).toMatchObject(miss);
    expect(await call('GET', '/api/web/v3/users/nobody')).toMatchObject(miss);
  });

  it('brings aliases and groups, if so told', async () => {
    const inline = await caller({ seed, readings: { aliasesInline: 'yes' } });
    expect(await inline.call('POST', byLogin, { userId: 'al' })).toMatchObject({
      body: { userAliases: [{ value: 'Al', userId: 'alice-id' }], groups: [{ name: 'Employees' }] },
    });
    const bare = await caller({ seed, readings: { aliasesInline: 'no', nulls: 'omitted' } });
    const { body } = await bare.call('POST', byLogin, { userId: 'al' });
    expect(body).not.toHaveProperty('userAliases');
    expect(body).not.toHaveProperty('groups');
  });

  it.each([
    ['explicit', { externalId: null, lastAuthTime: null }],
    ['omitted', {}],
  ] as const)('shows members without a value as %s', async (nulls, members) => {
    const { call } = await caller({ seed, readings: { nulls } });
    const { body } = await call('POST', byLogin, { userId: 'carol' });
    expect({ body }).toMatchObject({ body: members });
    expect(JSON.stringify(body).includes('externalId')).toBe(nulls === 'explicit');
  });
});

describe('listing users', () => {
  it.each([
    [[['userId', 'EQUALS', 'AL']], ['alice@example.com']],
    [[['userId', 'NOT_EQUALS', 'al']], ['bob', 'carol']],
    [[['userId', 'STARTS_WITH', 'b']], ['bob']],
    [[['userId', 'ENDS_WITH', 'l']], ['alice@example.com', 'carol']],
    [[['userId', 'CONTAINS', 'o']], ['alice@example.com', 'bob', 'carol']],
    [[['userId', 'NOT_CONTAINS', '@']], ['bob', 'carol']],
    [[['state', 'EQUALS', 'INACTIVE']], ['bob']],
    [[['authenticator', 'EQUALS', 'FACE']], ['alice@example.com', 'bob']],
    [[['authenticator', 'NOT_EQUALS', 'FACE']], ['carol']],
    [[['authenticator', 'EQUALS', 'GRID']], []],
    [
      [
        ['userId', 'CONTAINS', 'o'],
        ['state', 'EQUALS', 'ACTIVE'],
      ],
      ['alice@example.com', 'carol'],
    ],
  ] as const)('where %j finds %j', async (conditions, logins) => {
    expect(await found(await caller({ seed }), ...conditions)).toEqual(logins);
  });

  it('of a group finds its members', async () => {
    const session = await caller({ seed });
    const group = session.sandbox.tenant.groups().find(({ name }) => name === 'Guests')?.id ?? '';
    expect(await found(session, ['groupId', 'EQUALS', group])).toEqual(['bob', 'carol']);
  });

  it('with active faces only leaves out who is waiting, if so told', async () => {
    const session = await caller({ seed, readings: { faceFilter: 'active-only' } });
    expect(await found(session, ['authenticator', 'EQUALS', 'FACE'])).toEqual(['bob']);
  });

  it('brings aliases and groups only if asked', async () => {
    const { call } = await caller({ seed });
    const plain = await call('POST', paged, { limit: 1 });
    expect(plain.body).toMatchObject({ results: [{ userAliases: null, groups: null }] });
    const full = await call('POST', paged, { limit: 1, attributes: ['userAliases', 'groups'] });
    expect(full.body).toMatchObject({ results: [{ userAliases: [{ value: 'Al' }], groups: [{ name: 'Employees' }] }] });
  });

  it('goes through every user once, page by page, back and forth', async () => {
    const { call } = await caller({ seed: seedUsers(25), pageSizeMax: 10 });
    const first = await call('POST', paged, { orderByAttribute: { name: 'userId', ascending: false } });
    expect(first.body).toMatchObject({ paging: { limit: 10, prevCursor: null } });
    expect(textAt(first.body, 'results.0.userId')).toBe('user9');
    const second = await call('POST', paged, { cursor: textAt(first.body, 'paging.nextCursor') });
    const third = await call('POST', paged, { cursor: textAt(second.body, 'paging.nextCursor') });
    expect(third.body).toMatchObject({ paging: { nextCursor: null } });
    expect(textAt(third.body, 'results.4.userId')).toBe('user0');
    expect(textAt(third.body, 'results.5.userId')).toBe('');
    const back = await call('POST', paged, { cursor: textAt(second.body, 'paging.prevCursor') });
    expect(back.body).toEqual(first.body);
  });

  it.each([
    { limit: 0 },
    { limit: 101 },
    { limit: '5' },
    { cursor: 'made up' },
    { attributes: ['faces'] },
    { searchByAttributes: [{ name: 'shoeSize', operator: 'EQUALS', value: '9' }] },
    { searchByAttributes: [{ name: 'authenticator', operator: 'CONTAINS', value: 'FACE' }] },
    { searchByAttributes: [{ name: 'groupId', operator: 'EQUALS', value: 'no group' }] },
    { orderByAttribute: { name: 'email', ascending: true } },
  ])('with %j is refused', async (parms) => {
    const { call } = await caller({ seed });
    expect(await call('POST', paged, parms)).toMatchObject({ status: 400, body: { errorCode: 'invalid_request' } });
  });
});

describe('a role that is limited to a group', () => {
  it('sees no user outside of it, in any way', async () => {
    const { call, id, sandbox } = await caller({ seed, visibleGroups: ['Guests'] });
    const faceId = sandbox.tenant.faces('alice@example.com')[0]?.id ?? '';
    expect(await call('POST', byLogin, { userId: 'al' })).toMatchObject({ status: 404 });
    expect(await call('GET', `/api/web/v1/users/${id('alice@example.com')}/faces`)).toMatchObject({ status: 404 });
    expect(await call('DELETE', `/api/web/v1/face/${faceId}`)).toMatchObject({ status: 404 });
    const { body } = await call('POST', paged, {});
    expect(body).toMatchObject({ results: [{ userId: 'bob' }, { userId: 'carol' }] });
  });
});

describe('groups', () => {
  it('are found by name, external id and UUID, and listed', async () => {
    const { call, sandbox } = await caller({ seed });
    const employees = { status: 200, body: { name: 'Employees', externalId: 'E-1' } };
    const id = sandbox.tenant.groups()[0]?.id ?? '';
    expect(await call('POST', '/api/web/v1/groups/externalid', { id: 'Employees' })).toMatchObject(employees);
    expect(await call('POST', '/api/web/v1/groups/externalid', { id: 'E-1' })).toMatchObject(employees);
    expect(await call('GET', `/api/web/v1/groups/${id}`)).toMatchObject(employees);
    expect(await call('GET', '/api/web/v1/groups')).toMatchObject({ body: [employees.body, { name: 'Guests' }] });
  });

  it('are searched by name', async () => {
    const { call } = await caller({ seed });
    const searchByAttributes = [{ name: 'name', operator: 'STARTS_WITH', value: 'gu' }];
    const { body } = await call('POST', '/api/web/v1/groupspaged', { searchByAttributes });
    expect(body).toMatchObject({ results: [{ name: 'Guests' }], paging: { nextCursor: null } });
  });

  it('that do not exist are missed', async () => {
    const { call } = await caller({ seed });
    expect(await call('POST', '/api/web/v1/groups/externalid', { id: 'nobody' })).toMatchObject({ status: 404 });
  });
});
