import type { PlanInContext } from '../model/shown/plan-context.ts';
import { toJsonLine, type RunEvent } from '../report/index.ts';
import { demandDistinct, readFilesOf } from './files/distinct-files.ts';
import { loadValid } from './files/load.ts';
import { reservePlanFiles } from './files/plan-files.ts';
import { loadSavedPlan } from './files/saved-plan.ts';
import { printPlan } from './planning/render-plan.ts';
import { CommandError } from './process/command-error.ts';
import { confirm } from './process/confirm.ts';
import type { Closed } from './process/closing.ts';
import { worldOf } from './process/console-watch.ts';
import { showDiagnostics } from './process/console.ts';
import type { ExitCode } from './process/exit-code.ts';
import type { Io } from './process/io.ts';
import type { ApplyOptions } from './process/options.ts';
import { applyFiles } from './run/apply-files.ts';
import { approvalOfApply } from './run/approval.ts';
import type { Applied, Audience } from './run/audience.ts';
import { applySaved } from './run/apply-saved.ts';
import { endRun } from './run/end-run.ts';
import { printedEvents } from './run/outcome-console.ts';
import { withEvents, type RunEvents } from './run/run-events.ts';

/** Carries out a saved plan; or plans from files, shows the plan, asks, and carries it out. */
export async function runApply(paths: readonly string[], options: ApplyOptions, io: Io): Promise<ExitCode> {
  const print = (event: RunEvent): void => {
    io.stdout.write(toJsonLine(event));
  };
  const listener = { onEvent: options.format === 'ndjson' ? print : undefined, jsonInto: options.jsonInto };
  const run = await withEvents(listener, io, (events) =>
    options.plan === undefined
      ? fromFiles(paths, { options, events }, io)
      : fromPlan(options.plan, { paths, options, events }, io),
  );
  return endRun(run, { ...options, verb: 'apply' }, io);
}

interface ApplyRun {
  readonly options: ApplyOptions;
  readonly events: RunEvents;
}

async function fromFiles(paths: readonly string[], { options, events }: ApplyRun, io: Io): Promise<Closed<Applied>> {
  if (options.requireSignature !== undefined) {
    throw new CommandError('--require-signature is given without --plan', 'Only a saved plan can be signed.');
  }
  const world = worldOf(io, options);
  const loaded = await loadValid(paths, options, world);
  await demandDistinct(options, readFilesOf(loaded.desired, options), world);
  return applyFiles(loaded, await openAudience({ options, events }, io), options, world);
}

async function fromPlan(
  file: string,
  { paths, options, events }: ApplyRun & { readonly paths: readonly string[] },
  io: Io,
): Promise<Closed<Applied>> {
  const others = givenBeside(paths, options);
  if (others.length > 0) {
    throw new CommandError(
      `--plan cannot be combined with ${others.join(', ')}`,
      'A saved plan is applied as it is; make another one to change it.',
    );
  }
  const world = worldOf(io, options);
  const saved = await loadSavedPlan(file, world, options.requireSignature);
  await demandDistinct(options, [file], world);
  return applySaved(saved, await openAudience({ options, events }, io), options, world);
}

function givenBeside(paths: readonly string[], options: ApplyOptions): readonly string[] {
  const { owner, target, exclude, changedSince, replace, skipMissingUsers, shard, createApi, settings } = options;
  return [
    ...paths,
    ...(owner === undefined ? [] : ['--owner']),
    ...(target === undefined ? [] : ['--target']),
    ...(exclude === undefined ? [] : ['--exclude']),
    ...(changedSince === undefined ? [] : ['--changed-since']),
    ...(replace === undefined ? [] : ['--replace']),
    ...(skipMissingUsers === undefined ? [] : ['--skip-missing-users']),
    ...(shard === undefined ? [] : ['--shard']),
    ...(createApi === undefined ? [] : ['--create-api']),
    ...(settings === undefined ? [] : ['--settings']),
  ];
}

/** Prints the plan and asks, after all places that are written to are known to be writable. */
async function openAudience({ options, events }: ApplyRun, io: Io): Promise<Audience> {
  const files = await reservePlanFiles({ report: options.report ?? [] }, io);
  await events.openFile();
  return {
    events: options.format === 'text' ? printedEvents(events, options, io) : events,
    show: async (made: PlanInContext) => {
      showDiagnostics(made.plan.diagnostics, io, options);
      const shown = options.format === 'text' ? io.stdout : io.stderr;
      shown.write(await printPlan(made, { ...options, format: 'text' }, { ...io, stdout: shown }));
      await files.save(made);
    },
    approve: async (plan, acknowledged) => {
      if (options.autoApprove !== true) await confirm(approvalOfApply(plan, acknowledged), io);
    },
  };
}
