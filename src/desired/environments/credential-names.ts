import { mayRead, variablesOf, type AllowedVariable, type CredentialNames } from '../../model/values/environment.ts';
import type { Words } from '../source/source-file.ts';

interface Refused {
  readonly words: Words;
  /** The way from the credentials to what is refused. */
  readonly member: readonly string[];
}

/** Says what is wrong with the variables that an environment names; their values are not looked at. */
export function refuseCredentials(
  environment: string,
  names: CredentialNames = {},
  allowed: readonly AllowedVariable[],
): readonly Refused[] {
  const given = Object.keys(names).toSorted().join();
  const shape = ['', 'file', 'applicationId,sharedSecret'].includes(given) ? [] : [{ words: halfNamed, member: [] }];
  const written: Readonly<Record<string, string | undefined>> = { ...names };
  const strange = Object.entries(written).flatMap(([member, variable]) =>
    variable === undefined || mayRead(variable, environment, allowed) ? [] : [{ member, variable }],
  );
  return [
    ...shape,
    ...strange.map(({ member, variable }) => ({ words: notAllowed(variable, environment), member: [member] })),
  ];
}

const halfNamed: Words = {
  code: 'WRONG_VALUE',
  summary: "'credentials' must name an id and its secret, or a file",
  detail: "Give both 'applicationId' and 'sharedSecret', or 'file' alone.",
};

function notAllowed(name: string, environment: string): Words {
  const { applicationId, sharedSecret } = variablesOf(environment);
  return {
    code: 'CREDENTIAL_VARIABLE_NOT_ALLOWED',
    summary: `the variable ${name} is not allowed for '${environment}'`,
    detail:
      `If it holds credentials of this tenant, set FACEFORM_CREDENTIAL_VARIABLES=${environment}:${name} where faceform ` +
      `runs, or use ${applicationId} and ${sharedSecret}.`,
  };
}
