import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { answersTarget } from './answers-target.ts';
import { filesTarget } from './files-target.ts';
import { planTarget } from './plan-target.ts';

const corpus = new URL('corpus/', import.meta.url);

describe.each([
  { name: 'files', target: filesTarget },
  { name: 'plan', target: planTarget },
  { name: 'answers', target: answersTarget },
])('each input that fuzzing of $name starts from', async ({ name, target }) => {
  const folder = new URL(`${name}/`, corpus);
  const files = await readdir(folder);

  it.each(files)('breaks no law: %s', async (file) => {
    await expect(target.run(await readFile(new URL(file, folder)))).resolves.toBeUndefined();
  });
});

it('stays small', async () => {
  const files = (await readdir(corpus, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name }) => (await readFile(`${parentPath}/${name}`)).length),
  );
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(200_000);
});
