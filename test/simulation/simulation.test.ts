import { describe, expect, it } from 'vitest';
import { firstBreach, told } from './search.ts';
import { simulate } from './simulate.ts';
import { stormOf } from './storm.ts';
import type { Aftermath } from './simulate.ts';

/** `npm run simulate -- --seeds 1000000` tries more of them. */
const seeds = 2000;

describe('runs that act at once, with faults, lags, kills, users and administrators', () => {
  it(`hold every law over ${seeds} seeds`, { timeout: 600_000 }, async () => {
    const breach = await firstBreach(1n, seeds);
    expect(breach === undefined ? 'no law is broken' : told(breach)).toBe('no law is broken');
  });

  it('are the same, call by call, for the same seed, and others for another', async () => {
    const traceOf = async (seed: bigint): Promise<readonly string[]> =>
      (await simulate(stormOf(97n), seed)).tenant.trace;
    expect(await traceOf(97n)).toEqual(await traceOf(97n));
    expect(await traceOf(98n)).not.toEqual(await traceOf(97n));
  });

  it('are cut down to what breaks a law, and told with the command that replays it', async () => {
    const nobodyCreates = ({ tenant }: Aftermath): readonly string[] =>
      tenant.effects
        .filter(({ does, by }) => does === 'create' && by.startsWith('run'))
        .map(({ by }) => `${by} creates`);
    const breach = await firstBreach(1n, 100, nobodyCreates);
    expect(breach?.storm).toMatchObject({ users: [{ faces: [] }], runs: [{}], moves: [], faultRate: 0, mostLagMs: 0 });
    expect(breach?.storm.users[0]?.wishes).toHaveLength(1);
    expect(breach && told(breach)).toMatch(
      /run \d: create .* of u\d[^]*BROKEN {2}run \d creates\nAgain: npm run simulate -- --seed \d+$/,
    );
  });
});
