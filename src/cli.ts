import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { Io } from './commands/io.ts';
import type {
  ApplyOptions,
  PlanOptions,
  SandboxCommandOptions,
  ShowOptions,
  ValidateOptions,
} from './commands/options.ts';
import type { ExitCode } from './commands/exit-code.ts';
import { toolVersion } from './commands/version.ts';
import { parseDuration } from './model/instant.ts';

/**
 * Runs one command line. Each command is loaded only when it is called, so that `--help` and `--version` load
 * neither undici nor ajv nor yaml.
 *
 * @param args without the program's own name.
 */
export async function main(args: readonly string[], io: Io): Promise<ExitCode> {
  const run: { ending: Promise<ExitCode> | undefined } = { ending: undefined };
  const program = buildProgram(io, (ending) => {
    run.ending = ending;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return (await run.ending) ?? 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    const { showFailure } = await import('./commands/failure.ts');
    return showFailure(error, io, { color: !args.includes('--no-color'), debug: args.includes('--debug') });
  }
}

type Start = (ending: Promise<ExitCode>) => void;

function buildProgram(io: Io, start: Start): Command {
  const program = new Command('faceform')
    .description("Keeps users' face enrollments in Entrust Identity as a Service as files say.")
    .version(toolVersion())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        io.stdout.write(text);
      },
      writeErr: (text) => {
        io.stderr.write(text);
      },
    })
    .showHelpAfterError('Run with --help for what there is.')
    .addHelpText('after', exitCodes);
  addValidate(program, io, start);
  addPlan(program, io, start);
  addApply(program, io, start);
  addShow(program, io, start);
  addSandbox(program, io, start);
  program
    .command('demo')
    .description('runs the whole round on the embedded tenant: plan, apply, plan again')
    .option('--no-color', 'no colours')
    .action((options: { color: boolean }) => {
      start(import('./commands/demo.ts').then(({ runDemo }) => runDemo(options, io)));
    });
  program
    .command('schema')
    .description('prints the JSON Schema of the file')
    .action(() => {
      start(import('./commands/schema.ts').then(({ runSchema }) => runSchema(io)));
    });
  return program;
}

const exitCodes = `
Exit codes:
  0  done, or nothing to do
  1  error in the input, the credentials or the program
  2  the plan has changes (plan --detailed-exitcode)
  3  apply ended with failed, skipped or unknown outcomes
  4  stale changes were left out
  5  refused by a budget or a protection; nothing was written
  6  the live state could not be read completely
  130, 143  interrupted`;

function addValidate(program: Command, io: Io, start: Start): void {
  withOutput(program.command('validate [paths...]'))
    .description('checks the files, offline')
    .addOption(new Option('--format <format>', 'of the result').choices(['text', 'json', 'github']).default('text'))
    .option('--secrets', 'check that token variables are set and token files readable')
    .action((paths: string[], options: ValidateOptions) => {
      start(import('./commands/validate.ts').then(({ runValidate }) => runValidate(paths, options, io)));
    });
}

function addPlan(program: Command, io: Io, start: Start): void {
  withPlanning(program.command('plan [paths...]'))
    .description('shows what apply would do; cannot write')
    .addOption(new Option('--format <format>', 'of the result').choices(['text', 'json', 'diff']).default('text'))
    .option('--out <file>', 'save the plan, for apply --plan')
    .option('--detailed-exitcode', 'exit 2 if there are changes')
    .action((paths: string[], options: PlanOptions) => {
      start(import('./commands/plan.ts').then(({ runPlan }) => runPlan(paths, options, io)));
    });
}

