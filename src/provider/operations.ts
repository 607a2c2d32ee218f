import type { CreateApi } from '../model/enrollment.ts';

/**
 * What repeating a call can do, which decides whether a lost answer may be followed by another try.
 *
 * - `read`: changes nothing, whatever its method; several of the vendor's reads are POSTs.
 * - `idempotent`: a repeat leaves the tenant as one call does.
 * - `create`: a repeat may make a second face, and send a second e-mail.
 * - `once`: acts outside the tenant, and a repeat does so again.
 */
export type Effect = 'read' | 'idempotent' | 'create' | 'once';

export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `{id}` stands for the one value that goes into the path. */
  readonly path: string;
  readonly effect: Effect;
  /** What the role of the API application needs for it. */
  readonly permission?: string;
}

/** Every call faceform knows, from the vendor's OpenAPI document 5.46.1; the face operations bear the vendor's names. */
export const operations = {
  authenticate: { method: 'POST', path: '/api/web/v1/adminapi/authenticate', effect: 'read' },
  userByLogin: { method: 'POST', path: '/api/web/v3/users/userid', effect: 'read', permission: 'USERS:VIEW' },
  userByExternalId: { method: 'POST', path: '/api/web/v3/users/externalid', effect: 'read', permission: 'USERS:VIEW' },
  userByUuid: { method: 'GET', path: '/api/web/v3/users/{id}', effect: 'read', permission: 'USERS:VIEW' },
  usersPage: { method: 'POST', path: '/api/web/v4/userspaged', effect: 'read', permission: 'USERS:VIEW' },
  groupByUuid: { method: 'GET', path: '/api/web/v1/groups/{id}', effect: 'read', permission: 'GROUPS:VIEW' },
  groupByName: { method: 'POST', path: '/api/web/v1/groups/externalid', effect: 'read', permission: 'GROUPS:VIEW' },
  groupsPage: { method: 'POST', path: '/api/web/v1/groupspaged', effect: 'read', permission: 'GROUPS:VIEW' },
  generalSettings: { method: 'GET', path: '/api/web/v1/settings/general', effect: 'read', permission: 'SETTINGS:VIEW' },
  getFaces: { method: 'GET', path: '/api/web/v1/users/{id}/faces', effect: 'read', permission: 'FACE:VIEW' },
  getUserFaceSettings: {
    method: 'GET',
    path: '/api/web/v1/users/{id}/settings/face',
    effect: 'read',
    permission: 'FACE:VIEW',
  },
  createFaceAuthenticator: {
    method: 'POST',
    path: '/api/web/v2/users/{id}/face',
    effect: 'create',
    permission: 'FACE:ADD',
  },
  createFace: { method: 'POST', path: '/api/web/v1/users/{id}/face', effect: 'create', permission: 'FACE:ADD' },
  updateFace: { method: 'PUT', path: '/api/web/v1/users/{id}/face', effect: 'idempotent', permission: 'FACE:EDIT' },
  deleteFace: { method: 'DELETE', path: '/api/web/v1/face/{id}', effect: 'idempotent', permission: 'FACE:REMOVE' },
  sendFaceActivationEmail: {
    method: 'PUT',
    path: '/api/web/v1/face/{id}/activation',
    effect: 'once',
    permission: 'FACE:ADD',
  },
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof operations;

/** All that a reader's transport lets through. Spelled out, so that a wrong `effect` above opens nothing. */
export const readOperations: ReadonlySet<OperationName> = new Set([
  'authenticate',
  'userByLogin',
  'userByExternalId',
  'userByUuid',
  'usersPage',
  'groupByUuid',
  'groupByName',
  'groupsPage',
  'generalSettings',
  'getFaces',
  'getUserFaceSettings',
]);

/** All that a writer's transport lets through, by the create that the tenant has. */
export const writeOperations: Readonly<Record<CreateApi, ReadonlySet<OperationName>>> = {
  v1: new Set<OperationName>([...readOperations, 'createFace', 'updateFace', 'deleteFace']),
  v2: new Set<OperationName>([...readOperations, 'createFaceAuthenticator', 'updateFace', 'deleteFace']),
};

/** All that the transport of a resend lets through. */
export const resendOperations: ReadonlySet<OperationName> = new Set<OperationName>([
  ...readOperations,
  'sendFaceActivationEmail',
]);

/** Undefined where none is needed. */
export function permissionFor(operation: OperationName): string | undefined {
  const { permission }: Operation = operations[operation];
  return permission;
}

/** The path to call; a value that goes into it is escaped, half a surrogate pair of a file as what stands for it. */
export function pathOf(operation: OperationName, id: string | undefined): string {
  const { path } = operations[operation];
  if (id === undefined) return path;
  const hole = path.indexOf('{id}');
  return `${path.slice(0, hole)}${encodeURIComponent(id.replace(/\p{Cs}/gu, '\ufffd'))}${path.slice(hole + '{id}'.length)}`;
}
