import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { listOf, memberOf } from '../commands/expectations.ts';
import { openTenant } from '../commands/workspace.ts';

const policy = await readFile(new URL('../../examples/policy/faces.rego', import.meta.url), 'utf8');

/** A plan with a create, a delete that an entry asks for, one that only the scope's rule does, and a failed face. */
async function planned(): Promise<unknown> {
  const users = [
    { login: 'ann', email: 'ann@mail.example' },
    { login: 'bob', faces: [{}] },
    { login: 'cyd', faces: [{}] },
    { login: 'dot', faces: [{ status: 'FAILED' as const }] },
  ];
  const file = `version: 1
scope: { users: tenant, onRemove: delete }
enrollments:
  - { user: ann, flow: mobile, annotations: { ticket: HR-1 } }
  - { user: bob, state: absent }
  - { user: dot, flow: mobile }
`;
  const { run } = await openTenant({ seed: { users } }, { files: { 'faces.yaml': file } });
  return JSON.parse((await run(['plan', 'faces.yaml', '--format', 'json'])).stdout);
}

// No OPA is to be had as a package without an install script or a download, so that what the policy reads is checked.
it('every member that the policy reads is in the plan, where it says', async () => {
  const plan = await planned();
  const top = [...policy.matchAll(/input\.(\w+)/g)].map(([, name = '']) => name);
  expect(new Set(top)).toEqual(new Set(['resource_changes', 'x_complete', 'x_standing']));
  for (const name of top) expect(plan).toHaveProperty(name);
  const paths = [...policy.matchAll(/\bchange\.([\w.]+)/g)].map(([, path = '']) => path);
  expect(new Set(paths).size).toBeGreaterThan(5);
  const changes = [...listOf(plan, 'resource_changes'), ...listOf(plan, 'x_standing')];
  for (const path of new Set(paths)) {
    const has = (change: unknown): boolean =>
      path.split('.').reduce((value: unknown, name) => memberOf(value, name), change) !== undefined;
    expect({ path, found: changes.some(has) }).toEqual({ path, found: true });
  }
});

it('what it denies is there to be told apart', async () => {
  const plan = await planned();
  const changes = listOf(plan, 'resource_changes');
  const deletes = changes.filter((change) => memberOf(change, 'x_action') === 'delete');
  expect(deletes.map((change) => memberOf(change, 'x_source') !== undefined).toSorted()).toEqual([false, true]);
  const actions = changes.map((change) => listOf(memberOf(change, 'change'), 'actions').join());
  expect(actions.toSorted()).toEqual(['create', 'delete', 'delete']);
  const [standing] = listOf(plan, 'x_standing');
  expect(memberOf(memberOf(standing, 'x_status'), 'state')).toBe('attention');
});
