import { isAlias, isMap, isSeq, type Document, type YAMLMap } from 'yaml';
import { hiddenSpans, hide, type Parts, type Tree } from '../source/hidden-spans.ts';
import { maskTokens } from '../source/mask-tokens.ts';
import { spanOfNode } from './span-of-node.ts';
import type { SourceFile, Span } from '../source/source-file.ts';

const nowhere: Span = { start: 0, end: 0 };

/** The text of a file as messages may show it, of the same length. */
export function shownText(document: Document.Parsed, { text }: SourceFile): string {
  return maskTokens(hide(text, { start: 0, end: text.length }, hiddenSpans<unknown>(document.contents, 'file', tree)));
}

const tree: Tree<unknown> = { partsOf, spanOf: (node) => spanOfNode(node, nowhere) };

function partsOf(node: unknown): Parts<unknown> {
  if (isAlias(node)) return { kind: 'alias' };
  if (isMap(node)) return { kind: 'map', members: membersOf(node) };
  return isSeq(node) ? { kind: 'list', items: node.items } : { kind: 'scalar' };
}

function membersOf({ items }: YAMLMap) {
  return items.map(({ key, value }) => ({ name: String(key), ...spanOfNode(key, nowhere), value }));
}
