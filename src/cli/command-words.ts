import type { Argument, Command, Option } from 'commander';
import { RepeatableOption } from './flags.ts';

/** What may follow: words of a list, a path, or free text, of which a shell knows nothing. */
export type Values =
  { readonly kind: 'words'; readonly words: readonly string[] } | { readonly kind: 'files' | 'directories' | 'text' };

export interface OptionWords {
  /** Such as `-h` and `--help`. */
  readonly names: readonly string[];
  readonly description: string;
  /** Missing for a flag that takes none. */
  readonly value?: Values;
  readonly valueIs: 'required' | 'optional' | 'none';
  readonly repeats: 'once' | 'often';
}

export interface CommandWords {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionWords[];
  /** What follows the options, the last of it where there are several; missing where there is nothing. */
  readonly argument?: Values & { readonly repeats: 'once' | 'often' };
  /** Commands of this command, such as `reset` of `sandbox`. */
  readonly commands: readonly CommandWords[];
}

/** The whole command line as data: the program's own options, and its commands. */
export interface ProgramWords {
  readonly name: string;
  readonly options: readonly OptionWords[];
  readonly commands: readonly CommandWords[];
}

/** Read from what the command line is made of, so that a completion cannot say anything else. */
export function wordsOf(program: Command): ProgramWords {
  const help = program.createHelp();
  const commands = help.visibleCommands(program);
  const names = commands.map((command) => command.name());
  return {
    name: program.name(),
    options: help.visibleOptions(program).map(optionWords),
    commands: commands.map((command) => commandWords(command, names)),
  };
}

/** @param names of all commands, for the argument of `help`. */
function commandWords(command: Command, names: readonly string[]): CommandWords {
  const help = command.createHelp();
  const argument = command.registeredArguments.at(-1);
  const commands = help.visibleCommands(command).map((inner) => commandWords(inner, names));
  const words = commands.map(({ name }) => name);
  const first = words.length > 0 ? ({ kind: 'words', words, repeats: 'once' } as const) : undefined;
  const follows = argument === undefined ? first : argumentWords(argument, names);
  return {
    name: command.name(),
    description: command.description(),
    options: help.visibleOptions(command).map(optionWords),
    ...(follows === undefined ? {} : { argument: follows }),
    commands,
  };
}

/** All commands in a row, those of a command after it with both words for their name. */
export function withInner(commands: readonly CommandWords[]): readonly CommandWords[] {
  return commands.flatMap((command) => [
    command,
    ...command.commands.map((inner) => ({ ...inner, name: `${command.name} ${inner.name}` })),
  ]);
}

/** Of a command in a `case` of the shell: two words are one pattern. */
export function casePattern({ name }: Pick<CommandWords, 'name'>): string {
  return name.includes(' ') ? `'${name}'` : name;
}

/** The pattern of every command of a command. */
export function innerPattern(commands: readonly CommandWords[]): string {
  return withInner(commands)
    .filter(({ name }) => name.includes(' '))
    .map(casePattern)
    .join(' | ');
}

function optionWords(option: Option): OptionWords {
  const { short, long, flags, description, argChoices } = option;
  const common: Omit<OptionWords, 'valueIs'> = {
    names: [short, long].filter((name) => name !== undefined),
    description,
    repeats: option instanceof RepeatableOption ? 'often' : 'once',
  };
  if (!option.required && !option.optional) return { ...common, valueIs: 'none' };
  const placeholder = /[<[]([\w-]+)/.exec(flags)?.[1] ?? '';
  return { ...common, value: valuesOf(placeholder, argChoices), valueIs: option.required ? 'required' : 'optional' };
}

function argumentWords(argument: Argument, commands: readonly string[]): NonNullable<CommandWords['argument']> {
  // The one of `help`, which commander adds.
  const choices = argument.name() === 'command' ? commands : argument.argChoices;
  return { ...valuesOf(argument.name(), choices), repeats: argument.variadic ? 'often' : 'once' };
}

const pathKinds: ReadonlyMap<string, 'files' | 'directories'> = new Map([
  ['file', 'files'],
  ['files', 'files'],
  ['paths', 'files'],
  ['directory', 'directories'],
]);

/** By the choices, else by the name of the placeholder. */
function valuesOf(placeholder: string, choices: readonly string[] | undefined): Values {
  if (choices !== undefined) return { kind: 'words', words: choices };
  return { kind: pathKinds.get(placeholder) ?? 'text' };
}
