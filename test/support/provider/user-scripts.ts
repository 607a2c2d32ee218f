import { authenticateCall, type Received, type Reply, type Script } from './scripted-tenant.ts';

export interface ScriptedUser {
  readonly id: string;
  readonly userId: string;
  readonly aliases?: readonly string[];
  readonly externalId?: string;
  /** `null` where the tenant does not list them. */
  readonly groups?: readonly string[] | null;
}

export const pageCall = 'POST /api/web/v4/userspaged';
export const loginCall = 'POST /api/web/v3/users/userid';
export const externalIdCall = 'POST /api/web/v3/users/externalid';
export const settingsCall = 'GET /api/web/v1/settings/general';

export const miss: Reply = { status: 404, json: { errorCode: 'not_found', errorMessage: 'no such user' } };

/** `u0@example.com` and so on. */
export function manyUsers(count: number): readonly ScriptedUser[] {
  return Array.from({ length: count }, (_, index) => ({ id: `id-${index}`, userId: `u${index}@example.com` }));
}

export function userJson({ id, userId, aliases, externalId, groups }: ScriptedUser): object {
  return {
    id,
    userId,
    externalId: externalId ?? null,
    lastAuthTime: null,
    userAliases: (aliases ?? []).map((value) => ({ id: `alias-${value}`, type: 'CUSTOM', userId: id, value })),
    groups: groups === null ? null : (groups ?? []).map((group) => ({ id: group, name: group })),
  };
}

/** The calls of a tenant that has these users, each with no face. */
export function usersScript(users: readonly ScriptedUser[], others: Script = {}): Script {
  const find = (wanted: (user: ScriptedUser) => boolean): Reply => {
    const user = users.find(wanted);
    return user === undefined ? miss : { json: userJson(user) };
  };
  const faces = users.map(({ id }) => [`GET /api/web/v1/users/${id}/faces`, [{ json: [] }]] as const);
  const byUuid = users.map((user) => [`GET /api/web/v3/users/${user.id}`, [{ json: userJson(user) }]] as const);
  return {
    [settingsCall]: [{ status: 403, json: { errorCode: 'forbidden' } }],
    [loginCall]: ({ body }) => find((user) => [user.userId, ...(user.aliases ?? [])].includes(wantedIn(body))),
    [externalIdCall]: ({ body }) => find((user) => user.externalId?.toLowerCase() === wantedIn(body)),
    [pageCall]: ({ body }) => page(users, body),
    ...Object.fromEntries(faces),
    ...Object.fromEntries(byUuid),
    ...others,
  };
}

/** The calls that led to users, in the order they came: neither authentication, settings nor faces. */
export function resolving(received: readonly Received[]): readonly string[] {
  return received.map(({ call }) => call).filter((call) => call !== authenticateCall && !/settings|faces/.test(call));
}

function wantedIn(body: string): string {
  return textIn(body, 'userId').toLowerCase();
}

function page(users: readonly ScriptedUser[], body: string): Reply {
  const search = /"name":"groupId","operator":"EQUALS","value":"([^"]*)"/.exec(body)?.[1];
  const login = /"name":"userId","operator":"EQUALS","value":"([^"]*)"/.exec(body)?.[1];
  const [group, from] = textIn(body, 'cursor').split('@');
  const within = search ?? group ?? '';
  const start = Number(from ?? '0');
  const chosen = users
    .filter(({ groups }) => within === '' || (groups ?? ['g1']).includes(within))
    .filter(({ userId }) => login === undefined || userId === login);
  const end = start + 100;
  const nextCursor = end < chosen.length ? `${within}@${end}` : null;
  return { json: { results: chosen.slice(start, end).map(userJson), paging: { limit: 100, nextCursor } } };
}

function textIn(body: string, name: string): string {
  return new RegExp(`"${name}":"([^"]*)"`).exec(body)?.[1] ?? '';
}
