import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isQuick } from '../../property-runs.ts';
import { beginRepository } from '../../support/commands/repository.ts';
import { openTenant } from '../../support/commands/workspace.ts';

const logins = ['amy', 'bob', 'cyd', 'dan', 'eve', 'fay'] as const;
const names = ['a.yaml', 'b.yaml', 'teams/c.yaml', 'teams/faceform.yaml'] as const;

interface Wish {
  readonly login: (typeof logins)[number];
  readonly file: (typeof names)[number];
  readonly by: 'login' | 'alias' | 'externalId';
  readonly rest: string;
}

/** What the files ask for, each user once, under one of their names. */
const treeArb = fc.record({
  wishes: fc.uniqueArray(
    fc.record({
      login: fc.constantFrom(...logins),
      file: fc.constantFrom(...names),
      by: fc.constantFrom('login', 'login', 'alias', 'externalId'),
      rest: fc.constantFrom(
        'flow: mobile',
        'flow: mobile, enabled: false',
        'flow: web, applicantId: APP',
        'state: absent',
      ),
    }),
    { selector: ({ login }) => login },
  ) satisfies fc.Arbitrary<readonly Wish[]>,
  head: fc.constantFrom('', '', '', 'unmatched: disable\n', 'defaults: { enabled: false }\n'),
  owner: fc.constantFrom('', '', 'owner: team\n'),
  scope: fc.constantFrom('', '', 'scope: { users: group, group: Staff, onRemove: delete }\n'),
});
type Tree = typeof treeArb extends fc.Arbitrary<infer T> ? T : never;

const userOf = {
  login: (name: string) => `user: ${name}`,
  alias: (name: string) => `user: ${name}.alias`,
  externalId: (name: string) => `externalId: E-${name}`,
};

function textOf(file: string, { wishes, head, owner, scope }: Tree): string {
  const entries = wishes
    .filter((wish) => wish.file === file)
    .map(({ login, by, rest }) => `  - { ${userOf[by](login)}, ${rest.replace('APP', `app-${login}`)} }\n`);
  const top = file === 'a.yaml' ? `${head}${scope}budgets: { delete: 99, disable: 99 }\n` : '';
  const own = file === 'teams/faceform.yaml' ? owner : '';
  return `version: 1\n${top}${own}enrollments:${entries.length === 0 ? ' []' : ''}\n${entries.join('')}`;
}

it('a plan since a commit that the tenant was in sync with has the changes of the full plan, in real repositories', async () => {
  const seen = { changes: 0, some: 0, full: 0 };
  await fc.assert(
    fc.asyncProperty(treeArb, treeArb, async (before, now) => {
      const users = logins.map((login) => ({
        login,
        aliases: [`${login}.alias`],
        externalId: `E-${login}`,
        email: `${login}@example.com`,
        groups: ['Staff'],
      }));
      const space = await openTenant({ seed: { users } });
      const { commit } = beginRepository(space.directory);
      const write = async (tree: Tree): Promise<void> => {
        for (const name of names) await space.write(name, textOf(name, tree));
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
    { numRuns: isQuick ? 5 : 25 },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
});

function changesIn(plan: unknown): readonly unknown[] {
  if (typeof plan !== 'object' || plan === null || !('resource_changes' in plan)) return [];
  return Array.isArray(plan.resource_changes) ? plan.resource_changes : [];
}
