import fc from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { lawRuns } from '../../property-runs.ts';
import { compareReaders } from '../../support/desired/two-readers.ts';
import { fragments, oddDocuments, seeds } from '../../support/desired/yaml-texts.ts';

/** Changes a text somewhere: cuts, puts in, moves lines about. */
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, noDefaultInfinity: true }),
  cut: fc.nat({ max: 12 }),
  fragment: fc.constantFrom(...fragments),
  kind: fc.constantFrom('cut', 'insert', 'replace', 'double line', 'indent', 'outdent'),
});

function edited(
  text: string,
  { at, cut, fragment, kind }: typeof edit extends fc.Arbitrary<infer E> ? E : never,
): string {
  const offset = Math.floor(at * text.length);
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = `${text}\n`.indexOf('\n', offset);
  const change: Readonly<Record<typeof kind, () => string>> = {
    cut: () => text.slice(0, offset) + text.slice(offset + cut),
    insert: () => text.slice(0, offset) + fragment + text.slice(offset),
    replace: () => text.slice(0, offset) + fragment + text.slice(offset + cut),
    'double line': () => `${text.slice(0, lineEnd)}\n${text.slice(lineStart)}`,
    indent: () => `${text.slice(0, lineStart)} ${text.slice(lineStart)}`,
    outdent: () => text.slice(0, lineStart) + text.slice(lineStart).replace(/^ /, ''),
  };
  return change[kind]();
}

const wrong = (texts: readonly string[]): readonly unknown[] =>
  texts.flatMap((text) => {
    const found = compareReaders(text);
    return typeof found === 'string' ? [] : [{ text, ...found }];
  });

describe('the plain reader and the yaml package', () => {
  it('read what most files look like alike, and nothing of it is handed over', () => {
    expect(seeds.map(compareReaders)).toEqual(seeds.map(() => 'same'));
  });

  it('agree on every example', () => {
    const directory = new URL('../../../examples/', import.meta.url);
    const names = readdirSync(directory).filter((name) => /\.(ya?ml|json)$/.test(name));
    expect(wrong(names.map((name) => readFileSync(new URL(name, directory), 'utf8')))).toEqual([]);
  });

  it.each(oddDocuments)('agree on %j, or the first hands it over', (text) => {
    expect(
      wrong([text, `enrollments:\n  - user: a\n    annotations:\n      x: ${text.replaceAll('\n', '\n        ')}\n`]),
    ).toEqual([]);
  });

  it('agree on what came of a file that was changed at random', { timeout: 3_600_000 }, () => {
    fc.assert(
      fc.property(fc.constantFrom(...seeds), fc.array(edit, { minLength: 1, maxLength: 3 }), (seed, edits) => {
        expect(wrong([edits.reduce(edited, seed)])).toEqual([]);
      }),
      { numRuns: lawRuns },
    );
  });

  it('agree on values of all kinds, in all styles of writing', { timeout: 3_600_000 }, () => {
    const scalar = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.integer(),
      fc.boolean(),
      fc.double(),
      fc.constantFrom(...fragments),
    );
    const members = fc.dictionary(
      fc.oneof(fc.constantFrom('user', 'flow', 'label', 'yes', '1', 'null'), fc.string()),
      scalar,
    );
    const entries = fc.array(members, { maxLength: 4 });
    const styles = [
      {},
      { indent: 4 },
      { indentSeq: false },
      { defaultStringType: 'QUOTE_DOUBLE' },
      { defaultStringType: 'QUOTE_SINGLE' },
      { collectionStyle: 'flow' },
      { defaultStringType: 'BLOCK_LITERAL' },
      { lineWidth: 20 },
    ] as const;
    const text = fc
      .tuple(entries, members, fc.constantFrom(...styles))
      .map(([enrollments, head, style]) => stringify({ version: 1, defaults: head, enrollments }, style));
    fc.assert(
      fc.property(text, (written) => {
        expect(wrong([written])).toEqual([]);
      }),
      { numRuns: lawRuns / 2 },
    );
  });
});
