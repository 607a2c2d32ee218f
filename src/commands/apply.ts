import { judge, writingChanges } from '../engine/index.ts';
import { hasErrors } from '../model/diagnostic.ts';
import type { Plan, PlanContext } from '../model/plan.ts';
import { connectWriter } from '../provider/index.ts';
import { unkeptQrCodes } from './run/activations.ts';
import { execute, type Execution } from './run/execute.ts';
import { CommandError, InputError } from './process/command-error.ts';
import { confirm } from './process/confirm.ts';
import { targetOf, tenantName, type Target } from './tenant/connect.ts';
import { demandDistinct, readFilesOf } from './files/distinct-files.ts';
import { exitCode, type ExitCode } from './process/exit-code.ts';
import type { Io } from './process/io.ts';
import { loadValid } from './files/load.ts';
import { readAndPlan, type MadePlan } from './planning/read-and-plan.ts';
import type { ApplyOptions } from './process/options.ts';
import { demandPermittedTokens } from './files/plan-tokens.ts';
import { refusal } from './run/refusal.ts';
import { reservePlanFiles, type PlanFiles } from './files/plan-files.ts';
import type { SavedPlan } from '../report/plan-json/read-plan.ts';
import { acknowledgedBy, planContext, printPlan } from './planning/render-plan.ts';
import { shardOf } from './planning/shard-choice.ts';
import { withEvents, type RunEvents } from './run/run-events.ts';
import { checkAge, loadSavedPlan } from './files/saved-plan.ts';
import { showDiagnostics } from './process/console.ts';
import { withSession } from './tenant/with-session.ts';

/** Carries out a saved plan; or plans from files, shows the plan, asks, and carries it out. */
export async function runApply(paths: readonly string[], options: ApplyOptions, io: Io): Promise<ExitCode> {
  return withEvents(options, io, async (events) => {
    if (options.plan === undefined) return applyFiles(paths, { options, events }, io);
    const others = givenBeside(paths, options);
    if (others.length > 0) {
      throw new CommandError(
        `--plan is given beside ${others.join(', ')}`,
        'A saved plan is applied as it is; make another one to change it.',
      );
    }
    const saved = await loadSavedPlan(options.plan, io);
    await demandDistinct(options, [options.plan], io);
    return carryOutSaved(saved, { options, events }, io);
  });
}

interface ApplyRun {
  readonly options: ApplyOptions;
  readonly events: RunEvents;
}

async function applyFiles(paths: readonly string[], { options, events }: ApplyRun, io: Io): Promise<ExitCode> {
  const loaded = await loadValid(paths, options, io);
  const { desired } = loaded;
  const session = {
    target: targetOf(desired, { ...options, shard: shardOf(options, io) }),
    options,
    connect: connectWriter,
  };
  await demandDistinct(options, readFilesOf(desired, options), io);
  const outputs = await openOutputs({ options, events }, io);
  return withSession(session, io, async ({ tenant, name, ...tools }) => {
    const readAt = io.clock.now();
    const { plan, live } = await readAndPlan(
      { ...loaded, tenant, tenantName: name, tokens: 'needed now' },
      options,
      io,
    );
    const context = await planContext(desired, options, io);
    await show({ plan, context, outputs }, options, io);
    refuse(plan, context.acknowledged, options);
    const asks = options.autoApprove !== true;
    if (asks && writingChanges(plan).length > 0) await confirm('Apply these changes?', 'nothing was applied', io);
    const faceIds = asks || options.onStale !== undefined ? () => undefined : whileFresh(live, readAt, io);
    return execute({ plan, faceIds, tenant, tokenBounds: 'enrollment file', events, ...tools }, options, io);
  });
}

/** @throws CommandError where the plan is too old, or for another tenant; InputError where it asks for what is no token. */
export async function applySaved(saved: SavedPlan, options: ApplyOptions, io: Io): Promise<ExitCode> {
  return withEvents(options, io, (events) => carryOutSaved(saved, { options, events }, io));
}

