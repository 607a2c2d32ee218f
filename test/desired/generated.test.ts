import { execFile, spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { directoryOf } from '../support/desired/load-files.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folders = ['src/desired/generated', 'src/provider/generated', 'src/report/generated'];

async function textsIn(directory: string) {
  const names = (await readdir(directory)).toSorted();
  return Promise.all(names.map(async (name) => [name, await readFile(join(directory, name), 'utf8')]));
}

/** Paths of the schemas below one that lack a description or examples. */
function undescribed(schema: unknown, path: string): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = Object.entries(schema);
  const isSchema = own.some(([name]) => ['type', 'const', 'anyOf'].includes(name)) && !path.endsWith('/properties');
  const bare = isSchema && !('description' in schema && 'examples' in schema && Array.isArray(schema.examples));
  const below = own.filter(
    ([name]) => path.endsWith('/properties') || !['examples', 'required', 'enum'].includes(name),
  );
  return [...(bare ? [path] : []), ...below.flatMap(([name, inner]) => undescribed(inner, `${path}/${name}`))];
}

describe('the generated files', () => {
  it('are those that generate.js makes now', async () => {
    const fresh = await directoryOf({});
    await promisify(execFile)(process.execPath, [join(root, 'scripts/generate.js'), fresh]);
    for (const folder of folders) {
      expect(await textsIn(join(fresh, folder))).toEqual(await textsIn(join(root, folder)));
    }
  });

  it('check in Node as they do under the test runner', async () => {
    const checks = await readFile(join(root, 'src/desired/generated/check-enrollments.generated.ts'), 'utf8');
    const input = `${checks}\nprocess.stdout.write(String(checkFile({ version: 1, protect: ['a'] })));`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module'], { cwd: root, input, encoding: 'utf8' });
    expect(stdout).toBe('true');
  });
});

describe('the schema', () => {
  it('describes every member, with an example', async () => {
    const schema: unknown = JSON.parse(await readFile(join(root, 'schemas/enrollments.schema.json'), 'utf8'));
    expect(undescribed(schema, '#')).toEqual([]);
  });
});
