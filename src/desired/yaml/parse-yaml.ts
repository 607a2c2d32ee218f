import {
  Composer,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Parser,
  visit,
  type Alias,
  type Document,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { deeperThan } from './depth.ts';
import { duplicateKeys } from './duplicate-keys.ts';
import type { Findings } from '../entries/findings.ts';
import { isEnrollments, looksLikeEnrollments } from '../source/is-enrollments.ts';
import { maskTokens } from '../source/mask-tokens.ts';
import { contextOf, type Parsed, type ParsedFile } from '../source/parsed-file.ts';
import { shownText } from './shown-text.ts';
import type { Show, SourceFile, Span, Words } from '../source/source-file.ts';
import { spanOfNode } from './span-of-node.ts';
import { duplicateKey, unknownAlias, yamlProblem } from './yaml-problem.ts';

const mostAliases = 100;
const deepest = 64;
const top: Span = { start: 0, end: 0 };

/**
 * Parses one document of YAML 1.2, core schema, whatever it holds: what this reader says of a file is what counts.
 *
 * @returns undefined where the file has no value to speak of; one where names stand in it twice.
 */
export function parseYaml(source: SourceFile, findings: Findings): Parsed | undefined {
  const refuse = (words: Words, span: Span): Parsed | undefined => {
    findings.add('error', () => source.diagnose(words, span, null));
    return undefined;
  };
  const tokens = [...new Parser().parse(source.text)];
  const deep = deeperThan(deepest, tokens);
  if (deep !== undefined) return refuse(tooDeep, deep);
  const [document, second] = new Composer(options).compose(tokens);
  if (document === undefined) return refuse(empty, top);
  const documents = second === undefined ? [document] : [document, second];
  const problems = documents.flatMap(({ errors, warnings }) => [...errors, ...warnings]);
  if (problems.length > 0) {
    const show = looksLikeEnrollments(source.text) ? showMasked(source) : undefined;
    for (const problem of problems) findings.add('error', () => yamlProblem(problem, source, show));
    return undefined;
  }
  if (second !== undefined) return refuse(severalDocuments, { start: second.range[0], end: second.range[0] });
  if (isScalar(document.contents) && document.contents.value === null) return refuse(empty, top);
  const excess = aliasesIn(document)[mostAliases];
  return excess === undefined ? toValue(document, source, findings) : refuse(tooManyAliases, spanOfNode(excess, top));
}

const options = {
  version: '1.2',
  schema: 'core',
  stringKeys: true,
  resolveKnownTags: false,
  uniqueKeys: false,
} as const;

function aliasesIn(document: Document.Parsed): readonly Alias[] {
  const aliases: Alias[] = [];
  visit(document, { Alias: (_, alias) => void aliases.push(alias) });
  return aliases;
}

function toValue(document: Document.Parsed, source: SourceFile, findings: Findings): Parsed | undefined {
  const unknown = aliasesIn(document).filter((alias) => alias.resolve(document) === undefined);
  if (unknown.length > 0) {
    const show = looksLikeEnrollments(source.text) ? showKnown(document, source) : undefined;
    for (const alias of unknown) {
      findings.add('error', () => source.diagnose(unknownAlias, spanOfNode(alias, top), null, show));
    }
    return undefined;
  }
  // Aliases of aliases do no harm: what they stand for is shared, not copied, and the checks go no deeper than the schema.
  const value: unknown = document.toJS({ maxAliasCount: -1 });
  const show = isEnrollments(value) ? showKnown(document, source) : undefined;
  for (const span of duplicateKeys(document)) findings.add('error', () => duplicateKey(span, source, show));
  const spanOf = spanFinder(document);
  const diagnose: ParsedFile['diagnose'] = (words, path, part = 'value') =>
    source.diagnose(words, spanOf(path, part), contextOf(path), show);
  return { file: { source, spanOf, diagnose }, value };
}

/** Shows a file that is not YAML, but for what looks like a token. */
function showMasked({ text }: SourceFile): Show {
  const masked = maskTokens(text);
  return ({ start, end }) => masked.slice(start, end);
}

/** Shows what is known to be no token; the text is made when the first place is shown. */
function showKnown(document: Document.Parsed, source: SourceFile): Show {
  let shown: string | undefined;
  return ({ start, end }) => (shown ??= shownText(document, source)).slice(start, end);
}

/** Follows a path as far as there are nodes; an alias stands for what it names. */
function spanFinder(document: Document.Parsed): ParsedFile['spanOf'] {
  const pairOf = pairFinder();
  return (path, part) => {
    let node: unknown = document.contents;
    let found = spanOfNode(node, top);
    for (const [depth, step] of path.entries()) {
      const holder = isAlias(node) ? node.resolve(document) : node;
      const pair = isMap(holder) ? pairOf(holder, step) : undefined;
      const wanted = part === 'key' && depth === path.length - 1 ? pair?.key : pair?.value;
      node = isSeq(holder) ? holder.get(step, true) : wanted;
      found = spanOfNode(node, found);
    }
    return found;
  };
}

/** Finds the last pair of a name. Each mapping is gone through once, however many of its names are looked for. */
function pairFinder(): (map: YAMLMap, name: string | number) => Pair | undefined {
  const indices = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();
  return (map, name) => {
    let index = indices.get(map);
    if (index === undefined) {
      index = new Map(map.items.map((pair) => [String(pair.key), pair]));
      indices.set(map, index);
    }
    return index.get(String(name));
  };
}

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
