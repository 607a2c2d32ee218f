import type { Diagnostic } from '../model/diagnostic.ts';
import { checkEntry, checkFile, members } from './generated/check-enrollments.generated.ts';
import type { EnrollmentsFile, Entry } from './generated/enrollments-file.generated.ts';
import type { ParsedFile, Path } from './parse.ts';
import { missingMember } from './missing-member.ts';
import type { Words } from './source-file.ts';
import { suggest } from './suggest.ts';

/** The part of ajv's error objects that is read. */
interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}
interface Check {
  (value: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

const knownMembers: Readonly<Record<string, readonly string[]>> = members;
const fileCheck: Check = checkFile;
const entryCheck: Check = checkEntry;

/** All of a file but its entries, which are checked one by one. */
export type FileHead = Omit<EnrollmentsFile, 'enrollments'>;

export interface CheckedEntry {
  readonly entry: Entry;
  readonly path: Path;
}

/** What of a file is as the schema wants it; one bad entry hides neither the others nor the head. */
export interface CheckedFile {
  readonly head: FileHead | undefined;
  readonly entries: readonly CheckedEntry[];
  readonly diagnostics: readonly Diagnostic[];
}

export function checkSchema(parsed: ParsedFile): CheckedFile {
  const { value } = parsed;
  const list = isRecord(value) ? value['enrollments'] : undefined;
  const withoutEntries = isRecord(value) && Array.isArray(list) ? { ...value, enrollments: [] } : value;
  const diagnostics: Diagnostic[] = [];
  const head = isHead(withoutEntries) ? withoutEntries : undefined;
  if (head === undefined) diagnostics.push(...explain(parsed, [], withoutEntries, fileCheck.errors ?? []));
  const entries: CheckedEntry[] = [];
  const written: readonly unknown[] = Array.isArray(list) ? list : [];
  for (const [index, entry] of written.entries()) {
    const path = ['enrollments', index];
    if (isEntry(entry)) entries.push({ entry, path });
    else diagnostics.push(...explain(parsed, path, entry, entryCheck.errors ?? []));
  }
  return { head, entries, diagnostics };
}

function isHead(value: unknown): value is FileHead {
  return fileCheck(value);
}
function isEntry(value: unknown): value is Entry {
  return entryCheck(value);
}
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One diagnostic for each place: of several complaints about one value, the first is the telling one. */
function explain(
  parsed: ParsedFile,
  base: Path,
  value: unknown,
  errors: readonly SchemaError[],
): readonly Diagnostic[] {
  const seen = new Set<string>();
  return errors.flatMap((error) => {
    const path = pathOf(error.instancePath, value);
    const place = JSON.stringify([path, error.params['additionalProperty'] ?? error.params['missingProperty']]);
    if (seen.has(place)) return [];
    seen.add(place);
    const name = error.params['additionalProperty'];
    if (typeof name === 'string') {
      return parsed.diagnose(
        unknownMember(name, knownMembers[String(path.at(-1) ?? (base.length === 0 ? 'file' : 'entry'))] ?? []),
        [...base, ...path, name],
        'key',
      );
    }
    return parsed.diagnose(wordsFor(error, path), [...base, ...path]);
  });
}

function wordsFor({ keyword, params }: SchemaError, path: Path): Words {
  const name = path.length === 0 ? 'this' : `'${String(path.at(-1))}'`;
  const wrong = (detail: string): Words => ({
    code: 'WRONG_VALUE',
    summary: `${name} has a value that is not allowed`,
    detail,
  });
  const say: Readonly<Record<string, () => Words>> = {
    required: () => missingMember(String(params['missingProperty'])),
    type: () => wrongType(name, String(params['type'])),
    enum: () => wrong(`Allowed are: ${String(params['allowedValues']).replaceAll(',', ', ')}.`),
    const: () => wrong(`It must be ${String(params['allowedValue'])}.`),
    anyOf: () => wrong("It must be a count, such as 5, or a share, such as '10%'."),
    uniqueItems: () => wrong('Name each item once.'),
    minProperties: () => wrong('Name exactly one member.'),
    maxProperties: () => wrong('It has too many members.'),
    minLength: () => wrong('It must not be empty.'),
    maxLength: () => wrong(`It must be no longer than ${String(params['limit'])} characters.`),
    maxItems: () => wrong(`It must have no more than ${String(params['limit'])} items.`),
    pattern: () => wrong(formHints[String(path.at(-1))] ?? 'It is not of the right form.'),
  };
  return (say[keyword] ?? (() => wrong(`It must be ${String(params['comparison'])} ${String(params['limit'])}.`)))();
}

const formHints: Readonly<Record<string, string>> = {
  lifetime: "Write hours or days, such as '72h' or '365d'.",
  url: "Write 'https://' and the host name.",
  env: 'Write the name of an environment variable.',
  label: "A label has no '/'.",
  delete: "Write a count, such as 5, or a share, such as '10%'.",
};

const typeHints: Readonly<Record<string, string>> = {
  string: 'Write text; put quotes around it if it looks like a number, a boolean or null.',
  boolean: 'Write true or false; yes, no, on and off are text in YAML 1.2.',
  integer: 'Write a whole number, without quotes or underscores.',
  number: 'Write a number, without quotes or underscores.',
  array: "Write a list, each item with '- ' before it.",
  object: "Write members, each as 'name: value'.",
};

function wrongType(name: string, type: string): Words {
  return { code: 'WRONG_TYPE', summary: `${name} must be of type ${type}`, detail: typeHints[type] ?? '' };
}

/** A JSON pointer names array items by digits; the value tells which steps are indices. */
function pathOf(pointer: string, value: unknown): Path {
  const path: (string | number)[] = [];
  let at = value;
  for (const raw of pointer.split('/').slice(1)) {
    const name = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    const step = Array.isArray(at) ? Number(name) : name;
    at = Array.isArray(at) ? at[Number(name)] : isRecord(at) ? at[name] : undefined;
    path.push(step);
  }
  return path;
}

function unknownMember(name: string, known: readonly string[]): Words {
  const near = suggest(name, known);
  const hint = near === undefined ? `Known here: ${known.join(', ')}.` : `Did you mean '${near}'?`;
  return { code: 'UNKNOWN_MEMBER', summary: `'${name}' is no member here`, detail: hint };
}
