import {
  applyPlan,
  applyUser,
  claimedFaces,
  countRefusals,
  createPlan,
  usersToRead,
  type WriteTools,
} from '../../src/engine/index.ts';
import type { DesiredState, Enrollment, NewFace } from '../../src/model/enrollment.ts';
import type { ApplyReport } from '../../src/model/outcome.ts';
import { instantFromMs } from '../../src/model/instant.ts';
import type { Plan } from '../../src/model/plan.ts';
import { hasErrors } from '../../src/model/diagnostic.ts';
import { TenantError } from '../../src/model/failure.ts';
import type { TenantReader } from '../../src/model/tenant.ts';
import { Secret } from '../../src/model/values/secret.ts';
import { connectWriter, type OnWrite, type Session } from '../../src/provider/index.ts';
import type { TenantWriter } from '../../src/model/tenant.ts';
import { absent, day, desire, mobile, present, protecting, token, web } from '../support/engine/world.ts';
import type { Chance } from './chance.ts';
import { credentials, origin, type SimTenant } from './sim-tenant.ts';
import { settleMs, type SimRun, type SimUser, type Storm, type Wish } from './storm.ts';
import type { Process } from './timeline.ts';

/** One try of a write, as the journal has it. */
interface Journaled {
  readonly path: string;
  readonly purpose: 'compensation' | undefined;
}

/** One request: when it was sent, and a reading when it was answered. */
interface Sent {
  readonly method: string;
  readonly path: string;
  readonly atMs: number;
}

/** What a run has left behind, wherever it was killed. */
export interface Log {
  readonly journal: Journaled[];
  readonly sent: Sent[];
  plan?: Plan;
}

/** What one run had to do, and what it said at its end. */
export interface Ran {
  readonly run: SimRun;
  readonly plan?: Plan;
  /** Missing where it was killed. */
  readonly ended?: {
    readonly code: 0 | 1 | 3 | 4 | 5 | 6;
    readonly report: ApplyReport | undefined;
  };
  readonly journal: readonly Journaled[];
  readonly sent: readonly Sent[];
}

/** What the files say, in the engine's words. */
export function desiredOf(storm: Storm): DesiredState {
  const count = (value: number) => ({ unit: 'count', value }) as const;
  const { budgets, users } = storm;
  return desire(
    users.flatMap((user) => user.wishes.map((wish) => entryOf(user, wish))),
    {
      unmatched: storm.unmatched,
      budgets: {
        ...desire([]).budgets,
        delete: count(budgets.delete),
        disable: count(budgets.disable),
        email: count(budgets.email),
      },
      protect: protecting(...users.filter((user) => user.protected).map(({ login }) => login)),
    },
  );
}

function entryOf({ login }: SimUser, wish: Wish): Enrollment {
  if (wish.kind === 'absent') return absent(login);
  const { label, enabled, lifetimeDays } = wish;
  const rule = lifetimeDays === undefined ? undefined : ({ rule: 'lifetime', seconds: lifetimeDays * day } as const);
  const faces: Readonly<Record<typeof wish.kind, NewFace>> = {
    mobile: mobile(rule),
    web: web(`applicant-${login}`, rule),
    token: token(rule),
  };
  const labelled = label === undefined ? {} : { label };
  return present(login, faces[wish.kind], { ...labelled, enabled, replaceOn: new Set(wish.replaceOn) });
}

export function renewIn({ users }: Storm): ReadonlySet<string> {
  return new Set(
    users.flatMap((user) =>
      user.wishes.flatMap((wish) => (wish.renew && wish.kind !== 'absent' ? [entryOf(user, wish).key] : [])),
    ),
  );
}

/** What a run has besides what the storm says of it. */
export interface Surroundings {
  readonly storm: Storm;
  readonly tenant: SimTenant;
  readonly process: Process;
  readonly chance: Chance;
}

