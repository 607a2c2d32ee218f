import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { SandboxSeed } from '../../src/sandbox/index.ts';
import { listOf, memberOf } from '../support/commands/expectations.ts';
import { openWorkspace } from '../support/commands/workspace.ts';

const folder = new URL('../../examples/policy/', import.meta.url);
const policy = await readFile(new URL('faces.rego', folder), 'utf8');

/** One face for each but ann, the same each time. */
const state: SandboxSeed = {
  users: ['ann', 'bob', 'cyd', 'dot', 'eve'].map((login, at) => ({
    login,
    id: `00000000-0000-4000-8000-00000000000${at}`,
    email: `${login}@mail.example`,
    faces:
      login === 'ann'
        ? []
        : [
            {
              id: `10000000-0000-4000-8000-00000000000${at}`,
              serialNumber: `1000${at}-10000`,
              status: login === 'dot' ? 'FAILED' : 'ACTIVE',
              created: '2026-03-02T10:00:00Z',
            },
          ],
  })),
};

/** The samples, and what the files of each ask for. */
const samples = {
  /** A create that has its ticket, and nothing that anybody loses. */
  allowed: `version: 1
enrollments:
  - { user: ann, flow: mobile, annotations: { ticket: HR-1 } }
  - { user: dot, flow: mobile }
`,
  /** A create without a ticket, a delete that an entry asks for, one that only the scope's rule does, and a near expiry. */
  denied: `version: 1
scope: { users: tenant, onRemove: delete }
enrollments:
  - { user: ann, flow: mobile }
  - { user: bob, state: absent }
  - { user: dot, flow: mobile }
  - { user: eve, flow: mobile, expiry: '2026-06-08T12:00:00Z' }
`,
} as const;

async function planOf(sample: keyof typeof samples): Promise<string> {
  const { run } = await openWorkspace({
    files: { 'faces.yaml': samples[sample], 'tenant.json': JSON.stringify(state) },
    secretFiles: /tenant\.json/,
  });
  const { code, stdout } = await run(['plan', 'faces.yaml', '--sandbox', 'tenant.json', '--format', 'json']);
  expect(code).toBe(0);
  return stdout;
}

describe('the sample plan', () => {
  it.each(['allowed', 'denied'] as const)('%s is what plan prints', async (name) => {
    await expect(await planOf(name)).toMatchFileSnapshot(fileURLToPath(new URL(`${name}.plan.json`, folder)));
  });
});

const changesOf = (plan: unknown): readonly unknown[] => listOf(plan, 'resource_changes');
const actionsOf = (change: unknown): readonly unknown[] => listOf(memberOf(change, 'change'), 'actions');

describe('the policy', () => {
  it('reads members that are in the plan, where it says', async () => {
    const plans = await Promise.all((['allowed', 'denied'] as const).map(async (name) => parsed(await planOf(name))));
    const top = new Set([...policy.matchAll(/input\.(\w+)/g)].map(([, name = '']) => name));
    expect(top).toEqual(new Set(['resource_changes', 'x_complete', 'x_standing']));
    for (const plan of plans) for (const name of top) expect(plan).toHaveProperty(name);
    const paths = new Set([...policy.matchAll(/\bchange\.([\w.]+)/g)].map(([, path = '']) => path));
    expect(paths.size).toBeGreaterThan(5);
    const changes = plans.flatMap((plan) => [...changesOf(plan), ...listOf(plan, 'x_standing')]);
    for (const path of paths) {
      const has = (change: unknown): boolean =>
        path.split('.').reduce((value: unknown, name) => memberOf(value, name), change) !== undefined;
      expect({ path, found: changes.some(has) }).toEqual({ path, found: true });
    }
  });

  it('finds nothing to deny in the one, and each kind of thing in the other', async () => {
    const [allowed, denied] = await Promise.all([planOf('allowed').then(parsed), planOf('denied').then(parsed)]);
    expect(changesOf(allowed).map(actionsOf)).toEqual([['create']]);
    expect(memberOf(memberOf(changesOf(allowed)[0], 'x_annotations'), 'ticket')).toBe('HR-1');
    expect(memberOf(allowed, 'x_complete')).toBe(true);
    const deletes = changesOf(denied).filter((change) => memberOf(change, 'x_action') === 'delete');
    expect(deletes.map((change) => memberOf(change, 'x_source') !== undefined).toSorted()).toEqual([false, true]);
    const create = changesOf(denied).find((change) => memberOf(change, 'x_action') === 'create');
    expect(memberOf(memberOf(create, 'x_annotations'), 'ticket')).toBeUndefined();
  });

  // Where there is no conftest, which no package brings without a download, the tests above look at what the policy reads.
  it('says so to conftest, if there is one', async () => {
    const test = (name: string): Promise<unknown> =>
      promisify(execFile)('conftest', ['test', `${name}.plan.json`, '--policy', '.'], { cwd: folder }).then(
        () => 'passed',
        (error: unknown) => (memberOf(error, 'code') === 'ENOENT' ? 'no conftest' : 'failed'),
      );
    expect([
      ['no conftest', 'no conftest'],
      ['passed', 'failed'],
    ]).toContainEqual([await test('allowed'), await test('denied')]);
  });
});

function parsed(text: string): unknown {
  return JSON.parse(text);
}
