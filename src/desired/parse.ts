import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  parseAllDocuments,
  visit,
  type Document,
  type Node,
  type YAMLError,
} from 'yaml';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { SourceFile, Span, Words } from './source-file.ts';

const mostAliases = 100;

/** The way to a value from the top of the file: member names and indices. */
export type Path = readonly (string | number)[];

/** A file that is YAML: its value, and where each part of the value stands. */
export interface ParsedFile {
  readonly source: SourceFile;
  readonly value: unknown;
  /** Of the value at a path, or of the nearest enclosing one; `key` asks for the member's name. */
  readonly spanOf: (path: Path, part: 'key' | 'value') => Span;
  readonly diagnose: (words: Words, path: Path, part?: 'key' | 'value') => Diagnostic;
}

/** Parses one document of YAML 1.2, core schema. */
export function parse(source: SourceFile): ParsedFile | readonly Diagnostic[] {
  const say = (words: Words, span: Span): readonly Diagnostic[] => [source.diagnose(words, span, null, [])];
  const top = { start: 0, end: 0 };
  let documents: readonly Document.Parsed[];
  try {
    const parsed = parseAllDocuments(source.text, {
      version: '1.2',
      schema: 'core',
      stringKeys: true,
      prettyErrors: false,
    });
    documents = Array.isArray(parsed) ? parsed : [];
  } catch (error) {
    if (error instanceof RangeError) return say(tooDeep, top);
    throw error;
  }
  const [document, second] = documents;
  const problems = documents.flatMap(({ errors, warnings }) => [...errors, ...warnings]);
  if (problems.length > 0) return problems.map((problem) => syntaxError(problem, source));
  if (document?.contents == null || isScalarNull(document.contents)) return say(empty, top);
  if (second !== undefined) return say(severalDocuments, { start: second.range[0], end: second.range[0] });
  return toValue(document, source, say);
}

function toValue(
  document: Document.Parsed,
  source: SourceFile,
  say: (words: Words, span: Span) => readonly Diagnostic[],
): ParsedFile | readonly Diagnostic[] {
  let aliases = 0;
  visit(document, { Alias: () => void (aliases += 1) });
  const top = { start: 0, end: 0 };
  if (aliases > mostAliases) return say(tooManyAliases, top);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: mostAliases });
  } catch (error) {
    if (error instanceof ReferenceError) return say(tooManyAliases, top);
    throw error;
  }
  const hidden = writtenTokens(document);
  const spanOf: ParsedFile['spanOf'] = (path, part) => findSpan(document, path, part);
  const diagnose: ParsedFile['diagnose'] = (words, path, part = 'value') =>
    source.diagnose(words, spanOf(path, part), contextOf(path), hidden);
  return { source, value, spanOf, diagnose };
}

function contextOf([member, index]: Path): string | null {
  return typeof index === 'number' ? `${member ?? ''}[${index}]` : null;
}

/** Follows the path as far as there are nodes; an alias stands for what it names. */
function findSpan(document: Document.Parsed, path: Path, part: 'key' | 'value'): Span {
  let node: unknown = document.contents;
  let found = spanOfNode(node);
  for (const [depth, step] of path.entries()) {
    const collection = isAlias(node) ? node.resolve(document) : node;
    if (!isCollection(collection)) break;
    const wantsKey = part === 'key' && depth === path.length - 1;
    const pair = isMap(collection)
      ? collection.items.find(({ key }) => isScalar(key) && key.value === step)
      : undefined;
    node = pair === undefined ? collection.get(step, true) : wantsKey ? pair.key : (pair.value ?? pair.key);
    const next = spanOfNode(node);
    if (next === undefined) break;
    found = next;
  }
  return found ?? { start: 0, end: 0 };
}

function spanOfNode(node: unknown): Span | undefined {
  const range = isNode(node) ? node.range : undefined;
  return range ? { start: range[0], end: range[1] } : undefined;
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isCollection(value) || isAlias(value);
}

function isScalarNull(node: unknown): boolean {
  return isScalar(node) && node.value === null;
}

/** Whatever stands where a token is named: somebody may have written the token itself there. */
function writtenTokens(document: Document.Parsed): readonly Span[] {
  const spans: Span[] = [];
  visit(document, {
    Pair: (_, { key, value }) => {
      if (!isScalar(key) || key.value !== 'token' || isMap(value)) return;
      const span = spanOfNode(value);
      if (span !== undefined) spans.push(span);
    },
  });
  return spans;
}

/** The line is not shown where it may hold a token. */
function syntaxError(problem: YAMLError, source: SourceFile): Diagnostic {
  const [start, end] = problem.pos;
  const line = /[^\n]*$/.exec(source.text.slice(0, start))?.[0] ?? '';
  const hidden = /token/i.test(line) ? [{ start: 0, end: source.text.length }] : [];
  const words =
    problem.code === 'DUPLICATE_KEY'
      ? { code: 'DUPLICATE_KEY', summary: 'the same member twice', detail: 'Remove one of the two.' }
      : {
          code: 'YAML_SYNTAX',
          summary: yamlSays[problem.code] ?? 'this is not YAML',
          detail: 'Correct the YAML here.',
        };
  return source.diagnose(words, { start, end: Math.max(start, end) }, null, hidden);
}

/** The library's own messages may quote the file, and with it a token. */
const yamlSays: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'this alias names no anchor',
  BAD_INDENT: 'the indentation is wrong',
  BLOCK_AS_IMPLICIT_KEY: 'a value stands where a member name is expected',
  MISSING_CHAR: 'a character is missing, such as a quote, a comma or a bracket',
  MULTILINE_IMPLICIT_KEY: 'a member name runs over several lines; a colon may be missing',
  NON_STRING_KEY: 'a member name must be a string',
  TAB_AS_INDENT: 'a tab indents this line; YAML wants spaces',
  TAG_RESOLVE_FAILED: 'a tag that means nothing here',
  UNEXPECTED_TOKEN: 'this does not belong here',
};

const empty: Words = {
  code: 'EMPTY_FILE',
  summary: 'the file is empty',
  detail: "Write at least 'version: 1'. An empty file is never read as an empty list of enrollments.",
};
const severalDocuments: Words = {
  code: 'SEVERAL_DOCUMENTS',
  summary: 'a second document begins here',
  detail: "Remove the '---', or make it a file of its own.",
};
const tooManyAliases: Words = {
  code: 'TOO_MANY_ALIASES',
  summary: `more than ${mostAliases} aliases`,
  detail: "Use 'defaults' for what entries have in common.",
};
const tooDeep: Words = {
  code: 'TOO_DEEP',
  summary: 'the file is nested too deeply',
  detail: 'Entries need no such depth.',
};
