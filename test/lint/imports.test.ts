import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listOf, memberOf } from '../support/commands/expectations.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** One import that is refused, in a source tree of its own: where, what, by which rule, and what it leads to. */
const refused = [
  ['engine/static.ts', "import { b } from '../provider/b.ts'; export { b as s };", 'floor engine', 'provider/b.ts'],
  ['engine/late.ts', "export const l = () => import('../provider/b.ts');", 'floor engine', 'provider/b.ts'],
  ['engine/type.ts', "import type { B } from '../provider/b.ts'; export type T = B;", 'floor engine', 'provider/b.ts'],
  ['engine/inline.ts', "export type I = import('../provider/b.ts').B;", 'floor engine', 'provider/b.ts'],
  ['engine/again.ts', "export * from '../provider/b.ts';", 'floor engine', 'provider/b.ts'],
  ['engine/named.ts', "export { b } from '../provider/b.ts';", 'floor engine', 'provider/b.ts'],
  ['engine/room/up.ts', "import '../../commands/c.ts';", 'floor engine', 'commands/c.ts'],
  ['engine/files.ts', "import '../files/f.ts';", 'floor engine', 'files/f.ts'],
  ['model/up.ts', "export const m = () => import('../engine/e.ts');", 'floor model', 'engine/e.ts'],
  ['files/up.ts', "import type { M } from '../model/m.ts'; export type U = M;", 'floor files', 'model/m.ts'],
  ['limit/up.ts', "import type { M } from '../model/m.ts'; export type L = M;", 'floor limit', 'model/m.ts'],
  ['model/limit.ts', "import '../limit/l.ts';", 'floor model', 'limit/l.ts'],
  ['desired/across.ts', "import '../report/r.ts';", 'floor desired', 'report/r.ts'],
  ['provider/across.ts', "import '../engine/e.ts';", 'floor provider', 'engine/e.ts'],
  ['report/across.ts', "import '../engine/e.ts';", 'floor report', 'engine/e.ts'],
  ['sandbox/across.ts', "import type { M } from '../model/m.ts'; export type A = M;", 'floor sandbox', 'model/m.ts'],
  ['commands/up.ts', "export const c = () => import('../cli.ts');", 'floor commands', 'cli.ts'],
  ['cli/up.ts', "import '../bin.ts';", 'floor cli', 'bin.ts'],
  ['face-api/up.ts', "import '../engine/e.ts';", 'floor face-api', 'engine/e.ts'],
  ['library/up.ts', "import '../cli.ts';", 'floor library', 'cli.ts'],
  ['library/across.ts', "import type { F } from '../face-api.ts'; export type L = F;", 'floor library', 'face-api.ts'],
  ['bin/up.ts', "export const b = () => import('../face-api.ts');", 'floor bin', 'face-api.ts'],
  ['engine/new.ts', "import '../brand/new.ts';", 'floor without a row', 'brand/new.ts'],
  ['engine/wait.ts', "export const w = () => import('../model/m.ts');", 'late import of another floor', 'model/m.ts'],
  ['engine/disk.ts', "import 'node:fs/promises';", 'core with side effects', 'fs/promises'],
  ['engine/timer.ts', "import 'node:timers/promises';", 'core with side effects', 'timers/promises'],
  ['engine/library.ts', "import 'undici';", 'core with side effects', 'undici'],
  ['model/process.ts', "import 'node:process';", 'core with side effects', 'process'],
  ['limit/disk.ts', "import 'node:fs';", 'limit with side effects', 'fs'],
  ['limit/http.ts', "import 'undici';", 'package undici', 'undici'],
  [
    'limit/second.ts',
    "import type { LimitFunction } from 'p-limit'; export type L = LimitFunction;",
    'package p-limit',
    'p-limit',
  ],
  ['desired/limit.ts', "import pLimit from 'p-limit'; export const l = pLimit(1);", 'package p-limit', 'p-limit'],
  ['report/flags.ts', "import 'commander';", 'package commander', 'commander'],
  ['commands/read.ts', "export const r = () => import('yaml');", 'package yaml', 'yaml'],
  ['files/new.ts', "import 'left-pad';", 'package without a place', 'left-pad'],
  ['report/one.ts', "import { two } from './two.ts'; export const one = two;", 'cycle of modules', 'report/two.ts'],
  [
    'report/kind-a.ts',
    "import type { Kb } from './kind-b.ts'; export type Ka = Kb;",
    'cycle of modules',
    'report/kind-b.ts',
  ],
] as const;

