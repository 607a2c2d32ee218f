import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const read = (name: string): Promise<string> =>
  readFile(fileURLToPath(new URL(`../../${name}`, import.meta.url)), 'utf8');
const [, model = ''] = /^## Threat model\n(.*?)^## /ms.exec(await read('docs/security.md')) ?? [];

/** Rows of the tables, without their heads. */
const rows = [...model.matchAll(/^\| (?!-)(.*?) +\| (?!the test that would fail)(.*?) +\|$/gm)].map(
  ([, claim = '', tests = '']) => ({
    claim,
    tests: tests.split('<br>').map((each) => /^`(test\/[\w/-]+\.test\.ts)`: (.+)$/.exec(each.trim())),
  }),
);

describe('the threat model', () => {
  it('has a table for each who may be hostile', () => {
    expect(model.match(/^### .+$/gm)).toHaveLength(5);
    expect(rows.length).toBeGreaterThan(30);
  });

  it.each(rows)('names tests that there are: $claim', async ({ tests }) => {
    for (const test of tests) {
      const [, file = '', title = ''] = test ?? [];
      const titles = [...(await read(file)).matchAll(/(['"`])((?:(?!\1).)+)\1,/g)].map(([, , text]) => text);
      expect(titles, file).toContain(title);
    }
  });
});
