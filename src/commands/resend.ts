import { applyAll, resendsByName, resendsToWaiting, resendToUser, userRef } from '../engine/index.ts';
import type { Outcome } from '../model/outcome.ts';
import type { PlanContext } from '../model/shown/plan-context.ts';
import type { Resend, ResendPlan } from '../model/shown/resend.ts';
import type { TenantResender } from '../model/tenant.ts';
import { connectResender } from '../provider/index.ts';
import { resendText } from '../report/index.ts';
import { CommandError } from './process/command-error.ts';
import { confirm } from './process/confirm.ts';
import { targetOf } from './tenant/connect.ts';
import type { ExitCode } from './process/exit-code.ts';
import type { Io } from './process/io.ts';
import { loadValid, type ValidFiles } from './files/load.ts';
import { readAndPlan } from './planning/read-and-plan.ts';
import type { ResendOptions } from './process/options.ts';
import { worldOf } from './process/console-watch.ts';
import { currentInstant } from './process/current-instant.ts';
import { watched, type World } from './process/watch.ts';
import { approvalOfResend } from './run/approval.ts';
import { refuse } from './run/refuse.ts';
import { acknowledgedBy } from './planning/plan-context.ts';
import { endRun } from './run/end-run.ts';
import { codeOf, runTasks, type Ended } from './run/run-tasks.ts';
import { paletteFor, showDiagnostics } from './process/console.ts';
import { toolVersion } from './process/version.ts';
import { withJournaledSession, type JournaledSession } from './run/with-journaled-session.ts';

type ResendSession = JournaledSession<TenantResender>;

interface ResendRun {
  readonly options: ResendOptions;
  readonly io: Io;
  readonly world: World;
}

/** Shows whom it would mail, asks, and sends one activation e-mail for each face. */
export async function runResend(paths: readonly string[], options: ResendOptions, io: Io): Promise<ExitCode> {
  const { user: names, olderThan } = options;
  const world = worldOf(io, options);
  const run = { options, io, world };
  if (names === undefined && olderThan !== undefined) {
    const loaded = await loadValid(paths, options, world);
    return withPlan(loaded, run, (session) => planWaiting({ loaded, olderThan, session }, options, world));
  }
  if (names === undefined || olderThan !== undefined) {
    throw new CommandError(
      names === undefined ? 'nobody is named to mail' : '--user and --older-than are both given',
      'Pass --user for each user, or --older-than 72h for those of the files who have waited so long.',
    );
  }
  const loaded = paths.length === 0 ? undefined : await loadValid(paths, options, world);
  return withPlan(loaded, run, (session) => planNamed({ loaded, names, session }, world));
}

async function withPlan(
  loaded: ValidFiles | undefined,
  { options, io, world }: ResendRun,
  makeResendPlan: (session: ResendSession) => Promise<ResendPlan>,
): Promise<ExitCode> {
  const target = loaded === undefined ? { settings: {}, seed: () => ({}) } : targetOf(loaded.desired);
  const run = await withJournaledSession({ target, options, connect: connectResender }, world, async (session) => {
    const plan = await makeResendPlan(session);
    const acknowledged = acknowledgedBy(options);
    show(plan, acknowledged, options, io);
    // All or nothing: a second run, with what was wrong put right, would mail the others once more.
    const { allowIncomplete } = options;
    refuse({ ...plan, protected: [] }, { acknowledged, allowIncomplete, nothing: 'nothing was sent' });
    if (plan.resends.length > 0 && options.autoApprove !== true) {
      await confirm(approvalOfResend(plan.tenant, plan.resends.length), io);
    }
    return { plan, ...(await send(plan, session, options, world)) };
  });
  return endRun(run, { ...options, verb: 'resend' }, io);
}

interface Named {
  readonly loaded: ValidFiles | undefined;
  readonly names: readonly string[];
  readonly session: ResendSession;
}

async function planNamed({ loaded, names, session }: Named, world: World): Promise<ResendPlan> {
  const users = [...new Map(names.map(userRef).map((ref) => [ref.key, ref])).values()];
  const live = await watched(world, 'read-users', (onProgress) =>
    session.tenant.readLive({ users, scope: { users: 'listed' }, reach: 'users', onProgress }),
  );
  const plan = resendsByName({ users, live, tenant: session.id, desired: loaded?.desired });
  return { ...plan, diagnostics: [...(loaded?.warnings ?? []), ...plan.diagnostics] };
}

interface Waiting {
  readonly loaded: ValidFiles;
  readonly olderThan: number;
  readonly session: ResendSession;
}

async function planWaiting(
  { loaded, olderThan, session }: Waiting,
  options: ResendOptions,
  world: World,
): Promise<ResendPlan> {
  const { tenant, id } = session;
  // A token is of no use here, so that it may be missing.
  const files = { ...loaded, checkTokens: () => Promise.resolve([]) };
  const { plan } = await readAndPlan({ ...files, tenant, tenantId: id, tokens: 'needed by apply' }, options, world);
  return resendsToWaiting({ plan, desired: loaded.desired, longerThan: olderThan, now: currentInstant(world) });
}

function show(plan: ResendPlan, acknowledged: PlanContext['acknowledged'], options: ResendOptions, io: Io): void {
  showDiagnostics(plan.diagnostics, io, options);
  const shown = options.format === 'json' ? io.stderr : io.stdout;
  const view = { palette: paletteFor(shown, io, options), width: shown.columns };
  shown.write(resendText(plan, { ...view, acknowledged, now: currentInstant(io), toolVersion: toolVersion() }));
}

function send(plan: ResendPlan, session: ResendSession, options: ResendOptions, world: World): Promise<Ended> {
  const { tenant, journal, request, stopped } = session;
  const { resends } = plan;
  const mail = async (uuid: string, changes: readonly Resend[]): Promise<readonly Outcome[]> => {
    const outcomes = await resendToUser(uuid, changes, tenant);
    journal.ended(outcomes);
    return outcomes;
  };
  const { concurrency } = request;
  const { maxFailures } = options;
  const work = async (stop: () => string | undefined): Promise<Ended> => {
    const report = await watched(world, 'send', (onOutcomes) =>
      applyAll(resends, { applyUser: mail, concurrency, maxFailures, stop, onOutcomes }),
    );
    return { report, code: codeOf(report) };
  };
  return runTasks({ plan, planned: resends.length, journal, stopped, work }, world);
}
