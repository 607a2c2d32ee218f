import { configDefaults, defineConfig } from 'vitest/config';

/** Tests that start the built program, a shell, a browser, a linter, Git or npm, or take long: `npm test` leaves them to `npm run check`. */
const wholeProgram = [
  'test/bench/**/*.test.ts',
  'test/ci/**/*.test.ts',
  'test/docs/**/*.test.ts',
  'test/desired/generated.test.ts',
  'test/desired/many-mistakes.test.ts',
  'test/desired/reading/other-tree.test.ts',
  'test/faults/apply-faults.test.ts',
  'test/faults/plan-faults.test.ts',
  'test/faults/resend-faults.test.ts',
  'test/faults/two-faults.test.ts',
  'test/fuzz/search.test.ts',
  'test/limit/million-items.test.ts',
  'test/lint/**/*.test.ts',
  'test/package.test.ts',
  'test/commands/tenant/built-certificates.test.ts',
  'test/commands/tenant/echo.test.ts',
  'test/commands/tenant/built-proxy.test.ts',
  'test/commands/program/crash.test.ts',
  'test/commands/users/export-round-trip.test.ts',
  'test/commands/changed/changed-history.test.ts',
  'test/commands/changed/changed-law.test.ts',
  'test/commands/changed/changed-since.test.ts',
  'test/commands/apply/kill.test.ts',
  'test/commands/apply/lost-answer.test.ts',
  'test/commands/plan/readings.test.ts',
  'test/commands/program/completion.test.ts',
  'test/commands/tenant/connection.test.ts',
  'test/commands/tenant/doctor-troubles.test.ts',
  'test/commands/tenant/sandbox-users.test.ts',
  'test/commands/users/resend-outcomes.test.ts',
  'test/commands/users/status-prometheus.test.ts',
  'test/face-api/faults.test.ts',
  'test/provider/endless-answers.test.ts',
  'test/commands/program/process.test.ts',
  'test/commands/apply/signals.test.ts',
  'test/report/page/plan-html.test.ts',
  'test/report/page/plan-html-order.test.ts',
];

export default defineConfig(({ mode }) => ({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(mode === 'quick' ? wholeProgram : [])],
    setupFiles: ['test/property-runs.ts'],
    // Read by test/property-runs.ts.
    env: mode === 'quick' ? { TEST_SUITE: 'quick' } : {},
    restoreMocks: true,
    // For machines that are slow or busy; what hangs is told soon enough.
    testTimeout: 90_000,
    // No module keeps state, so that a worker need not load all of them anew for each file.
    isolate: false,
    // Half of the tests wait for a tenant on loopback, so that every core may have a worker.
    maxWorkers: '100%',
    coverage: {
      provider: 'v8',
      include: ['src/engine/**', 'src/desired/**', 'src/files/**', 'src/limit/**'],
      exclude: ['src/desired/generated/**'],
      reporter: ['text-summary', 'text'],
      thresholds: { branches: 100 },
    },
  },
}));
