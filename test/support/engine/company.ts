import { report } from '../../../src/engine/run/apply.ts';
import type { WriteTools } from '../../../src/engine/run/write-tools.ts';
import type { Enrollment, Removal } from '../../../src/model/enrollment.ts';
import type { Face } from '../../../src/model/face.ts';
import type { Instant } from '../../../src/model/instant.ts';
import type { Outcome } from '../../../src/model/outcome.ts';
import { Secret } from '../../../src/model/values/secret.ts';
import { amy, states } from './apply-run.ts';
import type { MemoryTenant } from './memory-tenant.ts';
import { mobileFace, now } from './world.ts';

type Act = () => void;

/** User `amy`, for whom others act at the same time. */
export interface Company {
  readonly tenant: MemoryTenant;
  /** Somebody creates a face. */
  readonly comes: (face: Face) => Act;
  /** Somebody deletes a face. */
  readonly goes: (id: string) => Act;
  /** Somebody writes to a face, such as the user who activates it. */
  readonly turns: (id: string, to: Partial<Face>) => Act;
  /** What happens so many seconds after the run has begun. */
  readonly at: (seconds: number, act: Act) => void;
  readonly slept: readonly number[];
  readonly run: (more?: Partial<WriteTools>) => Promise<Ended>;
}

export interface Ended {
  readonly outcomes: readonly Outcome[];
  /** State and action of each outcome. */
  readonly states: readonly string[];
  readonly emails: number;
}

export interface Setting {
  readonly faces?: readonly Face[];
  /** Keys of entries whose face is replaced. */
  readonly renew?: readonly string[];
  readonly unmatched?: Removal;
  /** Milliseconds that it takes to read a token. */
  readonly tokenMs?: number;
}

/** A run that settles for three seconds, in a time that passes by sleeping alone. */
export function inCompany(entries: readonly Enrollment[], setting: Setting = {}): Company {
  const { faces = [], renew = [], unmatched = 'keep', tokenMs = 0 } = setting;
  const { tenant, run } = amy(entries, faces, unmatched, renew);
  const events: { readonly atMs: number; readonly act: Act }[] = [];
  const slept: number[] = [];
  let elapsedMs = 0;
  const pass = (ms: number): void => {
    elapsedMs += ms;
    const due = events.filter(({ atMs }) => atMs <= elapsedMs);
    for (const event of due) events.splice(events.indexOf(event), 1);
    for (const { act } of due) act();
  };
  tenant.now = () => now * 1000 + elapsedMs;
  const tools: Partial<WriteTools> = {
    settleMs: 3000,
    now: tenant.now,
    sleep: (ms) => {
      slept.push(ms);
      pass(ms);
      return Promise.resolve();
    },
    readToken: () => {
      pass(tokenMs);
      return Promise.resolve(new Secret('t0ken'));
    },
  };
  return {
    tenant,
    slept,
    ...othersAt(tenant),
    at: (seconds, act) => {
      events.push({ atMs: seconds * 1000, act });
    },
    run: async (more) => {
      const outcomes = await run({ ...tools, ...more }, 'read-again');
      return { outcomes, states: states(outcomes), emails: report(outcomes).emails };
    },
  };
}

function othersAt(tenant: MemoryTenant): Pick<Company, 'comes' | 'goes' | 'turns'> {
  return {
    comes: (face) => () => {
      tenant.faces = [...tenant.faces, face];
    },
    goes: (id) => () => {
      tenant.faces = tenant.faces.filter((face) => face.id !== id);
    },
    turns: (id, to) => () => {
      tenant.faces = tenant.faces.map((face) => (face.id === id ? { ...face, ...to } : face));
    },
  };
}

/** A mobile face that has just been begun. */
export function fresh(id: string, created: Instant, more: Partial<Face> = {}): Face {
  return mobileFace(id, { status: 'NEW', created, ...more });
}

/** Ids of the faces that are there. */
export const left = ({ tenant }: Company): readonly string[] => tenant.faces.map(({ id }) => id);
