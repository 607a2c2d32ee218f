import { applyAll, judge, resendsByName, resendsToWaiting, resendToUser, userRef } from '../engine/index.ts';
import { hasErrors } from '../model/diagnostic.ts';
import type { PlanContext } from '../model/plan.ts';
import type { ResendPlan } from '../model/shown/resend.ts';
import type { TenantResender } from '../model/tenant.ts';
import { connectResender } from '../provider/index.ts';
import { resendText } from '../report/index.ts';
import { CommandError } from './process/command-error.ts';
import { confirm } from './process/confirm.ts';
import { targetOf } from './tenant/connect.ts';
import { exitCode, type ExitCode } from './process/exit-code.ts';
import type { Io } from './process/io.ts';
import { loadValid, type ValidFiles } from './files/load.ts';
import { readAndPlan } from './planning/read-and-plan.ts';
import type { ResendOptions } from './process/options.ts';
import { startProgress } from './process/progress.ts';
import { refusal } from './run/refusal.ts';
import { acknowledgedBy } from './planning/render-plan.ts';
import { codeOf, runAndReport } from './run/run-and-report.ts';
import { paletteFor, showDiagnostics } from './process/console.ts';
import { toolVersion } from './version.ts';
import { withSession, type Tools } from './tenant/with-session.ts';

type ResendTools = Tools<TenantResender>;

/** Shows whom it would mail, asks, and sends one activation e-mail for each face. */
export async function runResend(paths: readonly string[], options: ResendOptions, io: Io): Promise<ExitCode> {
  const { user: names, olderThan } = options;
  if (names === undefined && olderThan !== undefined) {
    const loaded = await loadValid(paths, options, io);
    return withPlan(loaded, options, io, (tools) => planWaiting({ loaded, olderThan, tools }, options, io));
  }
  if (names === undefined || olderThan !== undefined) {
    throw new CommandError(
      names === undefined ? 'nobody is named to mail' : '--user and --older-than are both given',
      'Pass --user for each user, or --older-than 72h for those of the files who have waited so long.',
    );
  }
  const loaded = paths.length === 0 ? undefined : await loadValid(paths, options, io);
  return withPlan(loaded, options, io, (tools) => planNamed({ loaded, names, tools }, options, io));
}

async function withPlan(
  loaded: ValidFiles | undefined,
  options: ResendOptions,
  io: Io,
  makeResendPlan: (tools: ResendTools) => Promise<ResendPlan>,
): Promise<ExitCode> {
  const target = loaded === undefined ? { settings: {}, seed: () => ({}) } : targetOf(loaded.desired);
  return withSession({ target, options, connect: connectResender }, io, async (tools) => {
    const plan = await makeResendPlan(tools);
    const acknowledged = acknowledgedBy(options);
    show(plan, acknowledged, options, io);
    refuse(plan, acknowledged, options);
    if (plan.resends.length > 0 && options.autoApprove !== true) {
      await confirm('Send these e-mails?', 'nothing was sent', io);
    }
    return send(plan, tools, options, io);
  });
}

interface Named {
  readonly loaded: ValidFiles | undefined;
  readonly names: readonly string[];
  readonly tools: ResendTools;
}

async function planNamed({ loaded, names, tools }: Named, options: ResendOptions, io: Io): Promise<ResendPlan> {
  const users = [...new Map(names.map(userRef).map((ref) => [ref.key, ref])).values()];
  const progress = startProgress('Reading users', io, options);
  const reading = { users, scope: { users: 'listed' }, reach: 'users', onProgress: progress.update } as const;
  const live = await tools.tenant.readLive(reading).finally(progress.end);
  const budgets = loaded === undefined ? {} : { budgets: loaded.desired.budgets };
  const plan = resendsByName({ users, live, tenant: tools.name, ...budgets });
  return { ...plan, diagnostics: [...(loaded?.warnings ?? []), ...plan.diagnostics] };
}

interface Waiting {
  readonly loaded: ValidFiles;
  readonly olderThan: number;
  readonly tools: ResendTools;
}

async function planWaiting({ loaded, olderThan, tools }: Waiting, options: ResendOptions, io: Io): Promise<ResendPlan> {
  const { tenant, name } = tools;
  // A token is of no use here, so that it may be missing.
  const files = { ...loaded, checkTokens: () => Promise.resolve([]) };
  const { plan } = await readAndPlan({ ...files, tenant, tenantName: name, tokens: 'needed by apply' }, options, io);
  return resendsToWaiting({ plan, desired: loaded.desired, longerThan: olderThan, now: nowOf(io) });
}

function show(plan: ResendPlan, acknowledged: PlanContext['acknowledged'], options: ResendOptions, io: Io): void {
  showDiagnostics(plan.diagnostics, io, options);
  const shown = options.format === 'json' ? io.stderr : io.stdout;
  const palette = paletteFor(shown, io, options);
  shown.write(resendText(plan, { palette, acknowledged, now: nowOf(io), toolVersion: toolVersion() }));
}

/** All or nothing: a second run, with what was wrong put right, would mail the others once more. */
function refuse(plan: ResendPlan, acknowledged: PlanContext['acknowledged'], options: ResendOptions): void {
  if (hasErrors(plan.diagnostics)) {
    throw new CommandError('nothing was sent', 'Correct the errors above and run again.');
  }
  const refused = refusal(judge({ budgets: plan.budgets, protected: [] }, acknowledged), 'nothing was sent');
  if (refused !== undefined) throw new CommandError(refused.summary, refused.detail, exitCode.refused);
  if (!plan.complete && options.allowIncomplete !== true) {
    throw new CommandError(
      'the live state could not be read completely, nothing was sent',
      'Run again, or pass --allow-incomplete to leave out the users that could not be read.',
      exitCode.incomplete,
    );
  }
}

function send(plan: ResendPlan, tools: ResendTools, options: ResendOptions, io: Io): Promise<ExitCode> {
  const { tenant, journal, concurrency, stopped } = tools;
  const { resends } = plan;
  const work: Parameters<typeof runAndReport>[0]['work'] = async (stop) => {
    const progress = startProgress('Sending', io, options);
    const report = await applyAll(resends, {
      applyUser: async (uuid, changes) => {
        const outcomes = await resendToUser(uuid, changes, tenant);
        journal.ended(outcomes);
        return outcomes;
      },
      concurrency,
      maxFailures: options.maxFailures,
      stop,
      onOutcomes: progress.update,
    }).finally(progress.end);
    return { report, code: codeOf(report) };
  };
  return runAndReport({ verb: 'resend', plan, planned: resends.length, journal, stopped, work }, options, io);
}

function nowOf({ clock }: Io): number {
  return Math.floor(clock.now() / 1000);
}
