import { CommandError } from './command-error.ts';
import type { Surroundings } from './io.ts';

/**
 * Reads a variable that is meant for the program.
 *
 * @returns undefined where it is not set.
 * @throws CommandError where it is set but blank: a pipeline does that to a secret that it does not have, and whatever
 *   stood in for the value, such as the tenant of a file, would be a guess.
 */
export function readVariable(name: string, { environment }: Surroundings): string | undefined {
  const value = environment[name];
  if (value?.trim() !== '') return value === undefined ? undefined : printable(value, name);
  throw new CommandError(
    `${name} is set but empty`,
    'Set it to a value, or unset it. CI systems set a missing secret or variable to an empty string.',
  );
}

/** A line break that was copied along would make the tenant refuse the credentials, or the call fail half-way. */
export function printable(value: string, name: string): string {
  if (!/\p{Cc}/u.test(value)) return value;
  throw new CommandError(
    `${name} contains a control character`,
    'Set it again without line breaks or tabs; one was probably copied along.',
  );
}
