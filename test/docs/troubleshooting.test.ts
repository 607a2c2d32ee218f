import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { conditions } from '../../src/model/shown/conditions.ts';
import { diagnosticCodes } from '../../src/model/diagnostic-codes.ts';

const read = (name: string): Promise<string> => readFile(new URL(`../../${name}`, import.meta.url), 'utf8');

/** What stands in the first column of the table below a heading. */
function firstColumn(page: string, heading: string): readonly string[] {
  const [, after = ''] = page.split(`## ${heading}\n`);
  const [section = ''] = after.split('\n## ');
  return [...section.matchAll(/^\| `([\w-]+)`/gm)].map(([, name = '']) => name);
}

it('each code, reason and outcome that the program knows is explained, and no other', async () => {
  const page = await read('docs/troubleshooting.md');
  expect(firstColumn(page, 'Codes of messages')).toEqual(Object.keys(diagnosticCodes));
  const schema: unknown = JSON.parse(await read('schemas/plan.schema.json'));
  const reasons = /"enum": (\[\s*"unauthorized"[^\]]*\])/.exec(JSON.stringify(schema, undefined, 1))?.[1] ?? '[]';
  expect(firstColumn(page, 'Why a user is unknown')).toEqual(JSON.parse(reasons));
  expect(firstColumn(page, 'Conditions of `--fail-on`')).toEqual(conditions);
  expect(firstColumn(page, 'Outcomes of an apply').toSorted()).toEqual([
    'already',
    'applied',
    'failed',
    'failed',
    'skipped',
    'stale',
    'unknown',
  ]);
});
