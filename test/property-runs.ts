import fc from 'fast-check';

const longer = process.env['LAW_RUNS'];

/** In `npm test`, which takes samples of what `npm run check` tries in full. */
export const isQuick = process.env['TEST_SUITE'] === 'quick';

/** How often each law is tried. A longer search, from a seed of its own: `LAW_RUNS=100000 npx vitest run laws`. */
export const lawRuns = Number(longer ?? (isQuick ? 200 : 1000));

/** Milliseconds that a law may take on a slow machine. */
export const lawTimeout = 20_000 + lawRuns * 20;

// The same examples in every run, so that a change is never blamed for what it did not do.
if (longer === undefined) fc.configureGlobal({ seed: 20_270_101 });
