import { missingMember } from './missing-member.ts';
import type { Path } from '../source/parsed-file.ts';
import type { Words } from '../source/source-file.ts';

/** The part of ajv's error objects that is read. */
export interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** What to say of a value that the schema does not allow. The value itself is never quoted. */
export function wordsFor({ keyword, params }: SchemaError, path: Path): Words {
  const last = String(path.at(-1) ?? '');
  const name = nameOf(path);
  const wrong = (detail: string): Words => ({
    code: 'WRONG_VALUE',
    summary: `${name} has a value that is not allowed`,
    detail,
  });
  const limit = String(params['limit']);
  const say: Readonly<Record<string, () => Words>> = {
    required: () => missingMember(String(params['missingProperty'])),
    // Of two types, the second is a value for each environment.
    type: () => wrongType(name, last, String([params['type']].flat()[0])),
    enum: () => wrong(`Allowed are: ${String(params['allowedValues']).replaceAll(',', ', ')}.`),
    const: () => wrong(`It must be ${String(params['allowedValue'])}.`),
    anyOf: () => wrong("It must be a count, such as 5, or a share, such as '10%'."),
    uniqueItems: () => wrong('Name each item once.'),
    minProperties: () => wrong(last === 'token' ? tokenHint : "Write at least one, as 'name: value'."),
    maxProperties: () => wrong(last === 'token' ? tokenHint : `It must have no more than ${limit} members.`),
    minLength: () => wrong('It must not be empty.'),
    maxLength: () => wrong(`It must be no longer than ${limit} characters.`),
    maxItems: () => wrong(`It must have no more than ${limit} items.`),
    pattern: () => wrong(formHint(path) ?? `It must match ${String(params['pattern'])}.`),
  };
  return (say[keyword] ?? (() => wrong(`It must be ${String(params['comparison'])} ${limit}.`)))();
}

function nameOf(path: Path): string {
  const last = String(path.at(-1) ?? '');
  if (/^\d+$/.test(last)) return `item ${Number(last) + 1} of '${String(path.at(-2))}'`;
  return last === '' ? 'this' : `'${last}'`;
}

const tokenHint =
  "Name one source, as '{ env: FACE_TOKEN_NAME }' or '{ file: tokens/name.b64 }'; the token itself never stands here.";

const variableHint = 'Write the name of an environment variable, such as IDAAS_PROD_ID.';

const formHints: Readonly<Record<string, string>> = {
  lifetime: "Write hours or days, such as '72h' or '365d'.",
  shortenHorizon: "Write hours or days, such as '72h' or '30d'.",
  owner: "Use letters, digits, '.', '_' and '-', beginning with a letter or a digit.",
  url: "Write 'https://' and the host name.",
  env: 'Write the name of an environment variable, such as FACE_TOKEN_CAROL.',
  applicationId: variableHint,
  sharedSecret: variableHint,
  file: variableHint,
  label: "It must have no '/', which keys are divided by.",
};

/** A value for one environment stands below the property's name. */
function formHint(path: Path): string | undefined {
  return formHints[String(path.at(-1))] ?? formHints[String(path.at(-2))];
}

const typeHints: Readonly<Record<string, string>> = {
  string: 'Write text; put quotes around it if it looks like a number, a boolean or null.',
  boolean: 'Write true or false; yes, no, on and off are text in YAML 1.2.',
  array: "Write a list, each item with '- ' before it.",
  object: "Write members, each as 'name: value'.",
};

function wrongType(name: string, last: string, type: string): Words {
  const hint = typeHints[type] ?? 'Write a number, without quotes or underscores.';
  return {
    code: 'WRONG_TYPE',
    summary: `${name} must be of type ${type}`,
    detail: last === 'token' ? tokenHint : hint,
  };
}
