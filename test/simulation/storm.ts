import type { Removal } from '../../src/model/enrollment.ts';
import type { FaceStatus } from '../../src/sandbox/state/seed.ts';
import { readingChoices, type Readings } from '../../src/sandbox/state/readings.ts';
import { Chance } from './chance.ts';

/** What one entry of the files asks for. */
export interface Wish {
  readonly kind: 'mobile' | 'web' | 'token' | 'absent';
  readonly label?: string;
  readonly enabled: boolean;
  readonly lifetimeDays?: number;
  readonly replaceOn: readonly ('FAILED' | 'EXPIRED')[];
  /** Renewed on purpose by the runs. */
  readonly renew: boolean;
}

export interface SimFace {
  readonly flow: 'mobile' | 'web' | 'token';
  readonly status: FaceStatus;
}

export interface SimUser {
  readonly login: string;
  readonly wishes: readonly Wish[];
  readonly faces: readonly SimFace[];
  readonly protected: boolean;
}

/** One apply: when it begins, what it carries out, and when it is killed. Milliseconds. */
export interface SimRun {
  readonly name: string;
  readonly startMs: number;
  /** `saved`: the plan that was made before the storm; several runs may have it, one after a kill resumes it. */
  readonly from: 'files' | 'saved';
  readonly shard?: { readonly index: number; readonly count: number };
  readonly killMs?: number;
}

/** What an administrator, a user or the vendor does to one user's faces, whichever they are by then. */
export interface Move {
  readonly atMs: number;
  readonly login: string;
  readonly does: 'create mobile' | 'create token' | 'disable' | 'delete' | 'activate' | 'fail';
}

/** All that decides a storm, but for the order of what happens at the same time. Plain data, so that it can be cut down. */
export interface Storm {
  readonly users: readonly SimUser[];
  readonly unmatched: Removal;
  readonly budgets: { readonly delete: number; readonly disable: number; readonly email: number };
  readonly maxFaces: number;
  readonly readings: Readings;
  readonly runs: readonly SimRun[];
  readonly moves: readonly Move[];
  /** Of calls. */
  readonly faultRate: number;
  readonly mostLagMs: number;
  readonly tokenSeconds: number;
}

/** How long lists may lag and a create may take to be carried out, with the second that `created` is cut to, is below S. */
export const settleMs = 3000;
const longestLagMs = 1500;

export function stormOf(seed: bigint): Storm {
  const chance = new Chance(seed);
  const users = Array.from({ length: chance.pick([1, 1, 2, 3]) }, (_, index) => userNamed(`u${index}`, chance));
  const logins = users.map(({ login }) => login);
  return {
    users,
    unmatched: chance.pick(['keep', 'keep', 'disable', 'delete']),
    budgets: { delete: chance.below(6), disable: chance.below(6), email: chance.happens(0.1) ? 1 : 100 },
    maxFaces: chance.pick([5, 5, 3, 2, 1]),
    readings: readingsOf(chance),
    runs: runsOf(chance),
    moves: Array.from({ length: chance.happens(0.5) ? 0 : 1 + chance.below(3) }, () => ({
      atMs: chance.below(9000),
      login: chance.pick(logins),
      does: chance.pick(['create mobile', 'create token', 'disable', 'delete', 'activate', 'activate', 'fail']),
    })),
    faultRate: chance.pick([0, 0, 0.1, 0.35]),
    mostLagMs: chance.pick([0, 0, longestLagMs]),
    tokenSeconds: chance.pick([900, 900, 6]),
  };
}

function userNamed(login: string, chance: Chance): SimUser {
  const some: SimFace[] = [];
  while (some.length < 3 && chance.happens(0.4)) some.push(faceBy(chance));
  return { login, wishes: wishesBy(chance), faces: some, protected: chance.happens(0.15) };
}

function faceBy(chance: Chance): SimFace {
  return {
    flow: chance.pick(['mobile', 'mobile', 'mobile', 'web', 'token']),
    status: chance.pick(['ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVATING', 'DISABLED', 'EXPIRED', 'FAILED']),
  };
}

function wishesBy(chance: Chance): readonly Wish[] {
  const wish = (kind: Wish['kind'], label?: string): Wish => ({
    kind,
    ...(label === undefined ? {} : { label }),
    ...(kind !== 'token' && chance.happens(0.2) ? { lifetimeDays: 90 } : {}),
    enabled: chance.happens(0.9),
    replaceOn: chance.pick([[], ['FAILED', 'EXPIRED'], ['FAILED']]),
    renew: chance.happens(0.15),
  });
  const choice = chance.real();
  if (choice < 0.45) return [wish('mobile')];
  // No face tells two entries of one flow apart, so that they ask for the same, as a warning of the plan demands.
  if (choice < 0.55) {
    const both = wish('mobile');
    return ['a', 'b'].map((label) => ({ ...both, label }));
  }
  if (choice < 0.65) return [wish('web')];
  if (choice < 0.73) return [wish('token')];
  if (choice < 0.8) return [wish('mobile'), wish('web')];
  if (choice < 0.84) return [wish('absent')];
  return choice < 0.96 ? [wish('mobile'), wish('token')] : [];
}

/** Mostly what the vendor is taken to do. */
function readingsOf(chance: Chance): Readings {
  const one = <T>(choices: readonly [T, ...T[]]): T => (chance.happens(0.7) ? choices[0] : chance.pick(choices));
  return {
    pendingMobile: one(readingChoices.pendingMobile),
    tokenApplicant: one(readingChoices.tokenApplicant),
    put: one(readingChoices.put),
    missedLookup: one(readingChoices.missedLookup),
    maximumReached: one(readingChoices.maximumReached),
    faceFilter: one(readingChoices.faceFilter),
    expiryRevives: one(readingChoices.expiryRevives),
    dates: one(readingChoices.dates),
    nulls: one(readingChoices.nulls),
    expiredStatus: one(readingChoices.expiredStatus),
    webInitial: one(readingChoices.webInitial),
    tokenInitial: one(readingChoices.tokenInitial),
    mobileInitial: one(readingChoices.mobileInitial),
    aliasesInline: one(readingChoices.aliasesInline),
    lifetimeFrom: one(readingChoices.lifetimeFrom),
  };
}

function runsOf(chance: Chance): readonly SimRun[] {
  const gapMs = chance.pick([0, 20, 60, 120, 200, 400, 1000]);
  const run = (index: number): SimRun => ({
    name: `run ${index + 1}`,
    startMs: chance.happens(0.15) ? chance.below(8000) : index * gapMs,
    from: chance.happens(0.5) ? 'saved' : 'files',
    ...(chance.happens(0.15) ? { killMs: 200 + chance.below(6000) } : {}),
  });
  const choice = chance.real();
  if (choice < 0.1) return [1, 2].map((index) => ({ ...run(index - 1), from: 'files', shard: { index, count: 2 } }));
  if (choice < 0.25) {
    const first: SimRun = { ...run(0), from: 'saved', startMs: 0, killMs: 100 + chance.below(4000) };
    return [first, { name: 'run 2', from: 'saved', startMs: 4000 + chance.below(4000) }];
  }
  return Array.from({ length: chance.pick([1, 2, 2, 2, 2, 3, 3]) }, (_, index) => run(index));
}
