import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../src/sandbox/index.ts';
import type { TenantWorkspace } from '../support/commands/workspace.ts';
import { everyCell, gridTimeoutMs } from './grid.ts';
import {
  apply,
  faceIds,
  isSame,
  loginOf,
  referenceIn,
  wrongAfter,
  wrongAfterHealing,
  type Reference,
} from './judge.ts';
import { namedPair, needlesslyUnknown, pairFaults, pairsFrom, strikeTwice, type Pair } from './pairs.ts';
import { outcomesOf } from './report.ts';
import { openWorld, stateOf, writingEntries, writingUsers } from './world.ts';

function open(): Promise<TenantWorkspace> {
  return openWorld({ users: writingUsers, file: `unmatched: delete\n${writingEntries}` });
}

/** Each fault has a user of its own, so that several users can be at work at once. */
const applyAtOnce = [...apply, '--concurrency', '8'];

async function applyUnder(pair: Pair, faultless: Reference): Promise<readonly string[]> {
  const world = await open();
  const { run, sandbox } = world;
  const seeded = faceIds(sandbox);
  const stop = strikeTwice(sandbox, pair);
  const ran = await run(applyAtOnce);
  stop();
  const state = stateOf(sandbox);
  const isDone = (key: string): boolean => isSame(state, faultless.after, loginOf(key));
  const wrong = [
    ...wrongAfter(ran, sandbox, faultless, seeded),
    ...needlesslyUnknown(pair, outcomesOf(ran), isDone),
    ...(await wrongAfterHealing(world, faultless)),
  ];
  return wrong.map((what) => `${namedPair(pair)}: ${what}`);
}

describe('two faults in a row, on a write of every kind of change', () => {
  it.each(pairFaults)(
    'make no second face and no second e-mail, and each outcome is right: %s first',
    { timeout: gridTimeoutMs },
    async (first) => {
      const faultless = await referenceIn(await open());
      const wrong: string[] = [];
      for (const pair of pairsFrom(first, pairFaults)) wrong.push(...(await applyUnder(pair, faultless)));
      expect(wrong).toEqual([]);
    },
  );

  const hanging = ['hang', 'hang-after-commit'] as const;
  const others: readonly FaultKind[] = everyCell ? pairFaults : ['409'];
  it.each(hanging.flatMap((kind) => others.map((other) => [kind, other] as const)))(
    'do so too where the call is never answered: %s and %s',
    { timeout: gridTimeoutMs },
    async (kind, other) => {
      const faultless = await referenceIn(await open());
      const pairs = [0, 1].slice(0, everyCell ? 2 : 1).flatMap((step): readonly Pair[] => [
        { first: kind, then: other, step, strikes: 'next try' },
        { first: kind, then: other, step, strikes: 'next reading' },
        { first: other, then: kind, step, strikes: 'next try' },
        { first: other, then: kind, step, strikes: 'next reading' },
      ]);
      const wrong = await Promise.all(pairs.map((pair) => applyUnder(pair, faultless)));
      expect(wrong.flat()).toEqual([]);
    },
  );
});
