import { describe, expect, it, onTestFinished } from 'vitest';
import type { Profile } from '../../src/model/shown/profile.ts';
import { connectReader, type ConnectRequest } from '../../src/provider/index.ts';
import { requestTo } from '../support/provider/session.ts';
import { scriptedTenant, type Reply, type Script } from '../support/provider/scripted-tenant.ts';
import { pageCall, userJson, usersScript } from '../support/provider/user-scripts.ts';

const amy = { id: 'id-amy', userId: 'amy', groups: null };
const groupId = '00000000-0000-4000-a000-000000000001';
const group: Script = {
  [`GET /api/web/v1/groups/${groupId}`]: [{ json: { id: groupId, name: 'Staff' } }],
  'GET /api/web/v1/users/id-amy/settings/face': [{ json: { lifetime: 90 } }],
};
const within = { users: 'group', group: groupId, onRemove: 'keep' } as const;
const at = { line: 1, column: 1, byte: 0 };

async function read(others: Script, changes: Partial<ConnectRequest> = {}): Promise<Profile> {
  const tenant = await scriptedTenant(usersScript([amy], { ...group, ...others }));
  const session = connectReader(requestTo(tenant.url, { tries: 1, ...changes }));
  onTestFinished(async () => {
    await session.close();
    await tenant.close();
  });
  const scope = { ...within, range: { filename: 'a.yaml', start: at, end: at } };
  return session.tenant.readProfile({ user: { by: 'login', value: 'amy', key: 'amy' }, scope });
}

describe('the profile of a user of whom the tenant lists no groups', () => {
  const hits = (inGroup: Reply): Script => ({
    [pageCall]: ({ body }) => (body.includes('"groupId"') ? inGroup : { json: { results: [userJson(amy)] } }),
  });

  it.each([
    [true, [userJson(amy)]],
    [false, []],
  ])('is in the scope as a search within the group says: %s', async (inScope, results) => {
    expect(await read(hits({ json: { results } }))).toEqual({
      presence: 'present',
      user: { uuid: 'id-amy', login: 'amy', aliases: [], groups: [] },
      inScope,
      faces: [],
      settings: { settings: 'read', lifetimeDays: 90 },
      maxFacesPerUser: 5,
    });
  });

  it('is unknown where that search is refused, and the names are kept', async () => {
    expect(await read(hits({ status: 403, json: { errorCode: 'forbidden' } }))).toMatchObject({
      presence: 'unknown',
      reason: { code: 'forbidden' },
      user: { uuid: 'id-amy', login: 'amy' },
    });
  });

  it('is unknown where that search has more pages than any listing may have', async () => {
    const endless: Reply = { json: { results: [], paging: { nextCursor: 'more' } } };
    expect(await read(hits(endless), { limits: { listingPages: 1 } })).toMatchObject({
      presence: 'unknown',
      reason: { code: 'repeated-cursor' },
      user: { uuid: 'id-amy', login: 'amy' },
    });
  });

  it('is unknown, and not without faces, where the user is gone when the faces are read', async () => {
    const gone: Reply = { status: 404, json: { errorCode: 'user_not_found', errorMessage: 'no such user' } };
    const others = { ...hits({ json: { results: [] } }), 'GET /api/web/v1/users/id-amy/faces': [gone] };
    expect(await read(others)).toMatchObject({ presence: 'unknown', reason: { code: 'vanished' } });
  });
});
