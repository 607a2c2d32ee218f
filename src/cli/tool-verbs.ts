import { Argument, type Command } from 'commander';
import type { Io } from '../commands/process/io.ts';
import { CommandError } from '../commands/process/command-error.ts';
import { defaultSandboxFile } from '../commands/tenant/sandbox-file.ts';
import type { SandboxCommandOptions } from '../commands/process/options.ts';
import { textOrJson, wholeNumber } from './flags.ts';
import type { Start } from './start.ts';

export function addSandbox(program: Command, io: Io, start: Start): void {
  const sandbox = program
    .command('sandbox')
    .description('serve the embedded tenant on loopback until stopped')
    .addOption(textOrJson())
    .option('--port <port>', 'port to listen on; 0 picks a free one', wholeNumber, 0)
    .option('--state <file>', 'file that keeps the state')
    .option('--users <count>', 'seed user0, user1, …', wholeNumber, 0)
    .action((options: SandboxCommandOptions) => {
      start(import('../commands/sandbox.ts').then(({ runSandbox }) => runSandbox(options, io)));
    });
  sandbox
    .command('reset')
    .description('delete the state of the embedded tenant, so that the next run starts a new one')
    .argument('[file]', 'the state (default .faceform/sandbox.json)')
    .action((file: string | undefined) => {
      refuseServing(sandbox, 'reset');
      const state = stateOf(file, sandbox.opts());
      start(import('../commands/sandbox/reset.ts').then(({ resetSandbox }) => resetSandbox(state, io)));
    });
  sandbox
    .command('activate')
    .description("activate a user's faces, as the user would on the phone")
    .argument('<user>', 'login')
    .argument('[file]', 'the state (default .faceform/sandbox.json)')
    .action((user: string, file: string | undefined) => {
      refuseServing(sandbox, 'activate');
      const state = stateOf(file, sandbox.opts());
      start(import('../commands/sandbox/activate.ts').then((loaded) => loaded.activateInSandbox(user, state, io)));
    });
}

/** Flags of `sandbox` that say how to serve the tenant. @throws CommandError */
function refuseServing(sandbox: Command, verb: 'reset' | 'activate'): void {
  const given = ['port', 'users', 'format'].find((name) => sandbox.getOptionValueSource(name) === 'cli');
  if (given === undefined) return;
  throw new CommandError(`--${given} has no effect on 'sandbox ${verb}'`, 'Remove it: nothing is served.');
}

/** A state that is named once, after the words or with the flag of `sandbox`. */
function stateOf(file: string | undefined, { state }: Pick<SandboxCommandOptions, 'state'>): string {
  if (file !== undefined && state !== undefined) {
    throw new CommandError('the state is named twice', 'Remove --state, or the argument.');
  }
  return file ?? state ?? defaultSandboxFile;
}

export function addDemo(program: Command, io: Io, start: Start): void {
  program
    .command('demo')
    .description('run the whole round on the embedded tenant: plan, apply, plan again')
    .option('--no-color', 'no colours')
    .action((options: { color: boolean }) => {
      start(import('../commands/demo.ts').then(({ runDemo }) => runDemo(options, io)));
    });
}

export function addSchema(program: Command, io: Io, start: Start): void {
  program
    .command('schema')
    .description('print the JSON Schema of the file')
    .action(() => {
      start(import('../commands/schema.ts').then(({ runSchema }) => runSchema(io)));
    });
}

export function addCompletion(program: Command, io: Io, start: Start): void {
  program
    .command('completion')
    .description('print a completion script for the shell')
    .addArgument(new Argument('<shell>', 'bash, zsh or fish').choices(['bash', 'zsh', 'fish']))
    .action((shell: 'bash' | 'zsh' | 'fish') => {
      start(import('./completion.ts').then(({ printCompletion }) => printCompletion(program, shell, io)));
    });
}
