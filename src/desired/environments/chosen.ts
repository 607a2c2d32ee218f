import type { Findings } from '../entries/findings.ts';
import type { Words } from '../source/source-file.ts';
import { hint } from './check-names.ts';
import type { Declared } from './declared.ts';

export interface EnvironmentChoice {
  readonly name: string;
  /** Who chooses, such as `--env`. */
  readonly source: string;
}

/** The environment that the files are read for; undefined where there is none. */
export function chosenIn(
  { heads, by, names }: Declared,
  choice: EnvironmentChoice | undefined,
  findings: Findings,
): string | undefined {
  const declared = [...heads.keys()];
  if (names === 'unknown' || (choice === undefined && by === undefined)) return undefined;
  if (choice !== undefined && heads.has(choice.name)) return choice.name;
  const words = choice === undefined ? notChosen(declared) : unknown(choice, declared);
  if (by !== undefined) findings.tell(by, words, ['environments'], 'key');
  else findings.addAll([{ ...words, severity: 'error' }]);
  return undefined;
}

function notChosen(declared: readonly string[]): Words {
  return {
    code: 'ENVIRONMENT_NOT_CHOSEN',
    summary: 'no environment is chosen',
    detail: `Pass --env, or set FACEFORM_ENV, to one of: ${declared.join(', ')}.`,
  };
}

function unknown({ name, source }: EnvironmentChoice, declared: readonly string[]): Words {
  const none = 'No file declares environments. Remove the choice, or name the file that declares them.';
  return {
    code: 'UNKNOWN_ENVIRONMENT',
    summary: `unknown environment '${name}', chosen by ${source}`,
    detail: declared.length === 0 ? none : hint(name, declared),
  };
}
