import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const script = `${root}src/report/page/browser/plan-page.js`;

describe("the HTML page's script", () => {
  it.each([
    ['find.valu.trim();', '@typescript-eslint/no-unsafe-call'],
    ["fetch('https://example.com');", '@typescript-eslint/no-floating-promises'],
    ['if (find.checked === null) narrow();', '@typescript-eslint/no-unnecessary-condition'],
  ])('may not hold %s', async (line, rule) => {
    const text = (await readFile(script, 'utf8')).replace(/\n {2}restore\(\);\n/, `\n  ${line}$&`);
    const [result] = await new ESLint({ cwd: root }).lintText(text, { filePath: script });
    expect(result?.messages.map(({ ruleId }) => ruleId)).toContain(rule);
  });

  it('has the types of a browser, which no other file has', () => {
    const { fileNames, options } = ts.parseJsonConfigFileContent(
      ts.readConfigFile(`${root}tsconfig.json`, (path) => ts.sys.readFile(path)).config,
      ts.sys,
      root,
    );
    expect(fileNames.filter((name) => name.includes('/browser/'))).toEqual([]);
    expect(options.lib?.filter((name) => name.includes('dom'))).toEqual([]);
  });
});
