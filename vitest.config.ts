import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/property-runs.ts'],
    restoreMocks: true,
    testTimeout: 20_000,
    // No module keeps state, so that a worker need not load all of them anew for each file.
    isolate: false,
    // Half of the tests wait for a tenant on loopback, so that every core may have a worker.
    maxWorkers: '100%',
    coverage: {
      provider: 'v8',
      include: ['src/engine/**', 'src/desired/**'],
      exclude: ['src/desired/generated/**'],
      reporter: ['text-summary', 'text'],
      thresholds: { branches: 100 },
    },
  },
});
