import { CommandError } from '../process/command-error.ts';
import { readVariable } from '../tenant/credentials.ts';
import type { Io } from '../process/io.ts';

/**
 * Variables that may hold tokens besides `FACE_TOKEN_…`, from FACEFORM_TOKEN_VARIABLES. They never come from a file or a
 * plan, whose author would allow anything.
 *
 * @returns names, in which `*` stands for any characters.
 * @throws CommandError where the variable is set but blank, or holds something else than names.
 */
export function tokenVariables(io: Io): readonly string[] {
  const names = readVariable('FACEFORM_TOKEN_VARIABLES', io)?.split(',') ?? [];
  return names.map((name) => {
    const trimmed = name.trim();
    if (/^[A-Za-z_*][A-Za-z0-9_*]*$/.test(trimmed)) return trimmed;
    throw new CommandError(
      `FACEFORM_TOKEN_VARIABLES contains an invalid name '${trimmed}'`,
      "Separate the names of variables by commas; '*' stands for any characters, such as 'ONFIDO_*'.",
    );
  });
}
