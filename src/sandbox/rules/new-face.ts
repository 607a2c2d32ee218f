import { parseInstant } from '../state/instant.ts';
import type { Readings } from '../state/readings.ts';
import { SeedProblem, type FaceFlow, type FaceStatus, type SeedFace } from '../state/seed.ts';
import { initialStatus } from './face-status.ts';
import type { StoredFace } from '../state/stored.ts';

const dayMs = 86_400_000;

type Identity = Pick<StoredFace, 'id' | 'serialNumber'>;

/** A face as the tenant makes it at `now`, milliseconds since 1970 UTC. */
export function createdFace(
  identity: Identity,
  origin: {
    readonly flow: FaceFlow;
    readonly applicantId?: string | undefined;
    readonly now: number;
    readonly lifetimeDays: number;
  },
  readings: Readings,
): StoredFace {
  const waits = origin.flow === 'mobile' && readings.lifetimeFrom === 'activation';
  return {
    ...identity,
    flow: origin.flow,
    status: initialStatus(origin.flow, readings),
    registered: false,
    created: origin.now,
    expiry: waits ? undefined : origin.now + origin.lifetimeDays * dayMs,
    lastUsed: undefined,
    applicantId: origin.applicantId,
    platform: undefined,
  };
}

/** @throws SeedProblem for a date that is none. */
export function seededFace(
  identity: Identity,
  seed: SeedFace,
  { now, lifetimeDays }: { readonly now: number; readonly lifetimeDays: number },
): StoredFace {
  const lifetimeMs = lifetimeDays * dayMs;
  const { status = 'ACTIVE', flow = seed.applicantId === undefined ? 'mobile' : 'web' } = seed;
  const age = status === 'EXPIRED' ? lifetimeMs + dayMs : 0;
  const created = instant(seed.created, 'created') ?? now - age;
  const expiry = seed.expiry === null ? undefined : (instant(seed.expiry, 'expiry') ?? created + lifetimeMs);
  return {
    ...identity,
    flow,
    status,
    registered: seed.registered ?? registeredBy(status, flow),
    created,
    expiry,
    lastUsed: instant(seed.lastUsed, 'lastUsed'),
    applicantId: seed.applicantId,
    platform: seed.platform,
  };
}

/** The face as a seed has it, so that a saved tenant can be loaded again. */
export function faceToSeed(face: StoredFace): SeedFace {
  return {
    ...face,
    created: new Date(face.created).toISOString(),
    expiry: face.expiry === undefined ? null : new Date(face.expiry).toISOString(),
    lastUsed: face.lastUsed === undefined ? undefined : new Date(face.lastUsed).toISOString(),
  };
}

function registeredBy(status: FaceStatus, flow: FaceFlow): boolean {
  return flow === 'mobile' && status !== 'NEW' && status !== 'ACTIVATING';
}

function instant(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  const parsed = parseInstant(text);
  if (parsed === undefined) throw new SeedProblem(`${name}: "${text}" is not a date such as 2030-01-31T00:00:00Z`);
  return parsed;
}
