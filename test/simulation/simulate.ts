import type { Plan } from '../../src/model/plan.ts';
import { seededFace } from '../../src/sandbox/rules/new-face.ts';
import type { StoredFace } from '../../src/sandbox/state/stored.ts';
import { savedAndRead } from '../support/engine/saved-plan.ts';
import { Chance } from './chance.ts';
import { carryOut, open, planFrom, renewIn, type Log, type Ran, type Surroundings } from './sim-run.ts';
import { SimTenant, start } from './sim-tenant.ts';
import type { Move, SimRun, SimUser, Storm } from './storm.ts';
import { Process, Timeline } from './timeline.ts';

/** All that came of a storm, and of the two runs after it. */
export interface Aftermath {
  readonly storm: Storm;
  readonly tenant: SimTenant;
  readonly ran: readonly Ran[];
  /** Faces in use when the last run of the storm had ended. */
  readonly afterStorm: ReadonlyMap<string, readonly StoredFace[]>;
  readonly calm: readonly [Ran, Ran];
}

const outside: SimUser = {
  login: 'outside',
  wishes: [],
  faces: [{ flow: 'mobile', status: 'ACTIVE' }],
  protected: false,
};

/** Lets a storm happen. The same storm and seed give the same, call by call. */
export async function simulate(storm: Storm, seed: bigint): Promise<Aftermath> {
  const chance = new Chance(seed ^ 0x5eed5eed5eed5eedn);
  const timeline = new Timeline(chance.fork(), start);
  const tenant = new SimTenant(storm, timeline, chance.fork());
  for (const user of [...storm.users, outside]) settle(user, tenant, storm);
  const around = (name: string): Surroundings => {
    return { storm, tenant, process: new Process(name, timeline), chance: chance.fork() };
  };
  const isSaved = storm.runs.some(({ from }) => from === 'saved');
  const saved = isSaved ? await timeline.until(planBefore(around('planner'))) : undefined;
  const runs = storm.runs.map((run) => startLater(run, saved, { around: around(run.name), timeline }));
  const movers = chance.fork();
  for (const move of storm.moves)
    timeline.after(move.atMs, () => {
      makeMove(move, { tenant, storm, movers, now: timeline.now() });
    });
  const ran = await timeline.until(Promise.all(runs));
  // What was sent last may be carried out later.
  await timeline.until(around('the clock').process.sleep(10_000));
  const afterStorm = new Map(storm.users.map(({ login }) => [login, tenant.inUse(login)]));
  tenant.calm();
  const again = async (name: string): Promise<Ran> => {
    const run: SimRun = { name, startMs: 0, from: 'files' };
    const calm = {
      ...storm,
      users: storm.users.map((user) => ({ ...user, wishes: user.wishes.map((wish) => ({ ...wish, renew: false })) })),
    };
    return timeline.until(carryOut(run, undefined, { ...around(name), storm: calm }));
  };
  const calm = [await again('the run after'), await again('the last run')] as const;
  await Promise.all(tenant.sessions.map((session) => session.close()));
  return { storm, tenant, ran, afterStorm, calm };
}

function settle(user: SimUser, tenant: SimTenant, { readings, maxFaces }: Storm): void {
  const { login } = user;
  const { id, faceLifetimeDays } = tenant.store.addUser({ login, email: `${login}@example.com` });
  for (const { flow, status } of user.faces.slice(0, maxFaces)) {
    const applicantId =
      flow === 'web' || (flow === 'token' && readings.tokenApplicant === 'present') ? `applicant-${login}` : undefined;
    const created = new Date(start - 86_400_000 * (1 + tenant.faces(login).length)).toISOString();
    const identity = tenant.store.newFaceIdentity();
    const seed = {
      flow,
      status,
      applicantId: flow === 'web' ? applicantId : undefined,
      ...(status === 'EXPIRED' ? {} : { created }),
    };
    tenant.store.addFace(id, seededFace(identity, seed, { now: start, lifetimeDays: faceLifetimeDays }));
  }
  tenant.remember(login);
}

async function planBefore(around: Surroundings): Promise<Plan> {
  const session = open(around);
  try {
    for (;;) {
      const plan = await planFrom(session.tenant, around, { renew: renewIn(around.storm) }).catch(() => undefined);
      if (plan?.complete === true) return savedAndRead(plan);
    }
  } finally {
    await session.close();
  }
}

function startLater(
  run: SimRun,
  saved: Plan | undefined,
  { around, timeline }: { readonly around: Surroundings; readonly timeline: Timeline },
): Promise<Ran> {
  const { process, tenant } = around;
  const log: Log = { journal: [], sent: [] };
  return new Promise((resolve, reject) => {
    if (run.killMs !== undefined) {
      timeline.after(run.startMs + run.killMs, () => {
        if (process.isAlive) tenant.note(`${run.name}: killed`);
        process.kill();
        resolve({ run, ...log });
      });
    }
    timeline.after(run.startMs, () => {
      tenant.note(`${run.name}: begins, from ${run.from}`);
      carryOut(run, saved, around, log).then((ran) => {
        if (!process.isAlive) return;
        tenant.note(`${run.name}: exit ${ran.ended?.code}`);
        resolve(ran);
        process.kill();
      }, reject);
    });
  });
}

interface Moving {
  readonly tenant: SimTenant;
  readonly storm: Storm;
  readonly movers: Chance;
  readonly now: number;
}

function makeMove({ does, login }: Move, moving: Moving): void {
  const { tenant, movers } = moving;
  if (does === 'create mobile' || does === 'create token') {
    createByHand(does === 'create mobile' ? 'mobile' : 'token', login, moving);
    return;
  }
  const inUse = tenant.inUse(login);
  if (inUse.length === 0) return;
  const face = movers.pick(inUse);
  if (does === 'delete') {
    tenant.byHand({ by: 'admin', login, does: 'delete', face }, () => {
      tenant.store.removeFace(face.id);
    });
    return;
  }
  const isWaiting = face.status === 'NEW' || face.status === 'ACTIVATING';
  if (does === 'activate' && !isWaiting) return;
  const status = ({ activate: 'ACTIVE', disable: 'DISABLED', fail: 'FAILED' } as const)[does];
  tenant.byHand({ by: does === 'disable' ? 'admin' : 'the user', login, does: 'update', face }, () => {
    tenant.store.replaceFace({ ...face, status, registered: face.registered || status === 'ACTIVE' });
  });
}

function createByHand(flow: 'mobile' | 'token', login: string, { tenant, storm, now }: Moving): void {
  const user = tenant.store.userNamed(login);
  if (user === undefined || tenant.faces(login).length >= storm.maxFaces) return;
  const seed = { flow, status: flow === 'mobile' ? 'ACTIVATING' : 'ACTIVE' } as const;
  const face = seededFace(tenant.store.newFaceIdentity(), seed, { now, lifetimeDays: user.faceLifetimeDays });
  tenant.byHand({ by: 'admin', login, does: 'create', face }, () => {
    tenant.store.addFace(user.id, face);
  });
}
