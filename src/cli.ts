import { Command, CommanderError } from 'commander';
import { addDoctor, addResend } from './cli/operator-verbs.ts';
import { addApply, addPlan, addRevert, addShow, addValidate } from './cli/plan-verbs.ts';
import { jsonWish, listening } from './cli/json-wish.ts';
import { placeSandbox } from './cli/sandbox-word.ts';
import type { Start } from './cli/start.ts';
import { addAdopt } from './cli/adopt-verb.ts';
import { addImport } from './cli/import-verb.ts';
import { addExplain, addExport, addStatus } from './cli/tenant-verbs.ts';
import { addCompletion, addDemo, addSandbox, addSchema } from './cli/tool-verbs.ts';
import { CommandError } from './commands/process/command-error.ts';
import type { ExitCode } from './commands/process/exit-code.ts';
import type { Io } from './commands/process/io.ts';
import { toolVersion } from './commands/process/version.ts';

/**
 * Runs one command line. Each command is loaded only when it is called, so that `--help` and `--version` load
 * neither undici nor ajv nor yaml.
 *
 * @param args without the program's own name.
 */
export async function main(args: readonly string[], io: Io): Promise<ExitCode> {
  const json = jsonWish(args);
  if (json === undefined) return run(args, io, () => Promise.resolve());
  const { io: heard, hasPrinted } = listening(io);
  return run(args, heard, async (error) => {
    if (hasPrinted()) return;
    const { diagnosticsOf, printFailureJson } = await import('./commands/process/failure.ts');
    printFailureJson(diagnosticsOf(error), json.command, io);
  });
}

/** @param failed told of what ended the command, after it was told on stderr. */
async function run(args: readonly string[], io: Io, failed: (error: unknown) => Promise<void>): Promise<ExitCode> {
  const started: { ending: Promise<ExitCode> | undefined } = { ending: undefined };
  const program = buildProgram(io, (ending) => {
    started.ending = ending;
  });
  try {
    refuseEmpty(args);
    await program.parseAsync([...placeSandbox(args, io)], { from: 'user' });
    return (await started.ending) ?? 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    // Called without a command: the help is what there is to say.
    if (error instanceof CommanderError && error.code === 'commander.help') return 1;
    const shown = error instanceof CommanderError ? usageError(error) : error;
    const code = await show(shown, args, io);
    await failed(shown);
    return code;
  }
}

async function show(error: unknown, args: readonly string[], io: Io): Promise<ExitCode> {
  const { showFailure } = await import('./commands/process/failure.ts');
  return showFailure(error, io, { color: !args.includes('--no-color'), debug: args.includes('--debug') });
}

/** What commander says, in a sentence and its suggestion, such as `(Did you mean plan?)`, in the next. */
function usageError({ message }: CommanderError): CommandError {
  const [, summary = '', guess = ''] = /^(?:error: )?(.*?)(?:\n\((Did you mean [^\n]*)\))?\n?$/s.exec(message) ?? [];
  const detail = [guess, 'Run with --help for usage.'].filter((part) => part !== '').join(' ');
  return new CommandError(summary, detail, 1, { reason: 'USAGE' });
}

/**
 * A pipeline makes an empty argument of a variable that is not set. As a path it would be the working directory.
 *
 * @throws CommandError
 */
function refuseEmpty(args: readonly string[]): void {
  const at = args.findIndex((arg) => arg === '' || /^--[a-z-]+=$/.test(arg));
  if (at < 0) return;
  const which = args[at] === '' ? `argument ${at + 1}` : `the value of ${String(args[at]).slice(0, -1)}`;
  const after = at > 0 && args[at] === '' ? `, after ${String(args[at - 1])},` : '';
  throw new CommandError(
    `${which}${after} is empty`,
    'Give it a value or remove it. CI systems and shells make a variable that is not set an empty string.',
  );
}

function buildProgram(io: Io, start: Start): Command {
  const program = new Command('faceform')
    .description('Keep Entrust IDaaS face enrollments in sync with YAML files')
    .version(toolVersion())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        io.stdout.write(text);
      },
      writeErr: (text) => {
        io.stderr.write(text);
      },
      // `run` says it, as all other errors.
      outputError: () => undefined,
    })
    .addHelpText('after', exitCodes);
  addValidate(program, io, start);
  addPlan(program, io, start);
  addApply(program, io, start);
  addRevert(program, io, start);
  addShow(program, io, start);
  addExport(program, io, start);
  addImport(program, io, start);
  addAdopt(program, io, start);
  addStatus(program, io, start);
  addExplain(program, io, start);
  addResend(program, io, start);
  addDoctor(program, io, start);
  addSandbox(program, io, start);
  addDemo(program, io, start);
  addSchema(program, io, start);
  addCompletion(program, io, start);
  return program;
}

const exitCodes = `
Exit codes:
  0  done, or nothing to do
  1  error in the input, the credentials or the program
  2  the plan has changes (plan --detailed-exitcode)
  3  apply or resend ended with failed, skipped or unknown outcomes
  4  stale changes were left out
  5  refused by a budget or a protection; nothing was written
  6  the tenant could not be reached or read; trying again helps
  7  a condition of --fail-on holds
  130, 143  interrupted`;