export function open({ tenant, process, chance }: Surroundings, log?: Log): Session<TenantWriter> {
  const onWrite: OnWrite = ({ path, purpose }) => {
    log?.journal.push({ path, purpose });
    return Promise.resolve(() => undefined);
  };
  const send = tenant.fetchFor(process);
  const session = connectWriter({
    url: origin,
    applicationId: credentials.applicationId,
    sharedSecret: new Secret(credentials.sharedSecret),
    concurrency: 4,
    requestsPerSecond: 50,
    clock: process,
    random: () => chance.real(),
    onWrite,
    fetch: async (url, request) => {
      const { method } = request;
      const note = (): void => void log?.sent.push({ method, path: url.slice(origin.length), atMs: process.now() });
      if (method !== 'GET') note();
      const answer = await send(url, request);
      if (method === 'GET') note();
      return answer;
    },
  });
  tenant.sessions.push(session);
  return session;
}

/** Plans from the files against what the tenant shows. */
export async function planFrom(
  tenant: TenantReader,
  { storm, process }: Surroundings,
  more: { readonly shard?: SimRun['shard'] | undefined; readonly renew: ReadonlySet<string> },
): Promise<Plan> {
  const desired = desiredOf(storm);
  const { shard } = more;
  const request = {
    users: usersToRead(desired),
    scope: desired.scope,
    reach: 'scope',
    onProgress: () => undefined,
  } as const;
  const live = await tenant.readLive({ ...request, shard });
  return createPlan({
    desired,
    live,
    tenant: { kind: 'origin', origin: 'https://acme.example' },
    now: instantFromMs(process.now()),
    missingUsers: 'error',
    renew: more.renew,
    entries: 'all',
    shard,
  });
}

/** Carries out one run to its end. */
export async function carryOut(
  run: SimRun,
  saved: Plan | undefined,
  around: Surroundings,
  log: Log = { journal: [], sent: [] },
): Promise<Ran> {
  const { tenant, process, chance } = around;
  const session = open(around, log);
  try {
    const plan =
      run.from === 'saved' && saved !== undefined
        ? saved
        : await planFrom(session.tenant, around, { shard: run.shard, renew: renewIn(around.storm) });
    log.plan = plan;
    if (hasErrors(plan.diagnostics)) return { run, ...log, ended: { code: 1, report: undefined } };
    if (countRefusals(plan, {}) > 0) return { run, ...log, ended: { code: 5, report: undefined } };
    const seed = chance.below(2 ** 32);
    const claimed = claimedFaces(plan);
    const report = await applyPlan({
      plan,
      applyUser: async (uuid, changes, aside) => {
        const sleep = (ms: number): Promise<void> => aside(() => process.sleep(ms));
        const tools = { ...toolsOf(session.tenant, process), claimed, sleep };
        const outcomes = await applyUser(uuid, changes, tools);
        if (process.isAlive) {
          for (const { state, change } of outcomes) {
            tenant.note(`${run.name}: ${state} ${change.action} ${change.key}`);
            if (state !== 'applied' && state !== 'already') tenant.complaints.add(`${run.name} ${change.user.login}`);
          }
        }
        return outcomes;
      },
      concurrency: 2,
      maxFailures: 10,
      stop: () => session.stopped(),
      onOutcomes: () => undefined,
      seed,
    });
    if (report.bug !== undefined) throw report.bug;
    return { run, ...log, ended: { code: codeOf(report, plan), report } };
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    return { run, ...log, ended: { code: 6, report: undefined } };
  } finally {
    await session.close();
  }
}

function toolsOf(tenant: TenantWriter, process: Process): Omit<WriteTools, 'claimed' | 'sleep'> {
  return {
    tenant,
    readToken: () => Promise.resolve(new Secret('dDBrZW4=')),
    activations: { keep: () => Promise.resolve(), drop: () => Promise.resolve() },
    settleMs,
    verify: 'read-back',
    now: () => process.now(),
  };
}

function codeOf({ totals }: ApplyReport, { complete }: Plan): 0 | 3 | 4 | 6 {
  if (totals.failed + totals.skipped + totals.unknown > 0) return 3;
  if (totals.stale > 0) return 4;
  return complete ? 0 : 6;
}
