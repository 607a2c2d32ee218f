import { type Command, Option } from 'commander';
import type { Io } from '../commands/process/io.ts';
import type { ImportOptions } from '../commands/process/options.ts';
import { RepeatableOption, withTenant } from './flags.ts';
import type { Start } from './start.ts';

export function addImport(program: Command, io: Io, start: Start): void {
  withTenant(program.command('import <file>'))
    .description('turn a CSV list of users (- for stdin) into entries of a file')
    .addOption(
      new RepeatableOption('--map <pairs>', 'PROPERTY=COLUMN pairs, such as user=email,annotations.ticket=Case'),
    )
    .addOption(new RepeatableOption('--set <pair>', 'one value for all rows, such as flow=mobile'))
    .option('--into <file>', 'create or update this file instead of printing the entries')
    .option('--split-by <column>', 'one file for each value of the column, in the directory --into')
    .addOption(new Option('--delimiter <character>', 'detected by default').choices([',', ';', 'tab']))
    .addOption(
      new Option('--encoding <name>', 'without a byte order mark (utf-8)').choices(['utf-8', 'utf-16', 'windows-1252']),
    )
    .addOption(
      new Option('--duplicates <choice>', 'of rows that make the same entry')
        .choices(['error', 'skip'])
        .default('error'),
    )
    .option('--check-tenant', 'write nothing if the tenant lacks a user of the list')
    .action((file: string, options: ImportOptions) => {
      start(import('../commands/import.ts').then(({ runImport }) => runImport(file, options, io)));
    });
}
