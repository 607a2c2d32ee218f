import { CommandError } from '../process/command-error.ts';
import { readVariable } from '../process/read-variable.ts';
import type { Surroundings } from '../process/io.ts';

/**
 * Variables that may hold tokens besides `FACE_TOKEN_…`, from FACEFORM_TOKEN_VARIABLES. They never come from a file or a
 * plan, whose author would allow anything.
 *
 * @returns names, in which `*` stands for any characters.
 * @throws CommandError where the variable is set but blank, or has anything but names. Empty parts, such as after a last
 *   comma, are ignored.
 */
export function tokenVariables(io: Surroundings): readonly string[] {
  const parts = readVariable('FACEFORM_TOKEN_VARIABLES', io)?.split(',') ?? [];
  const names = parts.map((part) => part.trim()).filter((name) => name !== '');
  for (const name of names) {
    if (/^[A-Za-z_*][A-Za-z0-9_*]*$/.test(name)) continue;
    throw new CommandError(
      `FACEFORM_TOKEN_VARIABLES contains an invalid name '${name}'`,
      "Separate variable names with commas; '*' matches any characters, such as 'ONFIDO_*'.",
    );
  }
  return names;
}
