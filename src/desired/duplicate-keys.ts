import { isScalar, visit, type Document } from 'yaml';
import type { Span } from './source-file.ts';

/**
 * Places of names that stand twice in one mapping, each but the first, in the order of the file. The `yaml` package
 * compares each name with all before it, which takes hours for a million of them; so its own check is off.
 */
export function duplicateKeys(document: Document.Parsed): readonly Span[] {
  const spans: Span[] = [];
  visit(document, {
    Map: (_, { items }) => {
      const names = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const start = key.range?.[0] ?? 0;
        if (names.has(key.value)) spans.push({ start, end: start + 1 });
        names.add(key.value);
      }
    },
  });
  return spans.toSorted((left, right) => left.start - right.start);
}
