import { type Command, Option } from 'commander';
import type {
  ApplyOptions,
  PlanOptions,
  RevertOptions,
  ShowOptions,
  ValidateOptions,
} from '../commands/process/options.ts';
import type { Io } from '../commands/process/io.ts';
import {
  RepeatableOption,
  duration,
  positive,
  wait,
  withAllowances,
  withDetail,
  withFailOn,
  withOutput,
  withPlanning,
  withReport,
  withTenant,
} from './flags.ts';
import type { Start } from './start.ts';

export function addValidate(program: Command, io: Io, start: Start): void {
  withOutput(program.command('validate [paths...]'))
    .description('check the files, offline')
    .addOption(
      new Option('--format <format>', 'output format').choices(['text', 'json', 'github', 'sarif']).default('text'),
    )
    .option('--secrets', 'check that token variables are set and token files readable')
    .action((paths: string[], options: ValidateOptions) => {
      start(import('../commands/validate.ts').then(({ runValidate }) => runValidate(paths, options, io)));
    });
}

const signHelp = 'sign the saved plan with the Ed25519 key of FACEFORM_SIGNING_KEY or FACEFORM_SIGNING_KEY_FILE';

export function addPlan(program: Command, io: Io, start: Start): void {
  withFailOn(withReport(withDetail(withPlanning(program.command('plan [paths...]')))))
    .description('show what apply would change (read-only)')
    .addOption(
      new Option('--format <format>', 'output format')
        .choices(['text', 'json', 'markdown', 'diff', 'html'])
        .default('text'),
    )
    .option('--out <file>', 'save the plan, for apply --plan')
    .option('--sign', signHelp)
    .option('--detailed-exitcode', 'exit 2 if there are changes')
    .action((paths: string[], options: PlanOptions) => {
      start(import('../commands/plan.ts').then(({ runPlan }) => runPlan(paths, options, io)));
    });
}

export function addApply(program: Command, io: Io, start: Start): void {
  withFailOn(withReport(withDetail(withPlanning(program.command('apply [paths...]')))))
    .description('plan, show the plan, ask for approval, and carry it out')
    .addOption(new Option('--format <format>', 'output format').choices(['text', 'json', 'ndjson']).default('text'))
    .option('--auto-approve', 'do not ask')
    .option('--plan <file>', 'carry out a saved plan, without asking')
    .addOption(
      new Option('--plan-max-age <duration>', 'refuse an older plan, such as 24h or 7d')
        .default(86_400, '24h')
        .argParser(duration),
    )
    .addOption(
      new RepeatableOption(
        '--require-signature <key>',
        'refuse a saved plan that this Ed25519 public key did not sign',
      ),
    )
    .addOption(
      new Option('--on-stale <choice>', 'what to do when faces have changed since the plan').choices(['skip', 'fail']),
    )
    .option('--json-into <file>', 'write the events of --format ndjson there while the run goes on')
    .option('--journal <file>', 'append each call and outcome as a JSON line')
    .option('--allow-incomplete', 'leave out users that could not be read')
    .option('--max-failures <count>', 'stop after this many identical failures in a row', positive, 10)
    .option('--activations-out <directory>', 'keep activation URLs and QR codes there')
    .option('--settle <duration>', 'time until every list of faces shows a create (default 3s)', wait)
    .option('--no-verify', 'trust the answers instead of reading every write back')
    .action((paths: string[], options: ApplyOptions) => {
      start(import('../commands/apply.ts').then(({ runApply }) => runApply(paths, options, io)));
    });
}

export function addRevert(program: Command, io: Io, start: Start): void {
  withReport(withDetail(withAllowances(withTenant(program.command('revert <file> [paths...]')))))
    .description('plan how to undo an apply, from its journal, report or saved plan (read-only)')
    .addOption(
      new Option('--format <format>', 'output format')
        .choices(['text', 'json', 'markdown', 'diff', 'html'])
        .default('text'),
    )
    .option('--out <file>', 'save the plan, for apply --plan')
    .option('--sign', signHelp)
    .option('--keep-activated', 'leave new faces that are in use (ACTIVE or REVIEW) instead of deleting them')
    .option('--detailed-exitcode', 'exit 2 if there are changes')
    .action((file: string, paths: string[], options: RevertOptions) => {
      start(import('../commands/revert.ts').then(({ runRevert }) => runRevert({ file, paths }, options, io)));
    });
}

export function addShow(program: Command, io: Io, start: Start): void {
  withReport(withDetail(withOutput(program.command('show <files...>'))))
    .description('show a saved plan, or the plans of all shards as one')
    .addOption(
      new Option('--format <format>', 'output format')
        .choices(['text', 'json', 'markdown', 'diff', 'html'])
        .default('text'),
    )
    .option('--include-noop', 'also list what needs no change, if the plan has it')
    .action((files: string[], options: ShowOptions) => {
      start(import('../commands/show.ts').then(({ runShow }) => runShow(files, options, io)));
    });
}
