import { type Command, Option } from 'commander';
import type { Io } from '../commands/process/io.ts';
import type { ExplainOptions, ExportOptions, StatusOptions } from '../commands/process/options.ts';
import { duration, textOrJson, withFailOn, withTenant } from './flags.ts';
import type { Start } from './start.ts';

export function addExport(program: Command, io: Io, start: Start): void {
  withTenant(program.command('export'))
    .description('write the live state to a file of enrollments (reads the tenant only)')
    .option('--group <name>', 'only the users of this group: name, external id or UUID')
    .option('--every-user', everyUser)
    .option('--out <file>', 'write to this file instead of stdout; an earlier export is replaced')
    .option('--force', 'overwrite a file that is not an export, or was changed since')
    .action((options: ExportOptions) => {
      start(import('../commands/export.ts').then(({ runExport }) => runExport(options, io)));
    });
}

export function addStatus(program: Command, io: Io, start: Start): void {
  withFailOn(withTenant(program.command('status [paths...]')))
    .description('show who is enrolled, waiting, failing or expiring (read-only)')
    .addOption(
      new Option('--format <format>', 'output format').choices(['text', 'json', 'csv', 'prometheus']).default('text'),
    )
    .addOption(
      new Option('--within <duration>', 'count faces that expire within this time as expiring, such as 30d')
        .default(2_592_000, '30d')
        .argParser(duration),
    )
    .addOption(
      new Option(
        '--settings <choice>',
        "all: mark each expiry that is not the tenant's policy, one call a user (none)",
      ).choices(['all', 'none']),
    )
    .option('--all', 'all users of the tenant who have a face, instead of files')
    .option('--every-user', `with --all: ${everyUser}`)
    .action((paths: string[], options: StatusOptions) => {
      start(import('../commands/status.ts').then(({ runStatus }) => runStatus(paths, options, io)));
    });
}

export function addExplain(program: Command, io: Io, start: Start): void {
  withTenant(program.command('explain <user> [paths...]'))
    .description("explain one user's faces and what a plan would do (read-only)")
    .addOption(textOrJson())
    .action((user: string, paths: string[], options: ExplainOptions) => {
      start(import('../commands/explain.ts').then(({ runExplain }) => runExplain({ user, paths }, options, io)));
    });
}

const everyUser = "read every user's faces, not only those that the tenant's filter finds";
