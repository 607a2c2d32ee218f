import { isEnrollments } from '../source/is-enrollments.ts';
import { hiddenSpans, hide, type Tree } from '../source/hidden-spans.ts';
import { maskTokens } from '../source/mask-tokens.ts';
import { contextOf, type Parsed, type ParsedFile } from '../source/parsed-file.ts';
import type { PlainEntries } from './plain-entries.ts';
import { findPlain, mapValue, type PlainMap, type PlainNode } from './plain-node.ts';
import { spansWithin } from './spans-within.ts';
import { PlainReader } from './plain-reader.ts';
import type { Show, SourceFile, Span } from '../source/source-file.ts';
import { withWholeWords } from '../source/whole-words.ts';

/** Tabs, carriage returns and other characters that are not printed, or that some programs take for a line break. */
const unusual = /[^\n\u0020-\u007e\u00a0-\u2027\u202a-\ufefe\uff00-\ufffd]/;

/** Reads a file that is plain; undefined where it is not, or where anything is wrong with it as YAML. */
export function parsePlain(source: SourceFile): Parsed | undefined {
  const { text } = source;
  const read = unusual.test(text) ? undefined : new PlainReader(text).readFile();
  const value = read && mapValue(read.root);
  if (read === undefined || value === undefined) return undefined;
  const { root, entries } = read;
  if (Array.isArray(value['enrollments'])) value['enrollments'] = entries.values;
  const nodeOf = entryReader(text, entries);
  const spanOf: ParsedFile['spanOf'] = (path, part) => {
    const [member, index] = path;
    if (member !== 'enrollments' || typeof index !== 'number') return findPlain(root, path, part);
    return path.length === 2 ? entries.spanOf(index) : findPlain(nodeOf(index), path.slice(2), part);
  };
  const show = isEnrollments(value) ? showing(text, root, (span) => entries.within(span).map(nodeOf)) : undefined;
  const diagnose: ParsedFile['diagnose'] = (words, path, part = 'value') =>
    source.diagnose(words, spanOf(path, part), contextOf(path), show);
  return { file: { source, spanOf, diagnose }, value };
}

/** Reads an entry again; the last one is at hand, as what is wrong with an entry comes together. */
function entryReader(text: string, entries: PlainEntries): (index: number) => PlainNode {
  let last: { readonly index: number; readonly node: PlainNode } | undefined;
  return (index) => {
    if (last?.index !== index) {
      last = { index, node: entries.nodeOf(index) ?? new PlainReader(text).readEntry(entries.spanOf(index)) };
    }
    return last.node;
  };
}

/** Shows a stretch of the file without what is hidden, and reads for that no more than the entries in it. */
function showing(text: string, root: PlainMap, entriesIn: (span: Span) => readonly PlainNode[]): Show {
  const hiddenInHead = hiddenSpans(root, 'file', tree);
  const found = new WeakMap<PlainNode, readonly Span[]>();
  const hiddenIn = (entry: PlainNode): readonly Span[] => {
    const spans = found.get(entry) ?? hiddenSpans(entry, 'entry', tree);
    found.set(entry, spans);
    return spans;
  };
  return (wanted) => {
    const span = withWholeWords(text, wanted);
    const hiddenInEntries = entriesIn(span).flatMap((entry) => spansWithin(hiddenIn(entry), span));
    const hidden = [...spansWithin(hiddenInHead, span), ...hiddenInEntries].toSorted((a, b) => a.start - b.start);
    return maskTokens(hide(text, span, hidden)).slice(wanted.start - span.start, wanted.end - span.start);
  };
}

const tree: Tree<PlainNode> = { partsOf: (node) => node, spanOf: (node) => node };
