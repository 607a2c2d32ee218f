import type { CommandWords, OptionWords, ProgramWords, Values } from './command-words.ts';

/** For fish 3.0 and newer. */
export function fishCompletion({ name, options, commands }: ProgramWords): string {
  const program = `complete -c ${name}`;
  const noCommand = `-n '__fish_use_subcommand'`;
  return [
    `# fish completion for ${name}. To use it: ${name} completion fish | source`,
    `${program} -f`,
    ...options.map((option) => `${program} ${noCommand} ${optionWords(option)}`),
    ...commands.map((each) => `${program} ${noCommand} -a ${each.name} -d ${quoted(each.description)}`),
    ...commands.flatMap((command) => commandLines(command, program)),
    '',
  ].join('\n');
}

function commandLines(command: CommandWords, program: string): readonly string[] {
  const { name, commands } = command;
  const seen = `__fish_seen_subcommand_from ${name}`;
  if (commands.length === 0) return givenLines(command, `${program} -n '${seen}'`);
  const inner = commands.map((each) => each.name).join(' ');
  const outside = `${program} -n '${seen}; and not __fish_seen_subcommand_from ${inner}'`;
  return [
    ...givenLines(command, outside),
    ...commands.flatMap((each) =>
      givenLines(each, `${program} -n '${seen}; and __fish_seen_subcommand_from ${each.name}'`),
    ),
  ];
}

function givenLines({ options, argument }: CommandWords, given: string): readonly string[] {
  const rest = argument === undefined ? undefined : argumentWords(argument);
  return [
    ...(rest === undefined ? [] : [`${given} ${rest}`]),
    ...options.map((option) => `${given} ${optionWords(option)}`),
  ];
}

function argumentWords(values: Values): string | undefined {
  if (values.kind === 'words') return `-a ${quoted(values.words.join(' '))}`;
  return values.kind === 'text' ? undefined : '-F';
}

function optionWords({ names, description, value, valueIs }: OptionWords): string {
  const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const taken = value === undefined || valueIs === 'none' ? [] : [valueWords(value, valueIs)];
  return [...flags, ...taken, `-d ${quoted(description)}`].join(' ');
}

/** fish knows no value that may be left out; without \`-r\` it offers files after \`--flag=\` alone. */
function valueWords(values: Values, valueIs: 'required' | 'optional'): string {
  if (values.kind === 'words') return `-x -a ${quoted(values.words.join(' '))}`;
  if (values.kind === 'directories') return `-x -a '(__fish_complete_directories)'`;
  if (values.kind === 'text') return '-x';
  return valueIs === 'required' ? '-r -F' : '-F';
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