function addApply(program: Command, io: Io, start: Start): void {
  withPlanning(program.command('apply [paths...]'))
    .description('plans, shows the plan, asks, and carries it out')
    .addOption(textOrJson())
    .option('--auto-approve', 'do not ask')
    .option('--plan <file>', 'carry out a saved plan, without asking')
    .addOption(
      new Option('--plan-max-age <duration>', 'refuse an older one, such as 24h or 7d')
        .default(86_400, '24h')
        .argParser(duration),
    )
    .addOption(
      new Option('--on-stale <choice>', 'what to do when faces have changed since the plan').choices(['skip', 'fail']),
    )
    .option('--journal <file>', 'append each call and outcome as a JSON line')
    .option('--allow-incomplete', 'leave out users that could not be read')
    .option('--max-failures <count>', 'start nothing more after so many identical failures in a row', positive, 10)
    .option('--activations-out <directory>', 'keep activation URLs and QR codes there')
    .option('--no-verify', 'trust the answers instead of reading every write back')
    .action((paths: string[], options: ApplyOptions) => {
      start(import('./commands/apply.ts').then(({ runApply }) => runApply(paths, options, io)));
    });
}

function addShow(program: Command, io: Io, start: Start): void {
  withOutput(program.command('show <file>'))
    .description('shows a saved plan')
    .addOption(new Option('--format <format>', 'of the result').choices(['text', 'json', 'diff']).default('text'))
    .option('--include-noop', 'list what needs no change as well, if the plan has it')
    .action((file: string, options: ShowOptions) => {
      start(import('./commands/show-plan.ts').then(({ runShow }) => runShow(file, options, io)));
    });
}

function addSandbox(program: Command, io: Io, start: Start): void {
  program
    .command('sandbox')
    .description('serves the embedded tenant on loopback until stopped')
    .addOption(textOrJson())
    .option('--port <port>', '0 picks a free one', wholeNumber, 0)
    .option('--state <file>', 'keep the state there')
    .option('--users <count>', 'seed user0, user1, …', wholeNumber, 0)
    .action((options: SandboxCommandOptions) => {
      start(import('./commands/sandbox.ts').then(({ runSandbox }) => runSandbox(options, io)));
    });
}

function withPlanning(command: Command): Command {
  return withOutput(command)
    .option('--tenant <url>', 'the tenant, https://NAME.REGION.trustedauth.com')
    .option('--credentials <file>', 'the JSON that the portal lets one download')
    .option('--sandbox [file]', 'use the embedded tenant, its state kept in a file (.faceform/sandbox.json)')
    .option('--concurrency <count>', 'requests in flight', concurrency)
    .option('--requests-per-second <count>', 'requests started a second', rate)
    .option('--target <user>', 'only this user (repeatable)', collect)
    .option('--replace <key>', 'renew this enrollment on purpose (repeatable)', collect)
    .option('--allow-deletes <count>', 'acknowledge exactly so many deletes and replaces', wholeNumber)
    .option('--allow-disables <count>', 'acknowledge exactly so many disables', wholeNumber)
    .option('--allow-emails <count>', 'acknowledge exactly so many activation e-mails', wholeNumber)
    .option('--include-noop', 'list what needs no change as well')
    .option('--skip-missing-users', 'warn of users the tenant does not have, instead of an error');
}

function withOutput(command: Command): Command {
  return command
    .option('--no-color', 'no colours')
    .option('--quiet', 'no progress')
    .option('--debug', 'trace the HTTP calls on stderr, without headers and bodies');
}

function textOrJson(): Option {
  return new Option('--format <format>', 'of the result').choices(['text', 'json']).default('text');
}

function collect(value: string, others: readonly string[] | undefined): readonly string[] {
  return [...(others ?? []), value];
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

/** No tenant bears as many, and each is a connection. */
const mostAtOnce = 256;

function concurrency(text: string): number {
  const number = positive(text);
  if (number > mostAtOnce) throw new InvalidArgumentError(`It may be ${mostAtOnce} at most.`);
  return number;
}

/** As in the file, it may be less than one. */
function rate(text: string): number {
  if (!/^\d{1,9}(\.\d{1,3})?$/.test(text) || Number(text) === 0) {
    throw new InvalidArgumentError('It must be a number above 0.');
  }
  return Number(text);
}

/** Seconds. */
function duration(text: string): number {
  const seconds = parseDuration(text);
  if (seconds === undefined) throw new InvalidArgumentError('It must be hours or days, such as 24h or 7d.');
  return seconds;
}

function positive(text: string): number {
  const number = wholeNumber(text);
  if (number === 0) throw new InvalidArgumentError('It must be at least 1.');
  return number;
}
