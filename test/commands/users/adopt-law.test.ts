import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isQuick } from '../../property-runs.ts';
import { isPlanFile } from '../../../src/report/plan-json/read-plan.ts';
import { fileNames, logins, textOf, treeArb, users } from '../../support/commands/random-trees.ts';
import { openTenant, type TenantWorkspace } from '../../support/commands/workspace.ts';

const numRuns = isQuick ? 5 : 15;

/** What somebody does by hand. */
const driftArb = fc.array(
  fc.record({
    login: fc.constantFrom(...logins),
    does: fc.constantFrom('disable', 'delete', 'add', 'enable'),
  }),
  { maxLength: 4 },
);

type Drift = typeof driftArb extends fc.Arbitrary<infer T> ? T : never;

function drift({ sandbox }: TenantWorkspace, steps: Drift): void {
  for (const { login, does } of steps) {
    const [face] = sandbox.tenant.faces(login);
    if (does === 'add' && face === undefined) sandbox.tenant.addFace(login, { flow: 'mobile', status: 'ACTIVE' });
    if (face === undefined || does === 'add') continue;
    if (does === 'delete') sandbox.tenant.removeFace(face.id);
    else sandbox.tenant.setStatus(face.id, does === 'disable' ? 'DISABLED' : 'ACTIVE');
  }
}

const textsIn = (space: TenantWorkspace): Promise<readonly string[]> =>
  Promise.all(fileNames.map((name) => space.read(name)));

describe('adopt, over random trees', () => {
  it('changes no byte right after an apply, and after drift leaves nothing to plan for whom it adopted', async () => {
    const seen = { adopted: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(treeArb, driftArb, async (tree, steps) => {
        const space = await openTenant({ seed: { users } });
        for (const name of fileNames) await space.write(name, textOf(name, tree));
        const applied = await space.run(['apply', '--auto-approve', ...fileNames]);
        expect(applied.code, applied.stderr).toBe(0);
        const before = await textsIn(space);
        const none = await space.run(['adopt', '--all-drift', ...fileNames]);
        expect(none.code, none.stderr).toBe(0);
        expect(await textsIn(space)).toEqual(before);

        // That somebody has a face whose entry is absent is for no entry to ask.
        const absent = tree.wishes.flatMap(({ login, rest }) => (rest === 'state: absent' ? [login] : []));
        drift(
          space,
          steps.filter(({ login }) => !absent.includes(login)),
        );
        const adopted = await space.run(['adopt', '--all-drift', '--into', 'a.yaml', ...fileNames]);
        seen[adopted.code === 0 ? 'adopted' : 'refused'] += 1;
        if (adopted.code !== 0) return;
        // A face that is not there may be one that is still to come: who wants none says so by name.
        const planned = await space.run(['plan', '--format', 'json', ...fileNames]);
        const plan: unknown = JSON.parse(planned.stdout);
        if (!isPlanFile(plan)) throw new Error(planned.stderr);
        expect(plan.resource_changes.filter(({ x_action: action }) => action !== 'create')).toEqual([]);
        const missing = plan.resource_changes.flatMap(({ x_user: { login } }) => ['--user', login]);
        if (missing.length > 0) {
          const gone = await space.run(['adopt', ...missing, '--into', 'a.yaml', ...fileNames]);
          expect(gone.code, gone.stderr).toBe(0);
        }
        const { stdout } = await space.run(['plan', ...fileNames]);
        expect(stdout).toContain('No changes.');
        const after = await textsIn(space);
        expect((await space.run(['adopt', '--all-drift', ...fileNames])).code).toBe(0);
        expect(await textsIn(space)).toEqual(after);
      }),
      { numRuns },
    );
    expect(seen.adopted).toBeGreaterThan(0);
  });
});
