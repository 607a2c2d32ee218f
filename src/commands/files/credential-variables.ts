import { isEnvironmentName, type AllowedVariable } from '../../model/values/environment.ts';
import { CommandError } from '../process/command-error.ts';
import { readVariable } from '../process/read-variable.ts';
import type { Surroundings } from '../process/io.ts';

/**
 * Variables that environments of the files may name as credentials, from FACEFORM_CREDENTIAL_VARIABLES. Each is allowed to
 * one environment: the files say which host gets the credentials of each.
 *
 * @throws CommandError where the variable is set but blank, or has anything but pairs. Empty parts are ignored.
 */
export function credentialVariables(io: Surroundings): readonly AllowedVariable[] {
  const parts = readVariable('FACEFORM_CREDENTIAL_VARIABLES', io)?.split(',') ?? [];
  const texts = parts.map((part) => part.trim()).filter((part) => part !== '');
  return texts.map((text) => {
    const [, environment = '', pattern = ''] = /^([^:]*):([A-Za-z_*][A-Za-z0-9_*]*)$/.exec(text) ?? [];
    if (isEnvironmentName(environment)) return { environment, pattern };
    throw new CommandError(
      `FACEFORM_CREDENTIAL_VARIABLES contains an invalid pair '${text}'`,
      "Separate pairs of environment and variable with commas; '*' matches any characters, such as 'prod:IDAAS_PROD_*'.",
    );
  });
}
