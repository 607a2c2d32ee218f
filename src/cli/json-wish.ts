import type { Io } from '../commands/process/io.ts';

/** What a command line asks for that promises JSON on stdout. */
export interface JsonWish {
  /** Its word, such as `plan`. */
  readonly command: string | undefined;
}

/** Read from the words alone: the rest of the command line may be wrong. */
export function jsonWish(args: readonly string[]): JsonWish | undefined {
  const options = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  const formats = options.flatMap((arg, at) => {
    const [, joined] = /^--format=(.*)$/.exec(arg) ?? [];
    return joined ?? (arg === '--format' ? (options[at + 1] ?? '') : []);
  });
  if (formats.at(-1) !== 'json') return undefined;
  return { command: options.find((arg) => !arg.startsWith('-')) };
}

/** The same outputs, and whether anything went to stdout yet: then a document is there, or begun. */
export function listening(io: Io): { readonly io: Io; readonly hasPrinted: () => boolean } {
  let printed = false;
  const write = (text: string): void => {
    printed = true;
    io.stdout.write(text);
  };
  return { io: { ...io, stdout: { ...io.stdout, write } }, hasPrinted: () => printed };
}
