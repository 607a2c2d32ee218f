import type { Diagnostic } from '../../model/diagnostic.ts';
import { checkEntry, checkFile, members } from '../generated/check-enrollments.generated.ts';
import type { Defaults, EnrollmentsFile, Entry } from '../generated/enrollments-file.generated.ts';
import { isEnrollments } from '../source/is-enrollments.ts';
import type { Parsed, ParsedFile, Path } from '../source/parsed-file.ts';
import type { Findings } from './findings.ts';
import { wordsFor, type SchemaError } from './schema-words.ts';
import type { Words } from '../source/source-file.ts';
import { suggest } from '../../model/values/suggest.ts';

interface Check {
  (value: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

const knownMembers: Readonly<Record<string, readonly string[]>> = members;
/** Whether all of a file but its entries is as the schema wants it. */
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
  /** Known properties of the head that have errors. */
  readonly broken: ReadonlySet<string>;
}

export function checkSchema({ file: parsed, value }: Parsed, findings: Findings): CheckedFile {
  const list = isRecord(value) ? value['enrollments'] : undefined;
  const written: readonly unknown[] = Array.isArray(list) ? list : [];
  const errors = errorsOf(fileCheck, value);
  const names = isEnrollments(value) ? 'all' : 'near misses';
  explain(errors, { parsed, base: [], names }, findings);
  const entries: CheckedEntry[] = [];
  for (const [index, entry] of written.entries()) {
    if (isEntry(entry)) entries.push({ entry, index });
    else explain(errorsOfLast(entryCheck), { parsed, base: ['enrollments', index], names }, findings);
  }
  const head = soundPart(value, errors);
  const broken = brokenMembers(errors);
  const defaults = broken.has('defaults') ? undefined : (head.defaults ?? {});
  return { head, defaults, entries, broken };
}

function errorsOf(check: Check, value: unknown): readonly SchemaError[] {
  check(value);
  return errorsOfLast(check);
}

/** Of the value that was checked last. */
function errorsOfLast({ errors }: Check): readonly SchemaError[] {
  return errors ?? [];
}

/** Known properties at the top that have errors; a file that is no mapping counts as one whose version is wrong. */
function brokenMembers(errors: readonly SchemaError[]): ReadonlySet<string> {
  const broken = new Set<string>();
  for (const { instancePath, params } of errors) {
    const top = instancePath.split('/')[1];
    if (top !== undefined) broken.add(top);
    else if (params['additionalProperty'] === undefined) broken.add('version');
  }
  return broken;
}

/** Leaves out properties until the rest is as it should be; unknown ones at once. */
function soundPart(value: unknown, errors: readonly SchemaError[]): FileHead {
  if (errors.length === 0 && isHead(value)) return value;
  const broken = brokenMembers(errors);
  const part: Record<string, unknown> = { version: 1 };
  if (isRecord(value)) {
    for (const name of members.file) if (name in value && !broken.has(name)) part[name] = value[name];
  }
  return soundPart(part, errorsOf(fileCheck, part));
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
  readonly parsed: ParsedFile;
  readonly base: Path;
  /** Of a file that is not an enrollment file, only those that are almost names of the format. */
  readonly names: 'all' | 'near misses';
}

/** One diagnostic for each place: of several complaints about one value, the first is the telling one. */
function explain(errors: readonly SchemaError[], explained: Explained, findings: Findings): void {
  const { parsed, base } = explained;
  const seen = new Set<string>();
  for (const error of tellingErrors(errors)) {
    const { instancePath, params } = error;
    const unknown = params['additionalProperty'];
    if (typeof unknown === 'string') {
      findings.add('error', () => unknownDiagnostic(unknown, pathOf(instancePath), explained));
      continue;
    }
    const missing = params['missingProperty'];
    // A pointer is empty or begins with a slash, as no name of a missing property does.
    const place = typeof missing === 'string' ? `${missing} ${instancePath}` : instancePath;
    if (seen.has(place)) continue;
    seen.add(place);
    findings.add('error', () => {
      const path = pathOf(instancePath);
      return parsed.diagnose(wordsFor(error, path), [...base, ...path]);
    });
  }
}

function unknownDiagnostic(unknown: string, path: Path, { parsed, base, names }: Explained): Diagnostic {
  const named = String(path.at(-1) ?? (base.length === 0 ? 'file' : 'entry'));
  const holder = path[0] === 'environments' && path.length === 2 ? 'environment' : named;
  return parsed.diagnose(unknownMember(unknown, holder, names), [...base, ...path, unknown], 'key');
}

/** Neither the failed choices of an `anyOf`, nor the number of members where one of them is unknown. */
function tellingErrors(errors: readonly SchemaError[]): readonly SchemaError[] {
  const strange = new Set<string>();
  for (const { keyword, instancePath } of errors) if (keyword === 'additionalProperties') strange.add(instancePath);
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
  const hint = near === undefined ? `Known here: ${known.join(', ')}.` : `Did you mean '${near}'?`;
  return {
    code: 'UNKNOWN_MEMBER',
    summary: isQuoted ? `unknown property '${name}'` : 'unknown property',
    detail: hint,
  };
}

/** The steps of a JSON pointer; the index of an item stays text. */
function pathOf(pointer: string): Path {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
