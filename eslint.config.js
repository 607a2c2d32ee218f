import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Export by name.' };
const noProcess = {
  name: 'process',
  message:
    'Only the edges touch the process: bin.ts, library/world.ts and face-api/open-face-client.ts; pass in what is needed.',
};

/** What a module keeps between calls, one run would leave to the next. */
const noState = [
  'Program > VariableDeclaration[kind!="const"]',
  'Program > ExportNamedDeclaration > VariableDeclaration[kind!="const"]',
  'PropertyDefinition[static=true][readonly=false]',
].map((selector) => ({ selector, message: 'No module has state: keep it where a call begins, and pass it on.' }));
const noLocaleCompare = {
  property: 'localeCompare',
  message: "Its order is that of the machine's locale; compareText of model/values/order.ts has one for all.",
};

/**
 * The core has no clock, chance, timers or surroundings: whoever calls it hands in what it needs. Beside these parts of
 * the language it has no other globals at all, which `no-undef` sees to.
 */
const handIn = 'The core is pure; hand in what it needs. See docs/architecture.md.';
const localTime = ['FullYear', 'Year', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'];
const impure = {
  globals: [
    'Temporal',
    'Intl',
    // When memory is collected, and what another thread does, is chance.
    'WeakRef',
    'FinalizationRegistry',
    'Atomics',
    'SharedArrayBuffer',
    // These lead to all others.
    'globalThis',
    'eval',
    'Function',
  ],
  properties: [
    { object: 'Date', property: 'now' },
    { object: 'Math', property: 'random' },
    // The time zone and the locale are the machine's.
    ...['getTimezoneOffset', 'toDateString', 'toTimeString'].map((property) => ({ property })),
    ...localTime.flatMap((part) => [{ property: `get${part}` }, { property: `set${part}` }]),
    ...['String', 'DateString', 'TimeString', 'LowerCase', 'UpperCase'].map((what) => ({
      property: `toLocale${what}`,
    })),
  ],
  syntax: [
    // From parts, a date is in local time; from none, or none that are spread, it is now.
    'NewExpression[callee.name="Date"]:not([arguments.length=1])',
    'NewExpression[callee.name="Date"] > SpreadElement',
    // Under another name, or called without `new`, they would slip past the rules above.
    ':not(NewExpression, MemberExpression, TSTypeReference) > Identifier[name=/^(Date|Math)$/]',
    'NewExpression > Identifier.arguments[name=/^(Date|Math)$/]',
    'MemberExpression[computed=true][object.name=/^(Date|Math)$/]',
    'MetaProperty[meta.name="import"]',
    'ImportExpression',
  ],
};

export default tseslint.config(
  { ignores: ['dist', 'coverage', 'src/*/generated'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{ts,js}'],
    // One table, read a row at a time: two files would make two places to look for a guard.
    ignores: ['scripts/guards.js'],
    rules: { 'max-lines': ['error', 250] },
  },
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
      'no-restricted-properties': ['error', noLocaleCompare],
      'no-restricted-syntax': ['error', noDefaultExport, ...noState],
    },
  },
  // Vitest's asymmetric matchers, such as expect.stringContaining, are of type any.
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-unsafe-assignment': 'off' } },
  // The vendor's first create is deprecated, and still one of the seven.
  { files: ['test/face-api/**/*.ts'], rules: { '@typescript-eslint/no-deprecated': 'off' } },
  {
    files: ['src/bin.ts', 'src/library/world.ts', 'src/face-api/open-face-client.ts'],
    rules: { 'no-restricted-globals': 'off' },
  },
  // It is the process, of which there is one: its signals and lost outputs are state.
  { files: ['src/bin.ts'], rules: { 'no-restricted-syntax': ['error', noDefaultExport] } },
  // It runs in a browser, and its types are in comments; the tsconfig.json beside it has those of the DOM.
  {
    files: ['src/report/page/browser/*.js'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      sourceType: 'script',
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-plus-operands': ['error', { allowNumberAndString: true }],
      complexity: ['error', 12],
    },
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
  {
    files: ['src/engine/**/*.ts', 'src/model/**/*.ts'],
    // No comment makes an exception.
    linterOptions: { noInlineConfig: true },
    rules: {
      'no-undef': ['error', { typeof: true }],
      'no-restricted-globals': ['error', ...impure.globals.map((name) => ({ name, message: handIn }))],
      'no-restricted-properties': [
        'error',
        noLocaleCompare,
        ...impure.properties.map((each) => ({ ...each, message: handIn })),
      ],
      'no-restricted-syntax': [
        'error',
        noDefaultExport,
        ...noState,
        ...impure.syntax.map((selector) => ({ selector, message: handIn })),
      ],
      // Other parts of Node.js are refused by .dependency-cruiser.js; this one has chance beside its hashes.
      'no-restricted-imports': [
        'error',
        {
          paths: ['crypto', 'node:crypto'].map((name) => ({ name, allowImportNames: ['hash'], message: handIn })),
        },
      ],
    },
  },
);
