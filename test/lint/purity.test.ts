import { describe, expect, it } from 'vitest';
import { eslint, findings } from '../support/untyped-lint.ts';

const impure = [
  'export const a = Date.now();',
  "export const a = Date['now']();",
  'export const { now } = Date;',
  'export const a = new Date();',
  'export const a = new Date(...[]);',
  'export const a = new Date(2026, 0, 1);',
  'export const a = (D: typeof Object): unknown => new Proxy(Date, {});',
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
  'export const a = (at: Date): number => at.getTimezoneOffset();',
  'export const a = (at: Date): number => at.getHours();',
  'export const a = (at: Date): number => at.getDate();',
  'export const a = (at: Date): number => at.setMonth(1);',
  'export const a = (at: Date): string => at.toLocaleString();',
  'export const a = (at: Date): string => at.toTimeString();',
  "export const a = new Intl.DateTimeFormat('en');",
  "export const a = 'a'.localeCompare('b');",
  "export const a = 'I'.toLocaleLowerCase();",
  'export const a = new WeakRef({});',
  'export const a = import.meta.url;',
  'export const a = AbortSignal.timeout(1);',
  "export const a = new WebSocket('wss://example.com');",
  'export const a = navigator.language;',
  'export const a = typeof window;',
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
  '/* global fetch */ export const a = fetch;',
  'export const a = Date.now(); // eslint-disable-line',
  'let a = 0; export const b = (): number => (a += 1);',
  'export let a = 0; a = 1;',
  'export class A { static count = 0; }',
];

describe.each(['engine', 'model'])('the core in %s', (floor) => {
  it.each(impure)('may not hold %s', async (text) => {
    const found = await findings(`src/${floor}/planted.ts`, text);
    expect(found.filter((rule) => /^no-(restricted-|undef$|console$)/.test(rule))).not.toEqual([]);
  });

  it.each([
    'export const a = (ms: number): Date => new Date(ms);',
    "export const a = Date.parse('2026-01-01T00:00:00Z');",
    'export const a = (at: Date): number => at.getUTCHours();',
    'export const a = Math.max(1, 2);',
    'export class A { static readonly none = new A(); readonly size = 0; }',
    'export const a = (): number => { let sum = 0; for (const each of [1, 2]) sum += each; return sum; };',
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

describe('the rest of the sources', () => {
  it.each([
    ['no order of the machine', "export const a = 'a'.localeCompare('b');", 'no-restricted-properties'],
    ['no state', 'let a = 0; export const b = (): number => (a += 1);', 'no-restricted-syntax'],
    ['no default export', 'const a = 1; export default a;', 'no-restricted-syntax'],
  ])('may have %s', async (_what, text, rule) => {
    expect(await findings('src/report/planted.ts', text)).toEqual([rule]);
  });

  it('may have state where it is the process', async () => {
    expect(await findings('src/bin.ts', 'let a = 0; export const b = (): number => (a += 1);')).toEqual([]);
  });
});
