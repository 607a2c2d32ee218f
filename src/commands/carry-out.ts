import { applyPlan, applyUser, findStale, report, writingChanges, type WriteTools } from '../engine/index.ts';
import { readToken } from '../desired/index.ts';
import type { TokenSource } from '../model/enrollment.ts';
import type { ApplyReport, Outcome } from '../model/outcome.ts';
import type { Plan } from '../model/plan.ts';
import { Secret } from '../model/secret.ts';
import { TenantError, type TenantWriter } from '../model/tenant.ts';
import { applyJson, applyText, toJsonText } from '../report/index.ts';
import { activationKeeper } from './activations.ts';
import { exitCode, worstOf, type ExitCode } from './exit-code.ts';
import { stopOnSignal } from './interrupt.ts';
import type { Io } from './io.ts';
import type { Journal } from './journal.ts';
import type { ApplyOptions } from './options.ts';
import { startProgress } from './progress.ts';
import { paletteFor } from './show.ts';
import { toolVersion } from './version.ts';

export interface Work {
  readonly plan: Plan;
  /** Of the users who were read just now, by UUID; the others are read again before anything of theirs is written. */
  readonly faceIds: ReadonlyMap<string, readonly string[]>;
  readonly tenant: TenantWriter;
  readonly journal: Journal;
  /** Users at work at once. */
  readonly concurrency: number;
}

/** Applies the plan, reports on stdout what came of each change, and ends the journal. */
export async function carryOut(work: Work, options: ApplyOptions, io: Io): Promise<ExitCode> {
  const { plan, journal } = work;
  await journal.start(plan, writingChanges(plan).length);
  const interrupt = stopOnSignal(io);
  const ended = await applyOrRefuse(work, { options, stop: interrupt.reason }, io).finally(interrupt.release);
  const context = { toolVersion: toolVersion(), tenant: plan.tenant, diagnostics: plan.diagnostics };
  io.stdout.write(
    options.format === 'json'
      ? toJsonText(applyJson(ended.report, context))
      : applyText(ended.report, paletteFor(io.stdout, io, options)),
  );
  journal.end(ended.report);
  return worstOf([ended.code, plan.complete ? exitCode.done : exitCode.incomplete, interrupt.code()]);
}

interface Ended {
  readonly report: ApplyReport;
  readonly code: ExitCode;
}

interface Turn {
  readonly options: ApplyOptions;
  readonly stop: () => string | undefined;
}

async function applyOrRefuse(work: Work, turn: Turn, io: Io): Promise<Ended> {
  const { plan, tenant, concurrency } = work;
  if (turn.options.onStale === 'fail') {
    const stopped = await findStale(plan, (uuid) => tenant.readFaces(uuid), concurrency);
    if (stopped !== undefined) return { report: report(stopped), code: codeOfStopped(stopped) };
  }
  const applied = await apply(work, turn, io);
  return { report: applied, code: codeOf(applied) };
}

async function apply(work: Work, { options, stop }: Turn, io: Io): Promise<ApplyReport> {
  const { plan, faceIds, tenant, journal, concurrency } = work;
  const tools: WriteTools = {
    tenant,
    readToken: (source) => tokenFrom(source, io),
    onCreated: activationKeeper(options.activationsOut, io),
    sleep: (ms) => io.clock.sleep(ms),
    verify: options.verify ? 'read-back' : 'trust',
    now: () => Math.floor(io.clock.now() / 1000),
  };
  const progress = startProgress('Applying', io, options);
  return applyPlan({
    plan,
    applyUser: async (uuid, changes) => {
      const known = faceIds.get(uuid);
      const user = known === undefined ? { uuid } : { uuid, faceIds: known };
      const outcomes = await applyUser(user, changes, tools);
      journal.ended(outcomes);
      return outcomes;
    },
    concurrency,
    maxFailures: options.maxFailures,
    stop,
    onOutcomes: progress.update,
  }).finally(progress.end);
}

function codeOf({ totals }: ApplyReport): ExitCode {
  if (totals.failed + totals.skipped + totals.unknown > 0) return exitCode.partial;
  return totals.stale > 0 ? exitCode.stale : exitCode.done;
}

/** Nothing was written, so that all but the stale and the unread was merely not started. */
function codeOfStopped(outcomes: readonly Outcome[]): ExitCode {
  return outcomes.some(({ state }) => state === 'failed') ? exitCode.partial : exitCode.stale;
}

async function tokenFrom(source: TokenSource, { workingDirectory, environment }: Io): Promise<Secret> {
  const token = await readToken(source, { workingDirectory, environment });
  if (token instanceof Secret) return token;
  throw new TenantError('refused', { message: `${token.summary}. ${token.detail}` });
}