async function carryOutSaved(saved: SavedPlan, { options, events }: ApplyRun, io: Io): Promise<ExitCode> {
  const { plan, context } = saved;
  checkAge(saved, options.planMaxAge, io);
  await demandPermittedTokens(plan, io);
  const target = await targetOfSaved(plan, context, options, io);
  const outputs = await openOutputs({ options, events }, io);
  return withSession({ target, options, connect: connectWriter }, io, async (tools) => {
    await show({ plan, context, outputs }, options, io);
    refuse(plan, { ...context.acknowledged, ...acknowledgedBy(options) }, options);
    const work = { plan, faceIds: () => undefined, tokenBounds: 'working directory', events, ...tools } as const;
    return execute(work, options, io);
  });
}

function givenBeside(paths: readonly string[], options: ApplyOptions): readonly string[] {
  const { target, replace, skipMissingUsers, shard, createApi, settings } = options;
  return [
    ...paths,
    ...(target === undefined ? [] : ['--target']),
    ...(replace === undefined ? [] : ['--replace']),
    ...(skipMissingUsers === undefined ? [] : ['--skip-missing-users']),
    ...(shard === undefined ? [] : ['--shard']),
    ...(createApi === undefined ? [] : ['--create-api']),
    ...(settings === undefined ? [] : ['--settings']),
  ];
}

/** @throws CommandError where the tenant that would be called is not the plan's. */
async function targetOfSaved(plan: Plan, context: PlanContext, options: ApplyOptions, io: Io): Promise<Target> {
  const embedded = plan.tenant.startsWith('sandbox:');
  const settings = { ...context.pace, ...(embedded ? {} : { url: plan.tenant }), createApi: context.createApi };
  const target = { settings, seed: () => ({}), ...(plan.shard === undefined ? {} : { shard: plan.shard }) };
  const advice = embedded
    ? `Pass --sandbox ${plan.tenant.slice('sandbox:'.length)}.`
    : 'Name that tenant, or none: the plan says which.';
  const name = await tenantName(target, options, io);
  if (name === plan.tenant) return target;
  throw new CommandError(`the plan is for the tenant ${plan.tenant}, not for ${name}`, advice);
}

/** Who is outputs of the plan and of the run, beside the terminal; all places are known to be writable. */
interface Outputs {
  readonly files: PlanFiles;
  readonly events: RunEvents;
}

async function openOutputs({ options, events }: ApplyRun, io: Io): Promise<Outputs> {
  const files = await reservePlanFiles({ report: options.report ?? [] }, io);
  await events.openFile();
  return { files, events };
}

interface ReviewedPlan {
  readonly plan: Plan;
  readonly context: PlanContext;
  readonly outputs: Outputs;
}

async function show({ plan, context, outputs }: ReviewedPlan, options: ApplyOptions, io: Io): Promise<void> {
  showDiagnostics(plan.diagnostics, io, options);
  const shown = options.format === 'text' ? io.stdout : io.stderr;
  shown.write(await printPlan(plan, context, { ...options, format: 'text' }, io));
  await outputs.files.save(plan, context);
  outputs.events.planned(plan);
}

/** All that forbids writing, judged over the whole plan before the first write. */
function refuse(plan: Plan, acknowledged: PlanContext['acknowledged'], options: ApplyOptions): void {
  if (hasErrors(plan.diagnostics)) {
    throw new CommandError('nothing was applied', 'Correct the errors above and run again.');
  }
  const unkept = unkeptQrCodes(plan, options.activationsOut);
  if (unkept.length > 0) throw new InputError(unkept);
  const refused = refusal(judge(plan, acknowledged));
  if (refused !== undefined) throw new CommandError(refused.summary, refused.detail, exitCode.refused);
  if (!plan.complete && options.allowIncomplete !== true) {
    throw new CommandError(
      'the live state could not be read completely, nothing was applied',
      'Run again, or pass --allow-incomplete to leave out the users that could not be read.',
      exitCode.incomplete,
    );
  }
}

/** In a run of hours somebody else may write meanwhile, such as another run that was started on the same files. */
const freshForMs = 5 * 60_000;

function whileFresh({ listed, discovered }: MadePlan['live'], readAt: number, { clock }: Io): Execution['faceIds'] {
  const faceIds = new Map(
    [...listed.values(), ...discovered].flatMap((user) =>
      user.presence === 'present' ? [[user.user.uuid, user.faces.map(({ id }) => id)] as const] : [],
    ),
  );
  return (uuid) => (clock.now() - readAt <= freshForMs ? faceIds.get(uuid) : undefined);
}
