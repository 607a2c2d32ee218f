import type { Fault, FaultScript } from './http/fault.ts';
import { faceToSeed, seededFace } from './rules/new-face.ts';
import type { RequestListener, RequestLog, SandboxRequest } from './http/request-log.ts';
import {
  SeedProblem,
  type FaceStatus,
  type SandboxSeed,
  type SeedFace,
  type SeedGroup,
  type SeedUser,
} from './state/seed.ts';
import { statusAt } from './rules/face-status.ts';
import type { Email, StoredFace, StoredGroup, StoredUser } from './state/stored.ts';
import type { Tenant } from './state/tenant.ts';

/** The tenant's back door, past its rules and its API. Faces show the status that a reader sees at present. */
export interface TenantControl {
  addUser(user: SeedUser): StoredUser;
  removeUser(login: string): void;
  addGroup(group: SeedGroup): StoredGroup;
  addFace(login: string, face?: SeedFace): StoredFace;
  removeFace(faceId: string): void;
  /** In the order in which they were added. */
  users(): readonly StoredUser[];
  groups(): readonly StoredGroup[];
  /** In the order in which they were created. */
  faces(login: string): readonly StoredFace[];
  /** The user finishes: the face becomes ACTIVE, a mobile one also registered. */
  activate(faceId: string): void;
  setStatus(faceId: string, status: FaceStatus): void;
  /** Milliseconds since 1970 UTC, as the tenant sees it. */
  now(): number;
  /** Moves the tenant's clock forward. Tokens expire by it as well. */
  advance(ms: number): void;
  /** Makes every token invalid that was handed out so far. */
  revokeTokens(): void;
  failWith(fault: Fault): void;
  clearFaults(): void;
  /** @returns what takes the listener away again. */
  onRequest(listener: RequestListener): () => void;
  /** The tenant as a seed: what a state file would hold. */
  toSeed(): SandboxSeed;
  /** Activation e-mails in the order in which they were sent since the start. */
  readonly emails: readonly Email[];
  /** In the order in which they were answered, or not. */
  readonly requests: readonly SandboxRequest[];
  /** The most requests that were being answered at one time. */
  readonly peakConcurrency: number;
}

export interface ControlParts {
  readonly tenant: Tenant;
  readonly faults: FaultScript;
  readonly log: RequestLog;
  readonly advance: (ms: number) => void;
  readonly toSeed: () => SandboxSeed;
  readonly peakConcurrency: () => number;
  /** Called after every change. */
  readonly changed: () => void;
}

/** @throws Error from any method that is given a login or face id which the tenant does not have. */
export function controlOf(parts: ControlParts): TenantControl {
  const { tenant, faults, log } = parts;
  const { store } = tenant;
  return {
    ...editsOf(parts),
    users: () => store.users(),
    groups: () => store.groups(),
    faces: (login) => store.faces(userNamed(tenant, login).id).map((face) => seen(face, tenant)),
    now: () => tenant.now(),
    revokeTokens: () => {
      tenant.tokens.revokeAll();
    },
    failWith: (fault) => {
      faults.add(fault);
    },
    clearFaults: () => {
      faults.clear();
    },
    onRequest: (listener) => log.listen(listener),
    toSeed: parts.toSeed,
    emails: store.emails,
    requests: log.requests,
    get peakConcurrency() {
      return parts.peakConcurrency();
    },
  };
}

type Edit = 'addUser' | 'removeUser' | 'addGroup' | 'addFace' | 'removeFace' | 'activate' | 'setStatus' | 'advance';

/** The methods that change what is saved. */
function editsOf(parts: ControlParts): Pick<TenantControl, Edit> {
  const { tenant } = parts;
  const { store } = tenant;
  const changing = <T>(work: () => T): T => {
    const result = work();
    parts.changed();
    return result;
  };
  const editFace = (faceId: string, edit: (face: StoredFace) => StoredFace) => {
    changing(() => {
      store.replaceFace(edit(faceWith(tenant, faceId)));
    });
  };
  return {
    addUser: (user) => changing(() => seedUser(tenant, user)),
    removeUser: (login) => {
      changing(() => {
        store.removeUser(userNamed(tenant, login));
      });
    },
    addGroup: (group) => changing(() => store.addGroup(group)),
    addFace: (login, face = {}) => changing(() => seedFace(tenant, userNamed(tenant, login), face)),
    removeFace: (faceId) => {
      changing(() => {
        store.removeFace(faceWith(tenant, faceId).id);
      });
    },
    activate: (faceId) => {
      editFace(faceId, (face) => activated(face, tenant));
    },
    setStatus: (faceId, status) => {
      editFace(faceId, (face) => ({ ...face, status }));
    },
    advance: (ms) => {
      changing(() => {
        parts.advance(ms);
      });
    },
  };
}

/** @throws SeedProblem where the user, or one of the faces, contradicts what is there. */
export function seedUser(tenant: Pick<Tenant, 'store' | 'now'>, seed: SeedUser): StoredUser {
  const user = tenant.store.addUser(seed);
  for (const face of seed.faces ?? []) seedFace(tenant, user, face);
  return user;
}

function seedFace({ store, now }: Pick<Tenant, 'store' | 'now'>, user: StoredUser, seed: SeedFace): StoredFace {
  const { id, serialNumber } = seed;
  const identity = id !== undefined && serialNumber !== undefined ? { id, serialNumber } : store.newFaceIdentity();
  const named = { id: id ?? identity.id, serialNumber: serialNumber ?? identity.serialNumber };
  const face = seededFace(named, seed, { now: now(), lifetimeDays: user.faceLifetimeDays });
  store.addFace(user.id, face);
  return face;
}

/** All that the store holds as a seed. */
export function storeToSeed({ store }: Pick<Tenant, 'store'>): SandboxSeed {
  return {
    facesCreated: store.facesCreated,
    groups: store.groups(),
    users: store.users().map((user) => ({ ...user, faces: store.faces(user.id).map(faceToSeed) })),
  };
}

function seen(face: StoredFace, tenant: Tenant): StoredFace {
  return { ...face, status: statusAt(face, tenant.now(), tenant.readings) };
}

function activated(face: StoredFace, { store, readings, now }: Tenant): StoredFace {
  const days = store.ownerOf(face.id)?.faceLifetimeDays;
  const begins = face.flow === 'mobile' && readings.lifetimeFrom === 'activation' && face.expiry === undefined;
  const expiry = begins && days !== undefined ? now() + days * 86_400_000 : face.expiry;
  const active = { ...face, expiry, status: 'ACTIVE' as const };
  return face.flow === 'mobile' ? { ...active, registered: true, platform: face.platform ?? 'ANDROID' } : active;
}

function userNamed({ store }: Tenant, login: string): StoredUser {
  return known(store.userNamed(login), `user ${login}`);
}

function faceWith({ store }: Tenant, faceId: string): StoredFace {
  return known(store.face(faceId), `face ${faceId}`);
}

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new SeedProblem(`the sandbox has no ${what}`);
  return value;
}
