import { countRefusals, takeStatus } from '../engine/index.ts';
import { heldConditions, needsEntries, type Held } from '../model/shown/conditions.ts';
import type { Status, StatusContext } from '../model/shown/status.ts';
import { statusCsv, statusJson, statusPrometheus, statusText, toJsonText } from '../report/index.ts';
import { CommandError } from './process/command-error.ts';
import { paletteFor, showDiagnostics } from './process/console.ts';
import { worldOf } from './process/console-watch.ts';
import { exitCode, worstOf, type ExitCode } from './process/exit-code.ts';
import { codeOfHeld, tellHeld } from './process/fail-on.ts';
import type { Io } from './process/io.ts';
import type { StatusOptions } from './process/options.ts';
import { toolVersion } from './process/version.ts';
import { readForStatus, type StatusReading } from './tenant/read-for-status.ts';

/** Shows how the enrollments of the files stand, or with `--all` those of the whole tenant. Its client cannot write. */
export async function runStatus(paths: readonly string[], options: StatusOptions, io: Io): Promise<ExitCode> {
  refuseContradictions(paths, options);
  const read = await readForStatus(paths, options, worldOf(io, options));
  const { now, tenant, diagnostics } = read;
  const status = takeStatus({ ...read, within: options.within });
  const held = heldIn(status, read, options);
  showDiagnostics(diagnostics, io, options);
  print(
    status,
    { context: { toolVersion: toolVersion(), tenant, now, within: options.within, held }, read },
    options,
    io,
  );
  tellHeld(held ?? [], io);
  const isWhole = status.complete && read.settingsRead;
  return worstOf([isWhole ? exitCode.done : exitCode.incomplete, codeOfHeld(held ?? [])]);
}

interface Shown {
  readonly context: StatusContext;
  readonly read: StatusReading;
}

function print(status: Status, { context, read }: Shown, options: StatusOptions, io: Io): void {
  const terminal = { palette: paletteFor(io.stdout, io, options), width: io.stdout.columns };
  switch (options.format) {
    case 'text':
      io.stdout.write(statusText(status, { ...context, files: read.files, ...terminal }));
      break;
    case 'json':
      io.stdout.write(toJsonText(statusJson(status, context, read.diagnostics)));
      break;
    case 'csv':
      for (const line of statusCsv(status, context.now)) io.stdout.write(line);
      break;
    case 'prometheus':
      io.stdout.write(statusPrometheus(status, context, read.plan));
      break;
  }
}

/** Plan for `--all`: it plans nothing, and only the totals of the status count. */
const nothingPlanned = { changes: [], missing: [], summary: { attention: 0, waiting: 0, unmatched: 0, duplicate: 0 } };

function heldIn({ totals }: Status, { plan }: StatusReading, { failOn }: StatusOptions): readonly Held[] | undefined {
  if (failOn === undefined) return undefined;
  const refusals = plan === undefined ? 0 : countRefusals(plan, {});
  return heldConditions(failOn, { plan: plan ?? nothingPlanned, refusals, done: new Set(), totals });
}

function refuseContradictions(paths: readonly string[], { all, everyUser, failOn = [] }: StatusOptions): void {
  if (all === true && paths.length > 0) {
    throw new CommandError(
      `--all cannot be combined with ${paths.join(', ')}`,
      'Name files, or pass --all for the whole tenant.',
    );
  }
  const ofEntries = failOn.find(needsEntries);
  if (all === true && ofEntries !== undefined) {
    throw new CommandError(`--fail-on ${ofEntries} needs files, and --all reads none`, 'Name files instead of --all.');
  }
  if (all !== true && everyUser === true) {
    throw new CommandError('--every-user has no effect without --all', 'Each user in the files is read in any case.');
  }
}
