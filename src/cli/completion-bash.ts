import {
  casePattern,
  innerPattern,
  withInner,
  type CommandWords,
  type OptionWords,
  type ProgramWords,
  type Values,
} from './command-words.ts';

/** For bash 3.2, which macOS has, and newer. */
export function bashCompletion({ name, options, commands }: ProgramWords): string {
  return `# bash completion for ${name}. To use it: source <(${name} completion bash)
_${name}() {
${whereTheCursorIs}${innerCase(commands)}
  # What follows: words, files, directories or text. What may stand anywhere: options, and the rest.
  local kind='' words='' options='' rest=text rest_words=''
  case $command in
    '')
      options='${namesOf(options)}'
      rest=words rest_words='${commands.map((command) => command.name).join(' ')}'
      ;;
${withInner(commands).map(commandCase).join('')}  esac
${answer}}

complete -F _${name} ${name}
`;
}

const whereTheCursorIs = `\
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} command='' at line
  # Bash splits --flag=value at the equals sign.
  if [[ $word == '=' ]]; then
    word=''
  elif [[ $before == '=' ]]; then
    before=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((at = 1; at < COMP_CWORD; at++)); do
    if [[ \${COMP_WORDS[at]} != -* ]]; then
      command=\${COMP_WORDS[at]}
      break
    fi
  done
`;

const answer = `\
  if [[ -z $kind && $word == -* ]]; then
    kind=words words=$options
  elif [[ -z $kind ]]; then
    kind=$rest words=$rest_words
  fi
  local -a generate=()
  case $kind in
    words) generate=(-W "$words") ;;
    files) generate=(-f) ;;
    directories) generate=(-d) ;;
  esac
  COMPREPLY=()
  [[ $kind == text ]] && return
  [[ $kind == words ]] || compopt -o filenames 2>/dev/null
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "\${generate[@]}" -- "$word")
`;

/** A command of a command has both words for its name. */
function innerCase(commands: readonly CommandWords[]): string {
  return `\
  # A command of a command follows it at once.
  if ((at + 1 < COMP_CWORD)); then
    case "$command \${COMP_WORDS[at + 1]}" in
      ${innerPattern(commands)}) command="$command \${COMP_WORDS[at + 1]}" ;;
    esac
  fi
`;
}

function commandCase(command: CommandWords): string {
  const { options, argument } = command;
  const valued = options.flatMap((option) => valueCase(option) ?? []);
  const choose = valued.length === 0 ? '' : `      case $before in\n${valued.join('')}      esac\n`;
  return `    ${casePattern(command)})
      options='${namesOf(options)}'
${argument === undefined ? '' : `      rest=${assigned(argument, 'rest_words')}\n`}${choose}      ;;
`;
}

/** A value that may be left out does not stand where an option does. */
function valueCase({ names, value, valueIs }: OptionWords): string | undefined {
  if (value === undefined) return undefined;
  const unless = valueIs === 'optional' ? '[[ $word == -* ]] || ' : '';
  return `        ${names.join(' | ')}) ${unless}${braced(`kind=${assigned(value, 'words')}`, valueIs)} ;;\n`;
}

function braced(assignments: string, valueIs: OptionWords['valueIs']): string {
  return valueIs === 'optional' ? `{ ${assignments}; }` : assignments;
}

function assigned(values: Values, variable: string): string {
  return values.kind === 'words' ? `words ${variable}='${values.words.join(' ')}'` : values.kind;
}

function namesOf(options: readonly OptionWords[]): string {
  return options.flatMap(({ names }) => names).join(' ');
}
