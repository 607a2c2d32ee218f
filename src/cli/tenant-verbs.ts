import type { Command } from 'commander';
import type { Io } from '../commands/io.ts';
import type { ExportOptions } from '../commands/options.ts';
import { withTenant } from './flags.ts';
import type { Start } from './start.ts';

export function addExport(program: Command, io: Io, start: Start): void {
  withTenant(program.command('export'))
    .description('writes the live state as a file of enrollments; cannot write to the tenant')
    .option('--group <name>', 'only the users of this group: name, external id or UUID')
    .option('--every-user', everyUser)
    .option('--out <file>', 'write it there instead of stdout, in place of what may be there')
    .action((options: ExportOptions) => {
      start(import('../commands/export.ts').then(({ runExport }) => runExport(options, io)));
    });
}

const everyUser = "ask for the faces of each user, not only of those whom the tenant's own filter finds";
