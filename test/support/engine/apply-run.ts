import { writingChanges } from '../../../src/engine/run/apply.ts';
import { applyUser } from '../../../src/engine/run/apply-user.ts';
import type { WriteTools } from '../../../src/engine/run/write-change.ts';
import type { Enrollment, Removal } from '../../../src/model/enrollment.ts';
import type { Face } from '../../../src/model/face.ts';
import type { Outcome } from '../../../src/model/outcome.ts';
import type { Plan } from '../../../src/model/plan.ts';
import { Secret } from '../../../src/model/secret.ts';
import { MemoryTenant } from './memory-tenant.ts';
import { day, desire, found, fromNow, liveOf, now, plan } from './world.ts';

export interface Run {
  readonly tenant: MemoryTenant;
  readonly plan: Plan;
  readonly slept: number[];
  readonly run: (more?: Partial<WriteTools>, before?: 'read-again') => Promise<readonly Outcome[]>;
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
    onCreated: () => Promise.resolve(),
    sleep: (ms) => {
      slept.push(ms);
      return Promise.resolve();
    },
    verify: 'read-back',
    now: () => now,
  };
  const ids = faces.map(({ id }) => id);
  return {
    tenant,
    plan: made,
    slept,
    run: (more, before) => {
      const user = { uuid: 'uuid-amy', ...(before === undefined ? { faceIds: ids } : {}) };
      return applyUser(user, writingChanges(made), { ...tools, ...more });
    },
  };
}

export const states = (outcomes: readonly Outcome[]): readonly string[] =>
  outcomes.map((outcome) => `${outcome.state} ${outcome.change.action}`);
export const later = { rule: 'at', instant: fromNow(400 * day) } as const;
