import {
  usualBudgets,
  usualShortenHorizonSeconds,
  type AbsentEnrollment,
  type DesiredState,
  type Enrollment,
  type ExpiryRule,
  type NewFace,
  type PresentEnrollment,
} from '../../../src/model/enrollment.ts';
import type { Face } from '../../../src/model/face.ts';
import { instantFromMs, later, type Instant } from '../../../src/model/instant.ts';
import type { LiveState, LiveUser } from '../../../src/model/live.ts';
import type { Plan } from '../../../src/model/plan.ts';
import { createPlan } from '../../../src/engine/owners/create-plan.ts';
import type { PlanRequest } from '../../../src/engine/plan/plan.ts';

export const day = 86_400;
export const now = instantFromMs(Date.UTC(2026, 0, 1));
export const fromNow = (seconds: number): Instant => later(now, seconds);
export const tenantRule: ExpiryRule = { rule: 'tenant' };

export const range = (line: number): Enrollment['range'] => ({
  filename: 'users.yaml',
  start: { line, column: 5, byte: line * 100 },
  end: { line, column: 20, byte: line * 100 + 15 },
});

const userRef = (login: string): Enrollment['user'] => ({ by: 'login', value: login, key: login.toLowerCase() });

export const mobile = (expiry: ExpiryRule = tenantRule): NewFace => ({
  flow: 'mobile',
  activation: { email: true, qrCode: false },
  expiry,
});
export const web = (applicantId = 'applicant-1', expiry: ExpiryRule = tenantRule): NewFace => ({
  flow: 'web',
  applicantId,
  expiry,
});
export const token = (expiry: ExpiryRule = tenantRule): NewFace => ({
  flow: 'token',
  customerUserId: 'c-1',
  token: { from: 'env', name: 'TOKEN' },
  expiry,
});

export function present(
  login: string,
  face: NewFace,
  more: Partial<Pick<PresentEnrollment, 'enabled' | 'replaceOn' | 'serialNumber' | 'label' | 'range' | 'user'>> = {},
): PresentEnrollment {
  const user = more.user ?? userRef(login);
  const key = [user.key, face.flow, ...(more.label === undefined ? [] : [more.label])].join('/');
  return {
    state: 'present',
    key,
    face,
    enabled: true,
    replaceOn: new Set(),
    annotations: {},
    range: range(7),
    ...more,
    user,
  };
}

export function absent(
  login: string,
  more: Partial<Pick<AbsentEnrollment, 'flow' | 'serialNumber' | 'range'>> = {},
): AbsentEnrollment {
  const user = userRef(login);
  const tail = more.serialNumber ?? more.flow;
  const key = tail === undefined ? user.key : `${user.key}/${tail}`;
  return { state: 'absent', key, annotations: {}, range: range(9), ...more, user };
}

export function face(id: string, more: Partial<Face> = {}): Face {
  return {
    id,
    serialNumber: `1-${id}`,
    status: 'ACTIVE',
    created: fromNow(-10 * day),
    expiry: fromNow(170 * day),
    ...more,
  };
}
export const mobileFace = (id: string, more: Partial<Face> = {}): Face => face(id, { mobile: true, ...more });
export const webFace = (id: string, applicantId = 'applicant-1', more: Partial<Face> = {}): Face =>
  face(id, { mobile: false, applicantId, ...more });
export const tokenFace = (id: string, more: Partial<Face> = {}): Face => face(id, { mobile: false, ...more });

export const found = (login: string, faces: readonly Face[], inScope = true): LiveUser => ({
  presence: 'present',
  user: { uuid: `uuid-${login.toLowerCase()}`, login },
  faces,
  inScope,
});

export function desire(enrollments: readonly Enrollment[], more: Partial<DesiredState> = {}): DesiredState {
  return {
    tenant: {},
    scope: { users: 'listed' },
    unmatched: 'keep',
    missingUsers: 'error',
    budgets: usualBudgets,
    shortenHorizonSeconds: usualShortenHorizonSeconds,
    protect: new Map(),
    enrollments,
    inputs: [{ file: 'users.yaml', sha256: '0'.repeat(64) }],
    filesSkipped: 0,
    ...more,
  };
}

/** As if all of them stood in line 2. */
export function protecting(...keys: readonly string[]): DesiredState['protect'] {
  return new Map(keys.map((key) => [key, range(2)]));
}

export function liveOf(listed: Readonly<Record<string, LiveUser>>, more: Partial<LiveState> = {}): LiveState {
  return { listed: new Map(Object.entries(listed)), discovered: [], maxFacesPerUser: 5, ...more };
}

export function plan(desired: DesiredState, live: LiveState, more: Partial<PlanRequest> = {}): Plan {
  return createPlan({
    desired,
    live,
    tenant: { kind: 'origin', origin: 'https://acme.example' },
    now,
    missingUsers: 'error',
    entries: 'all',
    renew: new Set(),
    ...more,
  });
}

/** Plans one entry of user `amy` against his faces. */
export function planOne(entry: Enrollment, faces: readonly Face[], more: Partial<DesiredState> = {}): Plan {
  return plan(desire([entry], more), liveOf({ amy: found('amy', faces) }));
}

export const inScopeOf = (users: 'group' | 'tenant', onRemove: 'keep' | 'disable' | 'delete'): DesiredState['scope'] =>
  users === 'group' ? { users, group: 'Staff', onRemove, range: range(2) } : { users, onRemove, range: range(2) };
