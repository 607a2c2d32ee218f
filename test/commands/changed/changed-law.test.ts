import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fileNames, textOf, treeArb, users, type Tree } from '../../support/commands/random-trees.ts';
import { beginRepository } from '../../support/repositories/repository.ts';
import { openTenant } from '../../support/commands/workspace.ts';

it('a plan since a commit that the tenant was in sync with has the changes of the full plan, in real repositories', async () => {
  const seen = { changes: 0, some: 0, full: 0 };
  await fc.assert(
    fc.asyncProperty(treeArb, treeArb, async (before, now) => {
      const space = await openTenant({ seed: { users } });
      const { commit } = beginRepository(space.directory);
      const write = async (tree: Tree): Promise<void> => {
        for (const name of fileNames) await space.write(name, textOf(name, tree));
      };
      await write(before);
      await space.write('.gitignore', '.faceform/\n');
      commit();
      const applied = await space.run(['apply', '--auto-approve']);
      expect(applied.code, applied.stderr).toBe(0);
      await write(now);
      await rm(join(space.directory, '.gitignore'));
      const planned = async (...flags: readonly string[]): Promise<unknown> => {
        const { stdout } = await space.run(['plan', '--format', 'json', ...flags]);
        return JSON.parse(stdout);
      };
      const [since, full] = [await planned('--changed-since', 'HEAD'), await planned()];
      expect(since).toHaveProperty('resource_changes');
      expect(changesIn(since)).toEqual(changesIn(full));
      seen.changes += changesIn(full).length;
      seen[JSON.stringify(since).includes('"mode":"full"') ? 'full' : 'some'] += 1;
    }),
    { numRuns: 10 },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
});

function changesIn(plan: unknown): readonly unknown[] {
  if (typeof plan !== 'object' || plan === null || !('resource_changes' in plan)) return [];
  return Array.isArray(plan.resource_changes) ? plan.resource_changes : [];
}
