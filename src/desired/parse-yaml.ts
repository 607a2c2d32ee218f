import { Composer, isAlias, isMap, isScalar, isSeq, Parser, visit, type Alias, type Document } from 'yaml';
import { deeperThan } from './depth.ts';
import { isEnrollments, looksLikeEnrollments } from './is-enrollments.ts';
import { maskTokens } from './mask-tokens.ts';
import { contextOf, type Parsed, type ParsedFile, type Path } from './parsed-file.ts';
import { shownText } from './shown-text.ts';
import type { Show, SourceFile, Span, Words } from './source-file.ts';
import { spanOfNode } from './span-of-node.ts';
import { unknownAlias, yamlProblem } from './yaml-problem.ts';

const mostAliases = 100;
const deepest = 64;
const top: Span = { start: 0, end: 0 };

/** Parses one document of YAML 1.2, core schema, whatever it holds: what this reader says of a file is what counts. */
export function parseYaml(source: SourceFile): Parsed {
  const say = (words: Words, span: Span): Parsed => ({ diagnostics: [source.diagnose(words, span, null)] });
  const tokens = [...new Parser().parse(source.text)];
  const deep = deeperThan(deepest, tokens);
  if (deep !== undefined) return say(tooDeep, deep);
  const options = { version: '1.2', schema: 'core', stringKeys: true, resolveKnownTags: false } as const;
  const [document, second] = new Composer(options).compose(tokens);
  if (document === undefined) return say(empty, top);
  const documents = second === undefined ? [document] : [document, second];
  const problems = documents.flatMap(({ errors, warnings }) => [...errors, ...warnings]);
  if (problems.some(({ code }) => code !== 'DUPLICATE_KEY')) {
    const show = looksLikeEnrollments(source.text) ? showMasked(source) : undefined;
    return { diagnostics: problems.map((problem) => yamlProblem(problem, source, show)) };
  }
  if (second !== undefined) return say(severalDocuments, { start: second.range[0], end: second.range[0] });
  if (isScalar(document.contents) && document.contents.value === null) return say(empty, top);
  return toValue(document, source, say);
}

function toValue(document: Document.Parsed, source: SourceFile, say: (words: Words, span: Span) => Parsed): Parsed {
  const aliases: Alias[] = [];
  visit(document, { Alias: (_, alias) => void aliases.push(alias) });
  const excess = aliases[mostAliases];
  if (excess !== undefined) return say(tooManyAliases, spanOfNode(excess, top));
  const unknown = aliases.filter((alias) => alias.resolve(document) === undefined);
  if (unknown.length > 0) {
    const show = looksLikeEnrollments(source.text) ? showKnown(document, source) : undefined;
    return { diagnostics: unknown.map((alias) => source.diagnose(unknownAlias, spanOfNode(alias, top), null, show)) };
  }
  // Aliases of aliases do no harm: what they stand for is shared, not copied, and the checks go no deeper than the schema.
  const value: unknown = document.toJS({ maxAliasCount: -1 });
  const show = isEnrollments(value) ? showKnown(document, source) : undefined;
  const spanOf: ParsedFile['spanOf'] = (path, part) => findSpan(document, path, part);
  const diagnose: ParsedFile['diagnose'] = (words, path, part = 'value') =>
    source.diagnose(words, spanOf(path, part), contextOf(path), show);
  const twice = document.errors.map((problem) => yamlProblem(problem, source, show));
  return { parsed: { file: { source, spanOf, diagnose }, value }, diagnostics: twice };
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

/** Follows the path as far as there are nodes; an alias stands for what it names. */
function findSpan(document: Document.Parsed, path: Path, part: 'key' | 'value'): Span {
  let node: unknown = document.contents;
  let found = spanOfNode(node, top);
  for (const [depth, step] of path.entries()) {
    const holder = isAlias(node) ? node.resolve(document) : node;
    const pair = isMap(holder) ? holder.items.findLast(({ key }) => isScalar(key) && key.value === step) : undefined;
    const wanted = part === 'key' && depth === path.length - 1 ? pair?.key : pair?.value;
    node = isSeq(holder) ? holder.get(step, true) : wanted;
    found = spanOfNode(node, found);
  }
  return found;
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
