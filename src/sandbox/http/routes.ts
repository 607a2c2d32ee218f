import { authenticate, getGeneralSettings } from './authenticate.ts';
import type { Handler } from '../rules/call.ts';
import {
  createFace,
  createFaceV1,
  deleteFace,
  getFaceSettings,
  listFaces,
  sendActivation,
  updateFace,
} from '../rules/faces.ts';
import { getGroup, getGroupByExternalId, listGroups, listGroupsPaged } from '../rules/groups.ts';
import { listUsers } from '../rules/user-pages.ts';
import { getUser, getUserByExternalId, getUserByLogin } from '../rules/users.ts';

interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `{id}` stands for the one value in the path. */
  readonly path: string;
  /** What the API application's role must have; `none` for the one call that needs no token either. */
  readonly permission: string;
  readonly handler: Handler;
}

/** Every call the sandbox answers; methods, paths and permissions are those of the vendor's OpenAPI document 5.46.1. */
export const routes = {
  authenticate: {
    method: 'POST',
    path: '/api/web/v1/adminapi/authenticate',
    permission: 'none',
    handler: authenticate,
  },
  getUserByLogin: {
    method: 'POST',
    path: '/api/web/v3/users/userid',
    permission: 'USERS:VIEW',
    handler: getUserByLogin,
  },
  getUserByExternalId: {
    method: 'POST',
    path: '/api/web/v3/users/externalid',
    permission: 'USERS:VIEW',
    handler: getUserByExternalId,
  },
  getUser: { method: 'GET', path: '/api/web/v3/users/{id}', permission: 'USERS:VIEW', handler: getUser },
  listUsers: { method: 'POST', path: '/api/web/v4/userspaged', permission: 'USERS:VIEW', handler: listUsers },
  listGroups: { method: 'GET', path: '/api/web/v1/groups', permission: 'GROUPS:VIEW', handler: listGroups },
  listGroupsPaged: {
    method: 'POST',
    path: '/api/web/v1/groupspaged',
    permission: 'GROUPS:VIEW',
    handler: listGroupsPaged,
  },
  getGroup: { method: 'GET', path: '/api/web/v1/groups/{id}', permission: 'GROUPS:VIEW', handler: getGroup },
  getGroupByExternalId: {
    method: 'POST',
    path: '/api/web/v1/groups/externalid',
    permission: 'GROUPS:VIEW',
    handler: getGroupByExternalId,
  },
  listFaces: { method: 'GET', path: '/api/web/v1/users/{id}/faces', permission: 'FACE:VIEW', handler: listFaces },
  getFaceSettings: {
    method: 'GET',
    path: '/api/web/v1/users/{id}/settings/face',
    permission: 'FACE:VIEW',
    handler: getFaceSettings,
  },
  createFace: { method: 'POST', path: '/api/web/v2/users/{id}/face', permission: 'FACE:ADD', handler: createFace },
  createFaceV1: { method: 'POST', path: '/api/web/v1/users/{id}/face', permission: 'FACE:ADD', handler: createFaceV1 },
  updateFace: { method: 'PUT', path: '/api/web/v1/users/{id}/face', permission: 'FACE:EDIT', handler: updateFace },
  deleteFace: { method: 'DELETE', path: '/api/web/v1/face/{id}', permission: 'FACE:REMOVE', handler: deleteFace },
  sendActivation: {
    method: 'PUT',
    path: '/api/web/v1/face/{id}/activation',
    permission: 'FACE:ADD',
    handler: sendActivation,
  },
  getGeneralSettings: {
    method: 'GET',
    path: '/api/web/v1/settings/general',
    permission: 'SETTINGS:VIEW',
    handler: getGeneralSettings,
  },
} as const satisfies Readonly<Record<string, Route>>;

export type OperationName = keyof typeof routes;

/** Every permission that some call needs: what the API application's role has unless told otherwise. */
export const allPermissions: readonly string[] = [
  ...new Set(Object.values(routes).map(({ permission }) => permission)),
].filter((permission) => permission !== 'none');

/** The operation that a request asks for and the value in its path; undefined for an address that the tenant lacks. */
export function routeFor(
  method: string,
  path: string,
): { readonly operation: OperationName; readonly id: string } | undefined {
  const asked = path.split('/');
  for (const { operation, pattern } of patterns) {
    if (routes[operation].method !== method) continue;
    const id = pathValue(pattern, asked);
    if (id !== undefined) return { operation, id };
  }
  return undefined;
}

const patterns = Object.keys(routes)
  .filter(isOperation)
  .map((operation) => ({ operation, pattern: routes[operation].path.split('/') }));

function isOperation(name: string): name is OperationName {
  return Object.hasOwn(routes, name);
}

/** The value in the path if it fits the pattern: empty for a pattern without one, undefined for a path that differs. */
function pathValue(pattern: readonly string[], asked: readonly string[]): string | undefined {
  if (pattern.length !== asked.length) return undefined;
  let value = '';
  for (const [index, part] of pattern.entries()) {
    const found = asked[index] ?? '';
    if (part === '{id}' && found !== '') value = decoded(found);
    else if (part !== found) return undefined;
  }
  return value;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
