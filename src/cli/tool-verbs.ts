import { Argument, type Command } from 'commander';
import type { Io } from '../commands/process/io.ts';
import type { SandboxCommandOptions } from '../commands/process/options.ts';
import { textOrJson, wholeNumber } from './flags.ts';
import type { Start } from './start.ts';

export function addSandbox(program: Command, io: Io, start: Start): void {
  program
    .command('sandbox')
    .description('serves the embedded tenant on loopback until stopped')
    .addOption(textOrJson())
    .option('--port <port>', '0 picks a free one', wholeNumber, 0)
    .option('--state <file>', 'keep the state there')
    .option('--users <count>', 'seed user0, user1, …', wholeNumber, 0)
    .action((options: SandboxCommandOptions) => {
      start(import('../commands/sandbox.ts').then(({ runSandbox }) => runSandbox(options, io)));
    });
}

export function addDemo(program: Command, io: Io, start: Start): void {
  program
    .command('demo')
    .description('runs the whole round on the embedded tenant: plan, apply, plan again')
    .option('--no-color', 'no colours')
    .action((options: { color: boolean }) => {
      start(import('../commands/demo.ts').then(({ runDemo }) => runDemo(options, io)));
    });
}

export function addSchema(program: Command, io: Io, start: Start): void {
  program
    .command('schema')
    .description('prints the JSON Schema of the file')
    .action(() => {
      start(import('../commands/schema.ts').then(({ runSchema }) => runSchema(io)));
    });
}

export function addCompletion(program: Command, io: Io, start: Start): void {
  program
    .command('completion')
    .description('prints a completion script for the shell')
    .addArgument(new Argument('<shell>', 'bash, zsh or fish').choices(['bash', 'zsh', 'fish']))
    .action((shell: 'bash' | 'zsh' | 'fish') => {
      start(import('./completion.ts').then(({ printCompletion }) => printCompletion(program, shell, io)));
    });
}
