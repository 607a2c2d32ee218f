import type { Command } from 'commander';
import type { Io } from '../commands/process/io.ts';
import type { AdoptOptions } from '../commands/process/options.ts';
import { RepeatableOption, textOrJson, withTenant } from './flags.ts';
import type { Start } from './start.ts';

export function addAdopt(program: Command, io: Io, start: Start): void {
  withTenant(program.command('adopt [paths...]'))
    .description('write the live state of users into their entries (reads the tenant only)')
    .addOption(new RepeatableOption('--user <user>', 'this user'))
    .option('--all-drift', 'all users whose faces differ from their entries')
    .option('--into <file>', "file for new entries (that of the user's other entries)")
    .addOption(textOrJson())
    .action((paths: string[], options: AdoptOptions) => {
      start(import('../commands/adopt.ts').then(({ runAdopt }) => runAdopt(paths, options, io)));
    });
}
