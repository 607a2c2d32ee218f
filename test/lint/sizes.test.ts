import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findings } from '../support/untyped-lint.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Every file of the project that a page may name, by its path. */
const files = await filesIn('', ['src', 'test', 'scripts', 'bench', 'schemas', 'docs', 'examples']);

async function filesIn(folder: string, into?: readonly string[]): Promise<readonly string[]> {
  const entries = await readdir(`${root}${folder}`, { withFileTypes: true });
  const lists = entries.map(async (entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (!entry.isDirectory()) return [path];
    return into?.includes(path) === false ? [] : filesIn(path);
  });
  return (await Promise.all(lists)).flat();
}

const inSrc = (path: string): string => path.slice('src/'.length);
const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/'));

describe('a folder of the sources or tests', () => {
  it('has at most 16 files, beside folders', () => {
    const counts = new Map<string, number>();
    for (const file of files.filter((each) => /^(src|test)[/]/.test(each) && !each.startsWith('test/fuzz/corpus/')))
      counts.set(folderOf(file), (counts.get(folderOf(file)) ?? 0) + 1);
    expect([...counts].filter(([, count]) => count > 16)).toEqual([]);
  });

  it('has its line in the architecture, if it is one of the sources', async () => {
    const page = await readFile(`${root}docs/architecture.md`, 'utf8');
    const folders = new Set(files.filter((file) => /^src[/].*[/]/.test(file)).map(folderOf));
    const untold = [...folders].filter(
      (folder) =>
        !folder.endsWith('/generated') && !page.includes(`${folder}/ `) && !page.includes(`\`${inSrc(folder)}/\``),
    );
    expect(untold).toEqual([]);
  });
});

/** What a page names in backticks, or at the start of a line of a drawing, and looks like a path of the project. */
function pathsOf(page: string): readonly string[] {
  const named = [...page.matchAll(/`([^`\s]+)`/g), ...page.matchAll(/^(src[/]\S+) /gm)].map(([, path = '']) => path);
  const floors = new Set(files.filter((file) => file.startsWith('src/')).map((file) => inSrc(file).split('/')[0]));
  const first = new Set(['src', 'test', 'scripts', 'bench', 'schemas', 'docs', 'examples', ...floors]);
  return named.filter(
    (path) => /^[\w.*-]+[.][jt]s$/.test(path) || (path.includes('/') && first.has(path.split('/')[0])),
  );
}

/** Whether a file or folder is at the path, or below src, where pages leave that out; a bare name is looked for everywhere. */
function isThere(path: string): boolean {
  const pattern = path.replace(/[/]$/, '').replaceAll('.', '[.]').replaceAll('*', '[^/]*');
  const found = new RegExp(path.includes('/') ? `^(src/)?${pattern}(/|$)` : `(^|/)${pattern}$`);
  return files.some((file) => found.test(file));
}

describe.each(['docs/architecture.md', 'CONTRIBUTING.md'])('%s', (name) => {
  it('names only files and folders that are there', async () => {
    const paths = pathsOf(await readFile(`${root}${name}`, 'utf8'));
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((path) => !isThere(path))).toEqual([]);
  });
});

describe('a file of 251 lines', () => {
  const long = `${'//\n'.repeat(250)}export {};\n`;

  it.each([
    'src/bin.ts',
    'src/report/page/browser/plan-page.js',
    'test/property-runs.ts',
    'scripts/build.js',
    'bench/main.js',
  ])('is refused, be it %s', async (file) => {
    expect(await findings(file, long)).toContain('max-lines');
  });

  it('is allowed where it is a table of guards', async () => {
    expect(await findings('scripts/guards.js', long)).toEqual([]);
  });
});
