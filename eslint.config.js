import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Each layer, and the folders it may not import: imports run bin → cli → commands → five siblings → model. */
const siblings = ['desired', 'engine', 'provider', 'report', 'sandbox'];
const outer = ['commands', 'cli', 'bin', 'library', 'face-api'];
const forbidden = {
  model: [...siblings, 'files', ...outer],
  files: ['model', ...siblings, ...outer],
  ...Object.fromEntries(siblings.map((layer) => [layer, [...siblings.filter((name) => name !== layer), ...outer]])),
  engine: [...siblings.filter((name) => name !== 'engine'), 'files', ...outer],
  report: [...siblings.filter((name) => name !== 'report'), 'files', ...outer],
  sandbox: ['model', 'files', ...siblings.filter((name) => name !== 'sandbox'), ...outer],
  commands: ['cli', 'bin', 'library', 'face-api'],
  cli: ['bin', 'library', 'face-api'],
  'face-api': ['desired', 'engine', 'sandbox', 'commands', 'cli', 'bin', 'library'],
};

const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Export by name.' };
const noProcess = {
  name: 'process',
  message:
    'Only the edges touch the process: bin.ts, library.ts and face-api/open-face-client.ts; pass in what is needed.',
};

const layers = Object.entries(forbidden).map(([layer, names]) => ({
  files: [`src/${layer}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: names.flatMap((name) => [`**/${name}/**`, `**/${name}.ts`]),
            message: `${layer} does not import these; see docs/architecture.md.`,
          },
        ],
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ['dist', 'coverage', 'src/*/generated'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      complexity: ['error', 12],
      'max-lines': ['error', 250],
      'max-params': ['error', 4],
      'no-restricted-syntax': ['error', noDefaultExport],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'max-lines-per-function': ['error', 50],
      'no-console': 'error',
      'no-restricted-globals': ['error', noProcess],
    },
  },
  // Vitest's asymmetric matchers, such as expect.stringContaining, are of type any.
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-unsafe-assignment': 'off' } },
  // The vendor's first create is deprecated, and still one of the seven.
  { files: ['test/face-api/**/*.ts'], rules: { '@typescript-eslint/no-deprecated': 'off' } },
  {
    files: ['src/bin.ts', 'src/library.ts', 'src/face-api/open-face-client.ts'],
    rules: { 'no-restricted-globals': 'off' },
  },
  { files: ['vitest.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['action/**/*.js', 'scripts/**/*.js', 'bench/**/*.js', 'test/**/*.js', 'eslint.config.js'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'URL',
          'performance',
          'setTimeout',
          'setImmediate',
          'AbortController',
          'setInterval',
          'clearInterval',
          'fetch',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  ...layers,
);
