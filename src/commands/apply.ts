import { applyPlan, applyUser, judge, writingChanges, type WriteTools } from '../engine/index.ts';
import { readToken } from '../desired/index.ts';
import { hasErrors } from '../model/diagnostic.ts';
import type { TokenSource } from '../model/enrollment.ts';
import type { LiveState } from '../model/live.ts';
import type { ApplyReport } from '../model/outcome.ts';
import type { Plan } from '../model/plan.ts';
import { Secret } from '../model/secret.ts';
import { TenantError, type TenantWriter } from '../model/tenant.ts';
import { connectWriter } from '../provider/index.ts';
import { applyJson, applyText, toJsonText } from '../report/index.ts';
import { activationKeeper, unkeptQrCodes } from './activations.ts';
import { CommandError, InputError } from './command-error.ts';
import { openConnection } from './connect.ts';
import { exitCode, worstOf, type ExitCode } from './exit-code.ts';
import { stopOnSignal } from './interrupt.ts';
import type { Io } from './io.ts';
import { loadValid } from './load.ts';
import { makePlan } from './make-plan.ts';
import type { ApplyOptions } from './options.ts';
import { renderPlan } from './plan.ts';
import { startProgress } from './progress.ts';
import { refusal } from './refusal.ts';
import { paletteFor, showDiagnostics } from './show.ts';
import { toolVersion } from './version.ts';

/** Plans, shows the plan, asks, and carries it out. */
export async function runApply(paths: readonly string[], options: ApplyOptions, io: Io): Promise<ExitCode> {
  const { desired, warnings } = await loadValid(paths, io);
  const connection = await openConnection(desired, options, io);
  const session = connectWriter(connection.request);
  try {
    const input = { desired, warnings, tenant: session.tenant, tenantName: connection.name };
    const { plan, live } = await makePlan(input, options, io);
    showDiagnostics(plan.diagnostics, io, options);
    const shown = options.format === 'json' ? io.stderr : io.stdout;
    shown.write(await renderPlan(plan, { ...options, format: 'text' }, io));
    refuse(plan, options);
    if (writingChanges(plan).length > 0 && options.autoApprove !== true) await confirm(io);
    const before = options.autoApprove === true ? 'trust-plan' : 'read-again';
    return await carryOut({ plan, live, tenant: session.tenant, before }, options, io);
  } finally {
    await session.close();
    await connection.close();
  }
}

/** All that forbids writing, judged over the whole plan before the first write. */
function refuse(plan: Plan, options: ApplyOptions): void {
  if (hasErrors(plan.diagnostics)) {
    throw new CommandError('nothing was applied', 'Correct the errors above and run again.');
  }
  const unkept = unkeptQrCodes(plan, options.activationsOut);
  if (unkept.length > 0) throw new InputError(unkept);
  const verdict = judge(plan, {
    ...(options.allowDeletes === undefined ? {} : { delete: options.allowDeletes }),
    ...(options.allowDisables === undefined ? {} : { disable: options.allowDisables }),
    ...(options.allowEmails === undefined ? {} : { email: options.allowEmails }),
  });
  const refused = refusal(verdict);
  if (refused !== undefined) throw new CommandError(refused.summary, refused.detail, exitCode.refused);
  if (!plan.complete && options.allowIncomplete !== true) {
    throw new CommandError(
      'the live state could not be read completely, nothing was applied',
      'Run again, or pass --allow-incomplete to leave out the users that could not be read.',
      exitCode.incomplete,
    );
  }
}

async function confirm(io: Io): Promise<void> {
  if (io.ask === undefined) {
    throw new CommandError('there is no terminal to ask for approval', 'Pass --auto-approve to apply without asking.');
  }
  const answer = await io.ask("\nApply these changes? Only 'yes' is taken as approval: ");
  if (answer.trim() !== 'yes') throw new CommandError('nothing was applied', "The answer was not 'yes'.");
}

interface Work {
  readonly plan: Plan;
  readonly live: LiveState;
  readonly tenant: TenantWriter;
  readonly before: WriteTools['before'];
}

async function carryOut({ plan, live, tenant, before }: Work, options: ApplyOptions, io: Io): Promise<ExitCode> {
  const tools: WriteTools = {
    tenant,
    before,
    readToken: (source) => tokenFrom(source, io),
    onCreated: activationKeeper(options.activationsOut, io),
    sleep: (ms) => io.clock.sleep(ms),
    verify: options.verify ? 'read-back' : 'trust',
    now: () => Math.floor(io.clock.now() / 1000),
  };
  const known = faceIdsByUser(live);
  const progress = startProgress('Applying', io, options);
  const interrupt = stopOnSignal(io);
  const report = await applyPlan({
    plan,
    applyUser: (uuid, changes) => applyUser({ uuid, faceIds: known.get(uuid) ?? [] }, changes, tools),
    concurrency: options.concurrency ?? 8,
    maxFailures: options.maxFailures,
    stop: interrupt.reason,
    onOutcomes: progress.update,
  }).finally(() => {
    progress.end();
    interrupt.release();
  });
  const context = { toolVersion: toolVersion(), tenant: plan.tenant, diagnostics: plan.diagnostics };
  const text =
    options.format === 'json'
      ? toJsonText(applyJson(report, context))
      : applyText(report, paletteFor(io.stdout, io, options));
  io.stdout.write(text);
  return worstOf([reportExitCode(report), plan.complete ? exitCode.done : exitCode.incomplete, interrupt.code()]);
}

function reportExitCode({ totals }: ApplyReport): ExitCode {
  if (totals.failed + totals.skipped + totals.unknown > 0) return exitCode.partial;
  return totals.stale > 0 ? exitCode.stale : exitCode.done;
}

async function tokenFrom(source: TokenSource, { workingDirectory, environment }: Io): Promise<Secret> {
  const token = await readToken(source, { workingDirectory, environment });
  if (token instanceof Secret) return token;
  throw new TenantError('refused', { message: `${token.summary}. ${token.detail}` });
}

function faceIdsByUser(live: LiveState): ReadonlyMap<string, readonly string[]> {
  const users = [...live.listed.values(), ...live.discovered];
  return new Map(
    users.flatMap((user) =>
      user.presence === 'present' ? [[user.user.uuid, user.faces.map(({ id }) => id)] as const] : [],
    ),
  );
}
