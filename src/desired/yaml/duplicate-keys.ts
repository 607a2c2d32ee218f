import { visit, type Document } from 'yaml';
import type { Span } from '../source/source-file.ts';
import { spanOfNode } from './span-of-node.ts';

/**
 * Places of names that stand twice in one mapping, each but the first, in the order of the file. The `yaml` package
 * compares each name with all before it, which takes hours for a million of them; so its own check is off.
 *
 * @param document without errors: each of its names is a text.
 */
export function duplicateKeys(document: Document.Parsed): readonly Span[] {
  const spans: Span[] = [];
  visit(document, {
    Map: (_, { items }) => {
      const names = new Set<string>();
      for (const { key } of items) {
        const name = String(key);
        const { start } = spanOfNode(key, { start: 0, end: 0 });
        if (names.has(name)) spans.push({ start, end: start + 1 });
        names.add(name);
      }
    },
  });
  return spans.toSorted((left, right) => left.start - right.start);
}
