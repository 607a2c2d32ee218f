import { applyPlan, applyUser, findStale, report, writingChanges, type WriteTools } from '../../engine/index.ts';
import type { TokenBounds } from '../../desired/index.ts';
import type { ApplyReport, Outcome } from '../../model/outcome.ts';
import type { Plan } from '../../model/plan.ts';
import type { TenantWriter } from '../../model/tenant.ts';
import { activationKeeper } from './activations.ts';
import { exitCode, type ExitCode } from '../process/exit-code.ts';
import type { Io } from '../process/io.ts';
import type { Journal } from './journal.ts';
import type { ApplyOptions } from '../process/options.ts';
import { tokenReader } from '../files/plan-tokens.ts';
import { startProgress } from '../process/progress.ts';
import type { RunEvents } from './run-events.ts';
import { codeOf, runAndReport, type Ended } from './run-and-report.ts';

export interface Execution {
  readonly plan: Plan;
  /** Of a user who was read just now, by UUID; the others are read again before anything of theirs is written. */
  readonly faceIds: (uuid: string) => readonly string[] | undefined;
  readonly tenant: TenantWriter;
  readonly tokenBounds: TokenBounds;
  readonly journal: Journal;
  readonly events: RunEvents;
  /** Users at work at once. */
  readonly concurrency: number;
  /** Why nothing more can be sent; undefined while it can. */
  readonly stopped: () => string | undefined;
}

/** Applies the plan, reports on stdout what came of each change, and ends the journal. */
export function execute(work: Execution, options: ApplyOptions, io: Io): Promise<ExitCode> {
  const { plan, journal, events, stopped } = work;
  const planned = writingChanges(plan).length;
  const apply = (stop: RunControl['stop']): Promise<Ended> => applyOrRefuse(work, { options, stop }, io);
  const run = { verb: 'apply', plan, planned, journal, stopped, work: apply, onReport: events.end } as const;
  return runAndReport(run, options, io);
}

interface RunControl {
  readonly options: ApplyOptions;
  readonly stop: () => string | undefined;
}

async function applyOrRefuse(work: Execution, control: RunControl, io: Io): Promise<Ended> {
  const { plan, tenant, concurrency } = work;
  if (control.options.onStale === 'fail') {
    const stopped = await findStale(plan, (uuid) => tenant.readFaces(uuid), concurrency);
    if (stopped !== undefined) return { report: report(stopped), code: codeOfStopped(stopped) };
  }
  const applied = await apply(work, control, io);
  return { report: applied, code: codeOf(applied) };
}

async function apply(work: Execution, { options, stop }: RunControl, io: Io): Promise<ApplyReport> {
  const { plan, faceIds, tenant, tokenBounds, journal, events, concurrency } = work;
  const tools: WriteTools = {
    tenant,
    readToken: tokenReader(tokenBounds, io),
    onCreated: activationKeeper(options.activationsOut, io),
    sleep: (ms) => io.clock.sleep(ms),
    verify: options.verify ? 'read-back' : 'trust',
    now: () => Math.floor(io.clock.now() / 1000),
  };
  const progress = startProgress('Applying', io, options);
  return applyPlan({
    plan,
    applyUser: async (uuid, changes) => {
      const known = faceIds(uuid);
      const user = known === undefined ? { uuid } : { uuid, faceIds: known };
      events.started(changes);
      const outcomes = await applyUser(user, changes, tools);
      journal.ended(outcomes);
      events.ended(outcomes);
      return outcomes;
    },
    concurrency,
    maxFailures: options.maxFailures,
    stop,
    onOutcomes: progress.update,
  }).finally(progress.end);
}

/** Nothing was written, so that all but the stale and the unread was merely not started. */
function codeOfStopped(outcomes: readonly Outcome[]): ExitCode {
  return outcomes.some(({ state }) => state === 'failed') ? exitCode.partial : exitCode.stale;
}
