import type { Command } from 'commander';
import type { Io } from '../commands/process/io.ts';
import type { DoctorOptions, ResendOptions } from '../commands/process/options.ts';
import { duration, positive, RepeatableOption, textOrJson, wholeNumber, withTenant } from './flags.ts';
import type { Start } from './start.ts';

export function addResend(program: Command, io: Io, start: Start): void {
  withTenant(program.command('resend [paths...]'))
    .description('re-send activation e-mails to users who have not activated')
    .addOption(new RepeatableOption('--user <user>', 'to this user: login, uuid:… or externalId:…'))
    .option('--older-than <duration>', 'to users in the files who have waited this long, such as 72h or 7d', duration)
    .addOption(textOrJson())
    .option('--auto-approve', 'do not ask')
    .option('--allow-emails <count>', 'acknowledge exactly this many activation e-mails over budget', wholeNumber)
    .option('--allow-incomplete', 'leave out users that could not be read')
    .option('--skip-missing-users', 'with --older-than: go on while the tenant lacks users (missingUsers: wait)')
    .option('--max-failures <count>', 'stop after this many identical failures in a row', positive, 10)
    .option('--journal <file>', 'append each call and outcome as a JSON line')
    .action((paths: string[], options: ResendOptions) => {
      start(import('../commands/resend.ts').then(({ runResend }) => runResend(paths, options, io)));
    });
}

export function addDoctor(program: Command, io: Io, start: Start): void {
  withTenant(program.command('doctor [paths...]'))
    .description('check that configuration, tenant and permissions are ready (read-only)')
    .addOption(textOrJson())
    .action((paths: string[], options: DoctorOptions) => {
      start(import('../commands/doctor.ts').then(({ runDoctor }) => runDoctor(paths, options, io)));
    });
}
