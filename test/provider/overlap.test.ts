import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { connectReader } from '../../src/provider/index.ts';
import { requestTo } from '../support/provider/session.ts';
import { scriptedTenant } from '../support/provider/scripted-tenant.ts';
import { settingsCall, usersScript } from '../support/provider/user-scripts.ts';

const bob = { id: 'id-b', userId: 'bob' };

it("reads users' faces while the answer about the settings is still to come", async () => {
  const tenant = await scriptedTenant(usersScript([bob], { [settingsCall]: ['hang'] }));
  const session = connectReader(requestTo(tenant.url));
  const users = [{ by: 'login', value: 'bob', key: 'bob' }] as const;
  const live = session.tenant.readLive({
    users,
    scope: { users: 'listed' },
    reach: 'scope',
    onProgress: () => undefined,
  });
  while (tenant.count('GET /api/web/v1/users/id-b/faces') === 0) await setTimeout(5);
  await session.close();
  await live;
  expect(tenant.count(settingsCall)).toBe(1);
  await tenant.close();
});
