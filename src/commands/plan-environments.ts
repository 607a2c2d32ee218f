import { environmentsJson, environmentsText, plain, toJsonText, type EnvironmentPlan } from '../report/index.ts';
import { loadAll, type ValidFiles } from './files/load.ts';
import { judged } from './planning/judged.ts';
import { makePlan } from './planning/make-plan.ts';
import { planExitCode } from './planning/plan-exit-code.ts';
import { printPlan } from './planning/render-plan.ts';
import { CommandError, InputError } from './process/command-error.ts';
import { paletteFor, showDiagnostics } from './process/console.ts';
import { worldOf } from './process/console-watch.ts';
import { worstOf, type ExitCode } from './process/exit-code.ts';
import { codeOfHeld, tellHeld } from './process/fail-on.ts';
import { diagnosticsOf, knownWords, showFailure } from './process/failure.ts';
import type { Io } from './process/io.ts';
import type { PlanOptions } from './process/options.ts';
import { toolVersion } from './process/version.ts';
import type { World } from './process/watch.ts';

/** Shows the plan of each environment of the files, one after the other. One that fails does not hide the others. */
export async function planEnvironments(paths: readonly string[], options: PlanOptions, io: Io): Promise<ExitCode> {
  refuseForOne(options);
  const world = worldOf(io, options);
  const { states, diagnostics } = await loadAll(paths, { secrets: 'ignore', createApi: options.createApi }, world);
  if (states.length === 0) throw new InputError(diagnostics);
  const all: (EnvironmentPlan & { readonly exitCode: ExitCode })[] = [];
  for (const { state, checkTokens, loadFrom } of states) {
    const { environment } = state;
    if (environment === undefined) throw noEnvironments;
    const loaded = { name: environment.name, desired: state, warnings: diagnostics, checkTokens, loadFrom };
    all.push(await planOne(loaded, options, { io, world: withoutGeneral(world) }));
  }
  const palette = paletteFor(io.stdout, io, options);
  const noops = options.includeNoop === true ? 'list' : 'omit';
  io.stdout.write(
    options.format === 'json'
      ? toJsonText(environmentsJson(all, { toolVersion: toolVersion(), noops }))
      : environmentsText(all, palette, io.stdout.columns),
  );
  return worstOf(all.map(({ exitCode }) => exitCode));
}

const noEnvironments = new CommandError(
  '--env is all, and no file declares environments',
  "Remove --env, or add 'environments' to one file.",
);

/** What is about one tenant, or one plan. */
function refuseForOne({ out, sign, tenant, credentials, sandbox, report, format }: PlanOptions): void {
  const given = { out, sign, tenant, credentials, sandbox, report };
  const [name] = Object.entries(given).flatMap(([flag, value]) => (value === undefined ? [] : [`--${flag}`]));
  const other = format === 'text' || format === 'json' ? name : `--format ${format}`;
  if (other === undefined) return;
  throw new CommandError(`--env all cannot be combined with ${other}`, 'Choose one environment with --env.');
}

/** Variables that name no environment hold the credentials of one tenant, and must not reach the others. */
function withoutGeneral(world: World): World {
  const {
    FACEFORM_APPLICATION_ID: _,
    FACEFORM_SHARED_SECRET: __,
    FACEFORM_CREDENTIALS: ___,
    ...others
  } = world.environment;
  return { ...world, environment: others };
}

async function planOne(
  { name, ...loaded }: ValidFiles & { readonly name: string },
  options: PlanOptions,
  { io, world }: { readonly io: Io; readonly world: World },
): Promise<EnvironmentPlan & { readonly exitCode: ExitCode }> {
  const isText = options.format === 'text';
  const { strong } = paletteFor(io.stdout, io, options);
  if (isText) io.stdout.write(`${strong(`Environment ${plain(name)}`)}\n\n`);
  try {
    const made = judged(await makePlan({ ...loaded, tokens: 'needed by apply' }, options, world), options);
    const { plan, context } = made;
    showDiagnostics(plan.diagnostics, io, options);
    if (isText) io.stdout.write(`${await printPlan(made, options, io)}\n`);
    const { held = [] } = context;
    tellHeld(held, io);
    return { name, exitCode: worstOf([planExitCode(plan, options), codeOfHeld(held)]), made, diagnostics: [] };
  } catch (error) {
    if (!(error instanceof InputError) && knownWords(error) === undefined) throw error;
    io.stderr.write(`Environment ${plain(name)}:\n`);
    return { name, exitCode: showFailure(error, io, options), diagnostics: diagnosticsOf(error) };
  }
}
