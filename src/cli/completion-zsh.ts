import {
  casePattern,
  innerPattern,
  withInner,
  type CommandWords,
  type OptionWords,
  type ProgramWords,
  type Values,
} from './command-words.ts';

/** For compinit, as a file `_NAME` in `fpath` or sourced after it. */
export function zshCompletion({ name, options, commands }: ProgramWords): string {
  return `#compdef ${name}
# zsh completion for ${name}. To use it: source <(${name} completion zsh)
_${name}() {
  local context state state_descr line
  typeset -A opt_args
  _arguments -C \\
${lines([...options.map(optionSpec), quoted('1:command:->command'), quoted('*::argument:->argument')], '    ')}
  case $state in
    command)
      local -a commands
      commands=(
${commands.map((each) => `        ${quoted(`${each.name}:${escaped(each.description)}`)}\n`).join('')}      )
      _describe -t commands command commands
      ;;
    argument)
      if ((CURRENT > 2)); then
        case "$words[1] $words[2]" in
          ${innerPattern(commands)})
            words[2]="$words[1] $words[2]"
            shift words
            ((CURRENT--))
            ;;
        esac
      fi
      case $words[1] in
${withInner(commands).map(commandCase).join('')}      esac
      ;;
  esac
}

if [[ $funcstack[1] == _${name} ]]; then
  _${name} "$@"
else
  compdef _${name} ${name}
fi
`;
}

function commandCase(command: CommandWords): string {
  const { options, argument } = command;
  const specs = options.map(optionSpec);
  if (argument !== undefined)
    specs.push(quoted(`${argument.repeats === 'often' ? '*' : '1'}${valueSpec(argument, '')}`));
  return `        ${casePattern(command)})
          _arguments \\
${lines(specs, '            ')}
          ;;
`;
}

/** `--flag=` takes its value after the sign or as the next word. */
function optionSpec({ names, description, value, valueIs, repeats }: OptionWords): string {
  const takes = value === undefined ? '' : valueSpec(value, valueIs === 'optional' ? ':' : '');
  const told = `[${escaped(description)}]${takes}`;
  const signed = names.map((name) => (value !== undefined && name.startsWith('--') ? `${name}=` : name));
  const often = repeats === 'often' ? '*' : '';
  if (names.length === 1) return quoted(`${often}${signed.join('')}${told}`);
  return `${quoted(often === '' ? `(${names.join(' ')})` : often)}{${signed.join(',')}}${quoted(told)}`;
}

function valueSpec(values: Values, optional: ':' | ''): string {
  const actions = { files: '_files', directories: '_files -/', text: ' ' } as const;
  if (values.kind === 'words') return `:${optional}value:(${values.words.join(' ')})`;
  return `:${optional}${values.kind}:${actions[values.kind]}`;
}

function lines(specs: readonly string[], indent: string): string {
  return specs.map((spec) => `${indent}${spec}`).join(' \\\n');
}

function escaped(text: string): string {
  return text.replace(/[\\[\]:]/g, '\\$&');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
