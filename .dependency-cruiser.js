/**
 * Which way imports may run, for `npm run lint`. Static, dynamic and type-only imports and re-exports all count.
 *
 * Each floor of src, and the floors it may not import: imports run bin → cli → commands → five siblings → model. A floor
 * is a folder of src, and the file of the same name beside it.
 */
const siblings = ['desired', 'engine', 'provider', 'report', 'sandbox'];
const outer = ['commands', 'cli', 'bin', 'library', 'face-api'];
const others = (floor) => siblings.filter((name) => name !== floor);
const forbidden = {
  model: [...siblings, 'files', 'limit', ...outer],
  files: ['model', 'limit', ...siblings, ...outer],
  limit: ['model', 'files', ...siblings, ...outer],
  desired: [...others('desired'), ...outer],
  engine: [...others('engine'), 'files', ...outer],
  provider: [...others('provider'), ...outer],
  report: [...others('report'), 'files', ...outer],
  sandbox: ['model', 'files', 'limit', ...others('sandbox'), ...outer],
  commands: ['cli', 'bin', 'library', 'face-api'],
  'face-api': ['desired', 'engine', 'sandbox', 'commands', 'cli', 'bin', 'library'],
  cli: ['bin', 'library', 'face-api'],
  library: ['cli', 'bin', 'face-api'],
  bin: ['library', 'face-api'],
};

/** Each package of the sources, and the only place that may import it. */
const packages = {
  commander: '^src/cli(/|[.]ts$)',
  yaml: '^src/desired/yaml/',
  ajv: '^src/[^/]+/generated/',
  ignore: '^src/desired/reading/ignore-rules[.]ts$',
  papaparse: '^src/desired/csv/read-csv[.]ts$',
  undici: '^src/provider/http/transport[.]ts$',
  'p-limit': '^src/limit/bounded-runner[.]ts$',
  diff: '^src/report/plan/plan-diff[.]ts$',
  'get-east-asian-width': '^src/report/text/columns[.]ts$',
  picocolors: '^src/report/text/style[.]ts$',
};

const pathOf = (floors) => `^src/(${floors.join('|')})(/|[.]ts$)`;

const floors = Object.entries(forbidden).map(([floor, names]) => ({
  name: `floor ${floor}`,
  comment: `${floor} imports none of these floors; see docs/architecture.md.`,
  severity: 'error',
  from: { path: pathOf([floor]) },
  to: { path: pathOf(names) },
}));

/** The modules of packages, be their files found or not. */
const filesOf = (names) => `(^|node_modules/)(${names.join('|')})(/|$)`;

const places = Object.entries(packages).map(([name, place]) => ({
  name: `package ${name}`,
  comment: `Use what stands on ${name}, or change its place in .dependency-cruiser.js.`,
  severity: 'error',
  from: { path: '^src/', pathNot: place },
  to: { path: filesOf([name]) },
}));

export default {
  forbidden: [
    ...floors,
    ...places,
    {
      name: 'package without a place',
      comment: 'Give the new package a place in .dependency-cruiser.js, and a row in docs/dependencies.md.',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypesNot: ['core', 'local'],
        pathNot: ['^src/', filesOf(Object.keys(packages))],
      },
    },
    {
      name: 'limit with side effects',
      comment: 'limit imports no part of Node.js: it counts what runs, and does nothing else.',
      severity: 'error',
      from: { path: pathOf(['limit']) },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'floor without a row',
      comment: 'Give the new floor a row in .dependency-cruiser.js, and in docs/architecture.md.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/', pathNot: pathOf(Object.keys(forbidden)) },
    },
    {
      name: 'late import of another floor',
      comment: 'Only commands, and what starts them, load another floor late: whatever else is needed is imported.',
      severity: 'error',
      from: { path: '^src/([^/.]+)', pathNot: pathOf(['commands', 'cli', 'bin', 'library']) },
      to: { dynamic: true, path: '^src/', pathNot: '^src/$1(/|[.]ts$)' },
    },
    {
      name: 'cycle of modules',
      comment: 'Move what both need into a module of its own; types count too.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'cycle of rooms',
      comment: 'Move the module that closes the cycle into the room that uses it, or beside the rooms.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'core with side effects',
      comment: 'engine and model import no part of Node.js and no package, but for the hash of node:crypto.',
      severity: 'error',
      from: { path: pathOf(['engine', 'model']) },
      to: { pathNot: ['^src/', '^(node:)?crypto$'] },
    },
  ],
  options: {
    // Imports of types alone are gone after compilation; here they count.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
