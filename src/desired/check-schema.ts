import type { Diagnostic } from '../model/diagnostic.ts';
import { checkEntry, checkFile, members } from './generated/check-enrollments.generated.ts';
import type { Defaults, EnrollmentsFile, Entry } from './generated/enrollments-file.generated.ts';
import { isEnrollments } from './is-enrollments.ts';
import type { ParsedFile, Path } from './parsed-file.ts';
import { wordsFor, type SchemaError } from './schema-words.ts';
import type { Words } from './source-file.ts';
import { suggest } from './suggest.ts';

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
  /** In the file's list. */
  readonly index: number;
}

/** What of a file is as the schema wants it; one bad entry hides neither the others nor the head. */
export interface CheckedFile {
  /** Without the members that have errors. */
  readonly head: FileHead;
  /** Missing where they have errors. */
  readonly defaults: Defaults | undefined;
  readonly entries: readonly CheckedEntry[];
  readonly diagnostics: readonly Diagnostic[];
}

export function checkSchema(parsed: ParsedFile, value: unknown): CheckedFile {
  const list = isRecord(value) ? value['enrollments'] : undefined;
  const written: readonly unknown[] = Array.isArray(list) ? list : [];
  const withoutEntries = isRecord(value) && Array.isArray(list) ? { ...value, enrollments: [] } : value;
  const errors = errorsOf(fileCheck, withoutEntries);
  const names = isEnrollments(value) ? 'all' : 'near misses';
  const diagnostics = [...explain(parsed, { base: [], names }, errors)];
  const entries: CheckedEntry[] = [];
  for (const [index, entry] of written.entries()) {
    if (isEntry(entry)) entries.push({ entry, index });
    else diagnostics.push(...explain(parsed, { base: ['enrollments', index], names }, errorsOf(entryCheck, entry)));
  }
  const head = soundPart(withoutEntries);
  const defaults = brokenMembers(errors).has('defaults') ? undefined : (head.defaults ?? {});
  return { head, defaults, entries, diagnostics };
}

function errorsOf(check: Check, value: unknown): readonly SchemaError[] {
  check(value);
  return check.errors ?? [];
}

function brokenMembers(errors: readonly SchemaError[]): ReadonlySet<unknown> {
  return new Set(
    errors.map(({ instancePath, params }) => instancePath.split('/')[1] ?? params['additionalProperty'] ?? 'version'),
  );
}

/** Leaves out members until the rest is as it should be. */
function soundPart(value: unknown): FileHead {
  if (isHead(value)) return value;
  const broken = brokenMembers(errorsOf(fileCheck, value));
  const members = isRecord(value) ? Object.entries(value) : [];
  return soundPart({ ...Object.fromEntries(members.filter(([name]) => !broken.has(name))), version: 1 });
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

/** The part of a file that has errors, and which of its names may be quoted. */
interface Explained {
  readonly base: Path;
  /** Of a file that is not one of enrollments, only those that are almost names of the format. */
  readonly names: 'all' | 'near misses';
}

/** One diagnostic for each place: of several complaints about one value, the first is the telling one. */
function explain(
  parsed: ParsedFile,
  { base, names }: Explained,
  errors: readonly SchemaError[],
): readonly Diagnostic[] {
  const seen = new Set<string>();
  return tellingErrors(errors).flatMap((error) => {
    const path = pathOf(error.instancePath);
    const unknown = error.params['additionalProperty'];
    const place = JSON.stringify([path, unknown ?? error.params['missingProperty']]);
    if (seen.has(place)) return [];
    seen.add(place);
    if (typeof unknown !== 'string') return parsed.diagnose(wordsFor(error, path), [...base, ...path]);
    const holder = String(path.at(-1) ?? (base.length === 0 ? 'file' : 'entry'));
    return parsed.diagnose(unknownMember(unknown, holder, names), [...base, ...path, unknown], 'key');
  });
}

/** Neither the failed choices of an `anyOf`, nor the number of members where one of them is unknown. */
function tellingErrors(errors: readonly SchemaError[]): readonly SchemaError[] {
  const strange = new Set(
    errors.flatMap(({ keyword, instancePath }) => (keyword === 'additionalProperties' ? [instancePath] : [])),
  );
  return errors.filter(
    ({ keyword, schemaPath, instancePath }) =>
      !schemaPath.includes('/anyOf/') && !(/^m..Properties$/.test(keyword) && strange.has(instancePath)),
  );
}

function unknownMember(name: string, holder: string, names: Explained['names']): Words {
  const known = [...new Set(knownMembers[holder])];
  const near = suggest(name, known);
  // A member of a token that has no such name may be the token itself.
  const isQuoted = holder !== 'token' && (names === 'all' || near !== undefined);
  const subject = isQuoted ? `'${name}'` : 'this';
  const hint = near === undefined ? `Known here: ${known.join(', ')}.` : `Did you mean '${near}'?`;
  return { code: 'UNKNOWN_MEMBER', summary: `${subject} is no member here`, detail: hint };
}

/** The steps of a JSON pointer; the index of an item stays text. */
function pathOf(pointer: string): Path {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
