import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The project's own rules, but for those that need types, which a text that is no file has not. */
export const eslint = new ESLint({
  cwd: root,
  overrideConfig: [
    {
      ...tseslint.configs.disableTypeChecked,
      languageOptions: { parserOptions: { projectService: false, program: null } },
    },
  ],
});

/** The rules that a text breaks if it is the file of this path. */
export async function findings(file: string, text: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(text, { filePath: `${root}${file}` });
  return result?.messages.map(({ ruleId, message }) => ruleId ?? message) ?? ['not linted'];
}
