import type { Command } from 'commander';
import { exitCode, type ExitCode } from '../commands/process/exit-code.ts';
import type { Io } from '../commands/process/io.ts';
import { wordsOf, type ProgramWords } from './command-words.ts';
import { bashCompletion } from './completion-bash.ts';
import { fishCompletion } from './completion-fish.ts';
import { zshCompletion } from './completion-zsh.ts';

const writers: Readonly<Record<'bash' | 'zsh' | 'fish', (words: ProgramWords) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** Prints a script that knows every command, flag and choice by itself: the shell calls nothing when it completes. */
export function printCompletion(program: Command, shell: 'bash' | 'zsh' | 'fish', io: Io): ExitCode {
  io.stdout.write(writers[shell](wordsOf(program)));
  return exitCode.done;
}
