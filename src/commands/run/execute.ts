import { applyPlan, applyUser, findStale, report, type WriteTools } from '../../engine/index.ts';
import type { TokenBounds } from '../../desired/index.ts';
import type { ApplyReport, Outcome } from '../../model/outcome.ts';
import { writingChanges, type Plan, type WritingChange } from '../../model/plan.ts';
import type { TenantWriter } from '../../model/tenant.ts';
import { activationKeeper } from './activations.ts';
import type { OpenSession } from '../tenant/with-session.ts';
import type { Applied } from './audience.ts';
import type { RunEvents } from './run-events.ts';
import { exitCode, type ExitCode } from '../process/exit-code.ts';
import type { Journal } from './journal.ts';
import { currentInstant } from '../process/current-instant.ts';
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
  const apply = (stop: RunControl['stop']): Promise<Ended> => applyOrRefuse(work, { options, stop }, world);
  const { report, code } = await runTasks({ plan, planned, journal, stopped, work: apply }, world);
  events.end(report);
  return { plan, report, code };
}

interface RunControl {
  readonly options: ExecutionOptions;
  readonly stop: () => string | undefined;
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

async function apply(work: Execution, { options, stop }: RunControl, world: World): Promise<ApplyReport> {
  const { plan, tenant, tokenBounds, journal, events, request } = work;
  const tools: WriteTools = {
    tenant,
    readToken: tokenReader(tokenBounds, world),
    onCreated: activationKeeper(options.activationsOut, world),
    sleep: (ms) => world.clock.sleep(ms),
    verify: options.verify ? 'read-back' : 'trust',
    now: () => currentInstant(world),
  };
  const applyOne = async (uuid: string, changes: readonly WritingChange[]): Promise<readonly Outcome[]> => {
    events.started(changes);
    const outcomes = await applyUser(uuid, changes, tools);
    journal.ended(outcomes);
    events.ended(outcomes);
    return outcomes;
  };
  const { concurrency } = request;
  const { maxFailures } = options;
  return watched(world, 'apply', (onOutcomes) =>
    applyPlan({ plan, applyUser: applyOne, concurrency, maxFailures, stop, onOutcomes }),
  );
}

/** Nothing was written, so that all but the stale and the unread was merely not started. */
function codeOfStopped(outcomes: readonly Outcome[]): ExitCode {
  const some = (wanted: Outcome['state']): boolean => outcomes.some(({ state }) => state === wanted);
  return some('stale') && !some('failed') ? exitCode.stale : exitCode.partial;
}
