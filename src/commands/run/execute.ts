import { applyPlan, applyUser, findStale, report, writingChanges, type WriteTools } from '../../engine/index.ts';
import type { TokenBounds } from '../../desired/index.ts';
import type { ApplyReport, Outcome } from '../../model/outcome.ts';
import type { Plan, WritingChange } from '../../model/plan.ts';
import type { TenantWriter } from '../../model/tenant.ts';
import { activationKeeper } from './activations.ts';
import type { OpenSession } from '../tenant/with-session.ts';
import type { Audience } from './apply-run.ts';
import { exitCode, type ExitCode } from '../process/exit-code.ts';
import type { Journal } from './journal.ts';
import { currentInstant } from '../process/current-instant.ts';
import type { ExecutionOptions } from '../process/options.ts';
import { tokenReader } from '../files/plan-tokens.ts';
import { watched, type World } from '../process/watch.ts';
import { codeOf, runTasks, type Ended } from './run-tasks.ts';

export interface Execution extends Pick<OpenSession<TenantWriter>, 'tenant' | 'request' | 'stopped'> {
  readonly plan: Plan;
  /** Of a user who was read just now, by UUID; the others are read again before anything of theirs is written. */
  readonly faceIds: (uuid: string) => readonly string[] | undefined;
  readonly tokenBounds: TokenBounds;
  readonly journal: Journal;
  readonly audience: Audience;
}

/** Applies the plan, tells what came of each change, and ends the journal. */
export async function execute(work: Execution, options: ExecutionOptions, world: World): Promise<ExitCode> {
  const { plan, journal, audience, stopped } = work;
  const planned = writingChanges(plan).length;
  const apply = (stop: RunControl['stop']): Promise<Ended> => applyOrRefuse(work, { options, stop }, world);
  const { report, code } = await runTasks({ plan, planned, journal, stopped, work: apply }, world);
  audience.events.end(report);
  audience.ended({ plan, report });
  return code;
}

interface RunControl {
  readonly options: ExecutionOptions;
  readonly stop: () => string | undefined;
}

async function applyOrRefuse(work: Execution, control: RunControl, world: World): Promise<Ended> {
  const { plan, tenant, request } = work;
  if (control.options.onStale === 'fail') {
    const stopped = await findStale(plan, (uuid) => tenant.readFaces(uuid), request.concurrency);
    if (stopped !== undefined) return { report: report(stopped), code: codeOfStopped(stopped) };
  }
  const applied = await apply(work, control, world);
  return { report: applied, code: codeOf(applied) };
}

async function apply(work: Execution, { options, stop }: RunControl, world: World): Promise<ApplyReport> {
  const { plan, faceIds, tenant, tokenBounds, journal, audience, request } = work;
  const tools: WriteTools = {
    tenant,
    readToken: tokenReader(tokenBounds, world),
    onCreated: activationKeeper(options.activationsOut, world),
    sleep: (ms) => world.clock.sleep(ms),
    verify: options.verify ? 'read-back' : 'trust',
    now: () => currentInstant(world),
  };
  const applyOne = async (uuid: string, changes: readonly WritingChange[]): Promise<readonly Outcome[]> => {
    const known = faceIds(uuid);
    const user = known === undefined ? { uuid } : { uuid, faceIds: known };
    audience.events.started(changes);
    const outcomes = await applyUser(user, changes, tools);
    journal.ended(outcomes);
    audience.events.ended(outcomes);
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
  return outcomes.some(({ state }) => state === 'failed') ? exitCode.partial : exitCode.stale;
}
