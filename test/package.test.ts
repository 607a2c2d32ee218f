import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../', import.meta.url));

/** As a user of the library writes it; what it prints is looked at below. */
const script = `
import { apply, FaceformError, plan, validate, type Plan } from 'faceform';

const sandbox = '.faceform/sandbox.json';
const checked = await validate(['users.yaml']);
const made: Plan = await plan(['users.yaml'], { sandbox });
const creates = made.resource_changes.filter(({ change }) => change.actions.includes('create'));
const report = await apply(made, { sandbox, journal: 'journal.jsonl' });
const again = await plan(['users.yaml'], { sandbox });
const replayed = await apply(made, { sandbox });
const refused = await apply({ ...made, x_complete: false }, { sandbox }).catch((error: unknown) => error);
const broken = await plan(['broken.yaml'], { sandbox }).catch((error: unknown) => error);
console.log(JSON.stringify({
  valid: checked.valid,
  creates: creates.length,
  applied: report.summary.applied,
  left: again.resource_changes.length,
  stale: replayed.summary.stale,
  refused: refused instanceof FaceformError && refused.exitCode === 1 && refused.message.includes('x_digest'),
  broken: broken instanceof FaceformError ? [broken.message, ...broken.diagnostics.map(({ code }) => code)] : [],
}));
`;
const users = 'version: 1\nenrollments:\n  - { user: amy, flow: mobile }\n  - { user: bob, flow: mobile }\n';

describe('the package, installed into an empty folder', () => {
  let directory = '';
  const inside = (...args: readonly [string, ...string[]]): Promise<{ readonly stdout: string }> =>
    run(args[0], args.slice(1), { cwd: directory });

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'faceform-package-'));
    await run('node', ['scripts/build-types.js'], { cwd: root });
    await run('npm', ['pack', '--ignore-scripts', '--pack-destination', directory], { cwd: root });
    await writeFile(join(directory, 'package.json'), '{ "private": true, "type": "module" }');
    await inside('npm', 'install', '--offline', '--no-audit', '--no-fund', './faceform-0.1.0.tgz');
  }, 60_000);
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('brings nothing else along, and neither sources nor tests', async () => {
    const names = await readdir(join(directory, 'node_modules'));
    expect(names.filter((name) => !name.startsWith('.'))).toEqual(['faceform']);
    const files = (await readdir(join(directory, 'node_modules/faceform'))).toSorted();
    expect(files).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist',
      'docs',
      'examples',
      'package.json',
      'schemas',
    ]);
  });

  it('runs the demo and the program', async () => {
    expect((await inside('npx', '--offline', 'faceform', 'demo')).stdout).toContain('No changes.');
    expect((await inside('npx', '--offline', 'faceform', '--version')).stdout).toBe('0.1.0\n');
    expect(JSON.parse((await inside('npx', '--offline', 'faceform', 'schema')).stdout)).toHaveProperty('$id');
  });

  it('is a library, whose types fit what it does', async () => {
    await writeFile(join(directory, 'users.yaml'), users);
    await writeFile(join(directory, 'broken.yaml'), users.replace('bob', 'amy'));
    await writeFile(join(directory, 'round.ts'), script);
    await cp(join(root, 'node_modules/@types'), join(directory, 'node_modules/@types'), { recursive: true });
    await cp(join(root, 'node_modules/undici-types'), join(directory, 'node_modules/undici-types'), {
      recursive: true,
    });
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const strict = ['--strict', '--exactOptionalPropertyTypes', '--module', 'nodenext', '--target', 'es2023'];
    await inside('node', tsc, ...strict, '--types', 'node', 'round.ts');
    const { stdout } = await inside('node', 'round.js');
    expect(JSON.parse(stdout)).toEqual({
      valid: true,
      creates: 2,
      applied: 2,
      left: 0,
      stale: 2,
      refused: true,
      broken: [expect.stringMatching(/^broken\.yaml:4:5: /), 'DUPLICATE_ENROLLMENT'],
    });
  }, 60_000);
});
