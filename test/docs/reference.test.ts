import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

it('the reference is what the schemas and the program tell today; else run `npm run reference`', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'faceform-reference-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await run('node', [join(root, 'scripts/reference.js'), directory]);
  const names = await readdir(join(directory, 'docs/reference'));
  expect(names.toSorted()).toEqual(['commands.md', 'file.md', 'plan.md']);
  expect(names.toSorted()).toEqual((await readdir(join(root, 'docs/reference'))).toSorted());
  for (const path of [...names.map((name) => join('docs/reference', name)), 'docs/face-api.md']) {
    expect(await readFile(join(root, path), 'utf8'), path).toBe(await readFile(join(directory, path), 'utf8'));
  }
});
