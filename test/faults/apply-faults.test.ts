import { describe, expect, it } from 'vitest';
import type { TenantWorkspace } from '../support/commands/workspace.ts';
import { cellsOf, gridTimeoutMs, hangingCells, writeFaults } from './grid.ts';
import { apply, faceIds, referenceIn, wrongAfter, wrongAfterHealing, type Reference } from './judge.ts';
import { named, strike, type Strike } from './strike.ts';
import { openWorld, writingEntries, writingUsers } from './world.ts';

function open(): Promise<TenantWorkspace> {
  return openWorld({ users: writingUsers, file: `unmatched: delete\n${writingEntries}` });
}

async function reference(): Promise<Reference> {
  return referenceIn(await open());
}

async function applyUnder(cell: Strike, faultless: Reference): Promise<readonly string[]> {
  const world = await open();
  const { run, sandbox } = world;
  const seeded = faceIds(sandbox);
  const stop = strike(sandbox, cell);
  const ran = await run(apply);
  stop();
  const wrong = [...wrongAfter(ran, sandbox, faultless, seeded), ...(await wrongAfterHealing(world, faultless))];
  return wrong.map((what) => `${named(cell)}: ${what}`);
}

describe('an apply during which some call fails, once or for ever', () => {
  it.each(writeFaults)(
    'writes nothing twice, says how each change ended, and is completed by the next run: %s',
    { timeout: gridTimeoutMs },
    async (kind) => {
      const faultless = await reference();
      const wrong: string[] = [];
      for (const cell of cellsOf(kind, faultless.calls, 17)) wrong.push(...(await applyUnder(cell, faultless)));
      expect(wrong).toEqual([]);
    },
  );

  it.each(['hang', 'hang-after-commit'] as const)(
    'does so too where the call is never answered: %s',
    { timeout: gridTimeoutMs },
    async (kind) => {
      const faultless = await reference();
      const cells = hangingCells(kind, faultless.calls, 5);
      const wrong = await Promise.all(cells.map((cell) => applyUnder(cell, faultless)));
      expect(wrong.flat()).toEqual([]);
    },
  );
});