/** What the imports above lead to, and imports that are allowed. */
const others = {
  'provider/b.ts': 'export const b = 1; export type B = number;',
  'commands/c.ts': "import '../engine/e.ts'; export const c = 1;",
  'engine/e.ts':
    "import { hash } from 'node:crypto'; import type { M } from '../model/m.ts'; export const e: M = hash('', '').length;",
  'model/m.ts': 'export type M = number;',
  'files/f.ts': 'export const f = 1;',
  'limit/l.ts': 'export const l = 1;',
  'limit/bounded-runner.ts': "import 'p-limit';",
  'provider/http/transport.ts': "import 'undici';",
  'desired/yaml/y.ts': "import 'yaml';",
  'face-api.ts': 'export type F = number;',
  'report/r.ts': 'export const r = 1;',
  'brand/new.ts': 'export const n = 1;',
  'bin.ts': "import './cli.ts';",
  'cli.ts': "export const start = () => import('./commands/c.ts');",
  'report/two.ts': "import { one } from './one.ts'; export const two: number = one;",
  'report/kind-b.ts': "import type { Ka } from './kind-a.ts'; export type Kb = Ka | 1;",
  'sandbox/here/a.ts': "import '../there/b.ts';",
  'sandbox/there/b.ts': 'export const there = 1;',
  'sandbox/there/c.ts': "import type { D } from '../here/d.ts'; export type C = D;",
  'sandbox/here/d.ts': 'export type D = number;',
};

/** Every violation in the source tree below `directory`: the rule, where, and what it leads to. */
async function violationsIn(directory: string): Promise<readonly string[]> {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [program, 'src', '--config', join(root, '.dependency-cruiser.js'), '--output-type', 'json'];
  const printed = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, args, { cwd: directory, maxBuffer: 2 ** 26 }, (_error, stdout, stderr) => {
      if (stdout === '') reject(new Error(stderr));
      else resolve(stdout);
    });
  });
  return listOf(memberOf(JSON.parse(printed), 'summary'), 'violations').map((violation) => {
    const [rule, from, to] = [memberOf(memberOf(violation, 'rule'), 'name'), 'from', 'to'];
    return `${String(rule)}: ${String(memberOf(violation, from))} → ${String(memberOf(violation, to))}`;
  });
}

describe('the direction of imports', () => {
  let directory = '';
  let violations: readonly string[] = [];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'faceform-imports-'));
    const planted = refused.map(([file, text]) => [file, text] as const);
    for (const [file, text] of [...planted, ...Object.entries(others)]) {
      await mkdir(dirname(join(directory, 'src', file)), { recursive: true });
      await writeFile(join(directory, 'src', file), text);
    }
    await writeFile(join(directory, 'tsconfig.json'), '{ "compilerOptions": { "module": "nodenext" } }');
    violations = await violationsIn(directory);
  });
  afterAll(() => rm(directory, { recursive: true }));

  it.each(refused)('refuses, in %s, %s', (file, _text, rule, target) => {
    const to = target.endsWith('.ts') ? `src/${target}` : target;
    expect(violations).toContain(`${rule}: src/${file} → ${to}`);
  });

  it('refuses rooms of a floor that import each other, be it by types alone', () => {
    expect(violations).toContain('cycle of rooms: src/sandbox/here → src/sandbox/there');
  });

  it('lets the command line load a command late, and the core hash', () => {
    expect(violations.filter((each) => /: src\/(cli|bin|commands\/c|engine\/e)[.]ts →/.test(each))).toEqual([]);
  });

  it('lets a package be imported at its place', () => {
    expect(violations.filter((each) => /: src\/(limit\/bounded|provider\/http|desired\/yaml)/.test(each))).toEqual([]);
  });

  it('is kept by the sources', async () => {
    expect(await violationsIn(root)).toEqual([]);
  });
});
