import { applyUser } from '../../../src/engine/run/apply-user.ts';
import { claimedFaces } from '../../../src/engine/run/claimed-faces.ts';
import type { WriteTools } from '../../../src/engine/run/write-tools.ts';
import type { Enrollment, Removal } from '../../../src/model/enrollment.ts';
import type { Face } from '../../../src/model/face.ts';
import type { Outcome } from '../../../src/model/outcome.ts';
import { writingChanges, type Plan } from '../../../src/model/plan.ts';
import { Secret } from '../../../src/model/values/secret.ts';
import { MemoryTenant } from './memory-tenant.ts';
import { day, desire, found, fromNow, liveOf, now, plan } from './world.ts';

export interface Run {
  readonly tenant: MemoryTenant;
  readonly plan: Plan;
  readonly slept: number[];
  readonly run: (more?: Partial<WriteTools>, reading?: 'as-planned' | 'read-again') => Promise<readonly Outcome[]>;
}

/** Plans user `amy`, and applies the plan to a tenant that has just her. */
export function amy(
  entries: readonly Enrollment[],
  faces: readonly Face[],
  unmatched: Removal = 'keep',
  renew: readonly string[] = [],
): Run {
  const tenant = new MemoryTenant(faces);
  const made = plan(desire(entries, { unmatched }), liveOf({ amy: found('amy', faces) }), { renew: new Set(renew) });
  const slept: number[] = [];
  const tools: WriteTools = {
    tenant,
    readToken: () => Promise.resolve(new Secret('t0ken')),
    activations: { keep: () => Promise.resolve(), drop: () => Promise.resolve() },
    settleMs: 0,
    sleep: (ms) => {
      slept.push(ms);
      return Promise.resolve();
    },
    verify: 'read-back',
    claimed: claimedFaces(made),
    now: () => now * 1000,
  };
  return {
    tenant,
    plan: made,
    slept,
    run: (more, reading = 'as-planned') => {
      const asked = reading === 'as-planned' ? planned(tenant, faces) : tenant;
      return applyUser('uuid-amy', writingChanges(made), { ...tools, tenant: asked, ...more });
    },
  };
}

/** A tenant whose first reading, before anything is written, is that of the plan, and is not among its calls. */
function planned(tenant: MemoryTenant, faces: readonly Face[]): WriteTools['tenant'] {
  const readings = [Promise.resolve(faces)];
  return {
    readLive: () => tenant.readLive(),
    readTouched: () => tenant.readTouched(),
    readEverybody: () => tenant.readEverybody(),
    readProfile: () => tenant.readProfile(),
    readFaceSettings: () => tenant.readFaceSettings(),
    readFaces: () => readings.pop() ?? tenant.readFaces(),
    createFace: (request) => tenant.createFace(request),
    updateFace: (request) => tenant.updateFace(request),
    deleteFace: (request) => tenant.deleteFace(request),
  };
}

export const states = (outcomes: readonly Outcome[]): readonly string[] =>
  outcomes.map((outcome) => `${outcome.state} ${outcome.change.action}`);
export const later = { rule: 'at', instant: fromNow(400 * day) } as const;

/** Keeps activations so, and drops none. */
export function keeping(keep: WriteTools['activations']['keep']): WriteTools['activations'] {
  return { keep, drop: () => Promise.resolve() };
}
