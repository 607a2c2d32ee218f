import { type Command, InvalidArgumentError, Option } from 'commander';
import { longestWait, mostAtOnce } from '../commands/process/options.ts';
import { conditions, meaningOf, type Condition } from '../model/shown/conditions.ts';
import { suggest } from '../model/values/suggest.ts';
import { parseDuration, parseWait } from '../model/instant.ts';

export function withTenant(command: Command): Command {
  return withOutput(command)
    .option('--tenant <url>', 'the tenant, https://NAME.REGION.trustedauth.com')
    .option('--env <name>', "one of the files' environments, such as prod (default FACEFORM_ENV)")
    .option('--credentials <file>', 'credentials JSON downloaded from the IDaaS portal')
    .option('--sandbox [file]', 'use the embedded tenant, its state kept in a file (.faceform/sandbox.json)')
    .option('--concurrency <count>', 'requests in flight, such as 16 (default 8)', concurrency)
    .option('--requests-per-second <count>', 'requests started per second, such as 10 (default 20)', rate)
    .option('--max-wait <duration>', 'longest wait for a busy tenant, such as 90s (default 10m)', wait)
    .option('--insecure-skip-tls-verify', 'skip TLS checks (tenant on localhost only)');
}

export function withPlanning(command: Command): Command {
  return withAllowances(withParts(command))
    .option('--include-noop', 'also list what needs no change')
    .option('--skip-missing-users', 'plan everybody else while the tenant lacks users (missingUsers: wait)');
}

/** What the plan is about, and how it is carried out. */
function withParts(command: Command): Command {
  return withTenant(command)
    .option('--shard <i/n>', 'only the i-th of n parts of the users, at the n-th part of the rate')
    .addOption(
      new Option(
        '--settings <choice>',
        "show the tenant's expiry of new faces: all, some (the first 50), none",
      ).choices(['all', 'some', 'none']),
    )
    .addOption(
      new Option('--create-api <version>', 'the create that the tenant has (v2); v1 is for tenants without v2').choices(
        ['v1', 'v2'],
      ),
    )
    .option('--owner <name>', 'only the files of this owner, such as emea')
    .addOption(new RepeatableOption('--target <user>', 'only this user, or those of a pattern such as "*@example.com"'))
    .addOption(new RepeatableOption('--exclude <user>', 'all but this user, or those of a pattern'))
    .option('--changed-since <ref>', 'only users whose entries differ from the merge base of this Git ref and HEAD')
    .addOption(new RepeatableOption('--replace <key>', 'renew this face on purpose, such as alice@example.com/mobile'));
}

/** Acknowledgements of budgets. */
export function withAllowances(command: Command): Command {
  return command
    .option('--allow-deletes <count>', 'acknowledge exactly this many deletes and replaces over budget', wholeNumber)
    .option('--allow-disables <count>', 'acknowledge exactly this many disables over budget', wholeNumber)
    .option(
      '--allow-shortens <count>',
      'acknowledge exactly this many shortens within the horizon over budget',
      wholeNumber,
    )
    .option('--allow-updates <count>', 'acknowledge exactly this many updates over budget', wholeNumber)
    .option('--allow-emails <count>', 'acknowledge exactly this many activation e-mails over budget', wholeNumber);
}

/** How much a plan says of each change, as text or Markdown. */
export function withDetail(command: Command): Command {
  return command
    .addOption(
      new Option('--compact', 'one line for changes that are alike (default beyond 50 changes)').conflicts('full'),
    )
    .option('--full', 'a block for each change, however many');
}

export function withOutput(command: Command): Command {
  return command
    .option('--no-color', 'no colours')
    .option('--quiet', 'no progress')
    .option('--debug', 'log skipped files and HTTP calls to stderr');
}

export function textOrJson(): Option {
  return new Option('--format <format>', 'output format').choices(['text', 'json']).default('text');
}

/** Counts of a plan for a dashboard. */
export function withReport(command: Command): Command {
  return command.addOption(
    new RepeatableOption('--report <kind=file>', "gitlab=FILE: the counts for GitLab's merge request", reportFile),
  );
}

/** Conditions that end the command with exit code 7. */
export function withFailOn(command: Command): Command {
  const option = new RepeatableOption(
    '--fail-on <conditions>',
    'exit 7 if any of these holds, such as attention,drift',
  );
  const read = (text: string, others: readonly Condition[] | undefined): readonly Condition[] => [
    ...(others ?? []),
    ...text.split(',').map(condition),
  ];
  return command.addOption(option.choices(conditions).argParser(read)).addHelpText('after', conditionsHelp);
}

const conditionsHelp = [
  '\nConditions of --fail-on:',
  ...conditions.map((name) => `  ${name.padEnd(9)}  ${meaningOf(name)}`),
].join('\n');

function condition(word: string): Condition {
  const found = conditions.find((known) => known === word.trim());
  if (found !== undefined) return found;
  const near = suggest(word.trim(), conditions);
  const guess = near === undefined ? '' : `Did you mean '${near}'? `;
  throw new InvalidArgumentError(`${guess}Use one or more of ${conditions.join(', ')}, separated by commas.`);
}

function reportFile(text: string): string {
  const [, file] = /^gitlab=(.+)$/s.exec(text) ?? [];
  if (file === undefined) throw new InvalidArgumentError('It must be gitlab=FILE.');
  return file;
}

/** May be given more than once: its value is a list, and help and completion say so. */
export class RepeatableOption extends Option {
  constructor(flags: string, description: string, read = (text: string): string => text) {
    super(flags, `${description} (repeatable)`);
    this.argParser((text, others: readonly string[] | undefined) => [...(others ?? []), read(text)]);
  }
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

export function concurrency(text: string): number {
  const number = positive(text);
  if (number > mostAtOnce) throw new InvalidArgumentError(`It may be ${mostAtOnce} at most.`);
  return number;
}

/** As in the file, it may be less than one. */
export function rate(text: string): number {
  if (!/^\d{1,9}(\.\d{1,3})?$/.test(text) || Number(text) === 0) {
    throw new InvalidArgumentError('It must be a number above 0.');
  }
  return Number(text);
}

/** Seconds. */
export function duration(text: string): number {
  const seconds = parseDuration(text);
  if (seconds === undefined) throw new InvalidArgumentError('It must be hours or days, such as 24h or 7d.');
  return seconds;
}

/** Seconds. */
export function wait(text: string): number {
  const seconds = parseWait(text);
  if (seconds === undefined) throw new InvalidArgumentError('Use seconds, minutes, hours or days, such as 90s or 10m.');
  if (seconds > longestWait) throw new InvalidArgumentError('Use 7d at most.');
  return seconds;
}

export function positive(text: string): number {
  const number = wholeNumber(text);
  if (number === 0) throw new InvalidArgumentError('It must be at least 1.');
  return number;
}
