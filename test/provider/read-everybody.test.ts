import { describe, expect, it, onTestFinished } from 'vitest';
import type { Everybody } from '../../src/model/live.ts';
import type { EverybodyRequest } from '../../src/model/tenant.ts';
import { connectReader } from '../../src/provider/index.ts';
import { requestTo } from '../support/provider/session.ts';
import { scriptedTenant, type ScriptedTenant } from '../support/provider/scripted-tenant.ts';
import { manyUsers, pageCall, resolving, usersScript, type ScriptedUser } from '../support/provider/user-scripts.ts';

interface Reading {
  readonly tenant: ScriptedTenant;
  readonly everybody: Everybody;
  readonly progress: readonly string[];
}

async function read(users: readonly ScriptedUser[], who: EverybodyRequest['who'] = 'every-user'): Promise<Reading> {
  const tenant = await scriptedTenant(usersScript(users));
  const session = connectReader(requestTo(tenant.url));
  onTestFinished(async () => {
    await session.close();
    await tenant.close();
  });
  const progress: string[] = [];
  const onProgress = (done: number, total: number): void => void progress.push(`${done}/${total}`);
  const everybody = await session.tenant.readEverybody({ reach: { users: 'tenant' }, who, onProgress });
  return { tenant, everybody, progress };
}

describe('everybody', () => {
  it('is found by listing alone, a hundred a call, and each asked once', async () => {
    const { tenant, everybody, progress } = await read(manyUsers(250));
    expect(everybody.users).toHaveLength(250);
    expect(resolving(tenant.received)).toEqual([pageCall, pageCall, pageCall]);
    expect(tenant.received.filter(({ call }) => call.endsWith('/faces'))).toHaveLength(250);
    expect(progress.at(-1)).toBe('250/250');
  });

  it.each([
    ['with-face', true],
    ['every-user', false],
  ] as const)('is narrowed by the tenant where it is %s: %j', async (who, narrowed) => {
    const { tenant } = await read(manyUsers(1), who);
    const [page] = tenant.received.filter(({ call }) => call === pageCall);
    expect(page?.body.includes('"FACE"')).toBe(narrowed);
  });

  it('comes with the names that several go by, whatever their case', async () => {
    const { everybody } = await read([
      { id: '1', userId: 'Amy', aliases: ['AMY', 'a'] },
      { id: '2', userId: 'bob', aliases: ['Cyd'] },
      { id: '3', userId: 'cyd' },
      { id: '4', userId: 'dan', aliases: ['A'] },
    ]);
    expect([...everybody.sharedNames].toSorted()).toEqual(['a', 'cyd']);
  });
});
