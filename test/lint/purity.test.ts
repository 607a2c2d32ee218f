import { describe, expect, it } from 'vitest';
import { eslint, findings } from '../support/untyped-lint.ts';

const impure = [
  'export const a = Date.now();',
  "export const a = Date['now']();",
  'export const { now } = Date;',
  'export const a = new Date();',
  'export const a = Date();',
  'const D = Date; export const a = D.now();',
  "export const a = Reflect.get(Date, 'now');",
  'export const a = Math.random();',
  'export const { random } = Math;',
  "const key = 'random'; export const a = Math[key]();",
  'export const a = performance.now();',
  'export const a = crypto.randomUUID();',
  'export const a = globalThis.crypto.randomUUID();',
  "import { randomUUID } from 'node:crypto'; export const a = randomUUID();",
  "import * as crypto from 'node:crypto'; export const a = crypto.randomInt(3);",
  "import chance from 'crypto'; export const a = chance.randomInt(3);",
  "export { randomInt } from 'node:crypto';",
  'setTimeout(() => undefined, 1);',
  'setInterval(() => undefined, 1);',
  'setImmediate(() => undefined);',
  'queueMicrotask(() => undefined);',
  "export const a = process.env['HOME'];",
  "export const a = fetch('https://example.com');",
  "console.log('a');",
  "export const a = await import('../provider/index.ts');",
  "export const a = () => import('node:fs');",
  "export const a = () => eval('Date.now()');",
  "export const a = new Function('return Date.now()');",
];

describe.each(['engine', 'model'])('the core in %s', (floor) => {
  it.each(impure)('may not hold %s', async (text) => {
    const found = await findings(`src/${floor}/planted.ts`, text);
    expect(found.filter((rule) => rule.startsWith('no-restricted-') || rule === 'no-console')).not.toEqual([]);
  });

  it.each([
    'export const a = (ms: number): Date => new Date(ms);',
    "export const a = Date.parse('2026-01-01T00:00:00Z');",
    'export const a = Math.max(1, 2);',
    "import { hash } from 'node:crypto'; export const a = hash('sha256', 'a');",
  ])('may hold %s', async (text) => {
    expect(await findings(`src/${floor}/planted.ts`, text)).toEqual([]);
  });

  it('is pure', async () => {
    const results = await eslint.lintFiles([`src/${floor}/**/*.ts`]);
    expect(results.length).toBeGreaterThan(10);
    expect(results.filter(({ messages }) => messages.length > 0).map(({ filePath }) => filePath)).toEqual([]);
  });
});
