import {
  applyPlan,
  applyUser,
  claimedFaces,
  findStale,
  report,
  type ApplyRequest,
  type WriteTools,
} from '../../engine/index.ts';
import type { TokenBounds } from '../../desired/index.ts';
import type { ApplyReport, Outcome } from '../../model/outcome.ts';
import { writingChanges, type Plan } from '../../model/plan.ts';
import { doneIn, heldConditions } from '../../model/shown/conditions.ts';
import type { TenantWriter } from '../../model/tenant.ts';
import { activationKeeper } from './activations.ts';
import type { OpenSession } from '../tenant/with-session.ts';
import type { Applied } from './audience.ts';
import type { RunEvents } from './run-events.ts';
import { exitCode, worstOf, type ExitCode } from '../process/exit-code.ts';
import { codeOfHeld } from '../process/fail-on.ts';
import type { Journal } from './journal.ts';
import type { ExecutionOptions } from '../process/options.ts';
import { tokenReader } from '../files/plan-tokens.ts';
import { watched, type World } from '../process/watch.ts';
import { codeOf, runTasks, type Ended } from './run-tasks.ts';

export interface Execution extends Pick<OpenSession<TenantWriter>, 'tenant' | 'request' | 'stopped'> {
  readonly plan: Plan;
  readonly tokenBounds: TokenBounds;
  readonly journal: Journal;
  readonly events: RunEvents;
}

/** Applies the plan, and tells journal and events what came of each change. */
export async function execute(work: Execution, options: ExecutionOptions, world: World): Promise<Applied> {
  const { plan, journal, events, stopped } = work;
  const planned = writingChanges(plan).length;
  const seed = Math.floor(world.random() * 2 ** 32);
  world.watch.ordered?.(seed);
  const apply = (stop: RunControl['stop']): Promise<Ended> => applyOrRefuse(work, { options, stop, seed }, world);
  const { report, code } = await runTasks({ plan, planned, seed, journal, stopped, work: apply }, world);
  const { failOn } = options;
  const held = failOn && heldConditions(failOn, { plan, refusals: 0, done: doneIn(report.outcomes) });
  events.end(report, held);
  return { plan, report, held, code: worstOf([code, codeOfHeld(held ?? [])]) };
}

interface RunControl {
  readonly options: ExecutionOptions;
  readonly stop: () => string | undefined;
  /** Of the order of users. */
  readonly seed: number;
}

async function applyOrRefuse(work: Execution, control: RunControl, world: World): Promise<Ended> {
  const { plan, tenant, request } = work;
  if (control.options.onStale === 'fail') {
    const { concurrency } = request;
    const stopped = await findStale(plan, (uuid) => tenant.readFaces(uuid), { concurrency, stop: control.stop });
    if (stopped !== undefined) return { report: report(stopped), code: codeOfStopped(stopped) };
  }
  const applied = await apply(work, control, world);
  return { report: applied, code: codeOf(applied) };
}

async function apply(work: Execution, { options, stop, seed }: RunControl, world: World): Promise<ApplyReport> {
  const { plan, tenant, tokenBounds, journal, events, request } = work;
  const activations = activationKeeper(options.activationsOut, world);
  const keep: WriteTools['activations']['keep'] = (change, created) => {
    journal.created(change, created.face.id);
    return activations.keep(change, created);
  };
  const tools: Omit<WriteTools, 'sleep'> = {
    tenant,
    readToken: tokenReader(tokenBounds, world),
    activations: { ...activations, keep },
    settleMs: settleMs(plan, options),
    verify: options.verify ? 'read-back' : 'trust',
    claimed: claimedFaces(plan),
    now: () => world.clock.now(),
  };
  const applyOne: ApplyRequest['applyUser'] = async (uuid, changes, aside) => {
    events.started(changes);
    journal.started(changes);
    const sleep = (ms: number): Promise<void> => aside(() => world.clock.sleep(ms));
    const outcomes = await applyUser(uuid, changes, { sleep, ...tools });
    journal.ended(outcomes);
    events.ended(outcomes);
    return outcomes;
  };
  const { concurrency } = request;
  const { maxFailures } = options;
  return watched(world, 'apply', (onOutcomes) =>
    applyPlan({ plan, applyUser: applyOne, concurrency, maxFailures, stop, onOutcomes, seed }),
  );
}

const usualSettleSeconds = 3;

/** The embedded tenant shows each write at once. */
function settleMs({ tenant }: Plan, { settle }: ExecutionOptions): number {
  return 1000 * (settle ?? (tenant.kind === 'embedded' ? 0 : usualSettleSeconds));
}

/** Nothing was written, so that all but the stale and the unread was merely not started. */
function codeOfStopped(outcomes: readonly Outcome[]): ExitCode {
  const some = (wanted: Outcome['state']): boolean => outcomes.some(({ state }) => state === wanted);
  return some('stale') && !some('failed') ? exitCode.stale : exitCode.partial;
}
