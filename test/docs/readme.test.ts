import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const readme = await readFile(join(root, 'README.md'), 'utf8');

interface Block {
  readonly language: string;
  readonly text: string;
}
const blocks: readonly Block[] = [...readme.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(
  ([, language = '', text = '']) => ({
    language,
    text,
  }),
);
/** Each command block that is followed by its output. */
const shown = blocks.flatMap(({ language, text }, at) => {
  const next = blocks[at + 1];
  return language === 'sh' && next?.language === 'text' ? [{ command: text, output: next.text }] : [];
});

describe('the README', () => {
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'faceform-readme-'));
    await symlink(join(root, 'dist'), join(directory, 'dist'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('shows what the program prints, command by command', async () => {
    expect(shown).toHaveLength(3);
    for (const { command, output } of shown) {
      const commands = command.replace('npm run --silent build\n', '');
      const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', commands], { cwd: directory });
      expect(stdout).toBe(output);
    }
  });

  it('shows a file that is valid', async () => {
    const yaml = blocks.filter(({ language }) => language === 'yaml');
    expect(yaml).toHaveLength(1);
    await writeFile(join(directory, 'shown.yaml'), yaml[0]?.text ?? '');
    const { stdout } = await run('node', ['dist/bin.js', 'validate', 'shown.yaml'], { cwd: directory });
    expect(stdout).toBe('Success! 1 file, 4 enrollments.\n');
  });

  it('links to files that exist', async () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, file = '']) => file);
    expect(links.length).toBeGreaterThan(4);
    for (const link of links) await expect(run('test', ['-e', join(root, link)])).resolves.toBeDefined();
  });
});
