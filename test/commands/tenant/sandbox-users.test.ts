import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lawRuns, lawTimeout } from '../../property-runs.ts';
import { openWorkspace, type Workspace } from '../../support/commands/workspace.ts';

const state = '.faceform/sandbox.json';
const version = 'version: 1\n';
const amy = `${version}enrollments:\n  - { user: amy, flow: mobile }\n`;
const both = `${amy}  - { user: bob, flow: mobile }\n`;

async function begun(): Promise<Workspace> {
  const workspace = await openWorkspace({ files: { 'users.yaml': amy } });
  await applied(workspace);
  return workspace;
}

async function applied({ run }: Workspace): Promise<void> {
  const ran = await run(['apply', '--sandbox', '--auto-approve', 'users.yaml']);
  expect(ran, ran.stderr + ran.stdout).toMatchObject({ code: 0 });
  const again = await run(['plan', '--sandbox', '--detailed-exitcode', 'users.yaml']);
  expect(again, again.stderr + again.stdout).toMatchObject({ code: 0, stderr: '' });
}

describe('users whom the files name once the embedded tenant has a state', () => {
  it('are added to it by the next plan, which says so once, and keep what the others have', async () => {
    const workspace = await begun();
    const { run, write, read } = workspace;
    const before = await read(state);
    await write('users.yaml', both);
    const planned = await run(['plan', '--sandbox', '--quiet', 'users.yaml']);
    expect(planned).toMatchObject({ code: 0, stdout: expect.stringContaining('1 to create') });
    expect(planned.stderr).toBe(`Note: your files name 1 new user (bob), now added to ${state}.\n`);
    expect(before).not.toContain('bob');
    expect(await read(state)).toContain('"bob"');
    expect((await run(['plan', '--sandbox', 'users.yaml'])).stderr).toBe('');
    await applied(workspace);
  });

  it('are counted where they are many', async () => {
    const { run, write } = await begun();
    const many = Array.from({ length: 7 }, (_, at) => `  - { user: u${at}, flow: mobile }\n`);
    await write('users.yaml', `${amy}${many.join('')}`);
    const { stderr } = await run(['plan', '--sandbox', 'users.yaml']);
    expect(stderr).toBe(`Note: your files name 7 new users (u0, u1, u2, u3, u4 and 2 more), now added to ${state}.\n`);
  });

  it('are in the group of the scope, which is made, and so are those who were there', async () => {
    const workspace = await begun();
    await workspace.write(
      'users.yaml',
      both.replace(version, `${version}scope: { users: group, group: Staff, onRemove: delete }\n`),
    );
    const planned = await workspace.run(['plan', '--sandbox', 'users.yaml']);
    expect(planned).toMatchObject({ code: 0 });
    expect(planned.stderr).toContain(`Note: now in the group of the scope in ${state}: amy.\n`);
    await applied(workspace);
    await workspace.write('users.yaml', amy);
    await applied(workspace);
  });

  it('may be named by UUID or external id, or be protected, and clash with nobody', async () => {
    const workspace = await begun();
    const uuid = '6f1c2b7e-0d3a-4c58-9f6e-2a7b81c9d401';
    const named = [`uuid: ${uuid}`, 'externalId: x1', 'user: user-x1', 'user: AMY']
      .map((name) => `  - { ${name}, flow: mobile }\n`)
      .join('');
    await workspace.write('users.yaml', `${version}protect: [amy, boss, uuid:${uuid}]\nenrollments:\n${named}`);
    await applied(workspace);
    const text = await workspace.read(state);
    for (const login of ['amy', 'boss', `user-${uuid}`, 'user-x1', 'user-x1-2']) {
      expect(text).toContain(`"login": "${login}"`);
    }
  });

  it.each([
    ['the entry', both.replace('bob,', 'bob, missingUsers: wait,')],
    ['the head', both.replace(version, `${version}missingUsers: wait\n`)],
  ])('are not added where %s says to wait for them', async (_, text) => {
    const { run, write, read } = await begun();
    await write('users.yaml', text);
    const planned = await run(['plan', '--sandbox', 'users.yaml']);
    expect(planned).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('bob/mobile') });
    expect(planned.stdout).toContain('No changes.');
    expect(await read(state)).not.toContain('"bob"');
  });

  it('do not change a state that is only looked at', async () => {
    const { run, write, read } = await begun();
    await write('users.yaml', both);
    const before = await read(state);
    expect((await run(['doctor', '--sandbox', 'users.yaml'])).stderr).toBe('');
    expect(await read(state)).toBe(before);
  });
});

const names = ['user: a', 'user: b', 'user: c', 'externalId: d', 'uuid: 00000000-0000-4000-8000-00000000000e'];
const entry = fc.record({
  name: fc.constantFrom(...names),
  rest: fc.constantFrom(
    'flow: mobile',
    'flow: mobile, enabled: false',
    'flow: mobile, lifetime: 90d, missingUsers: ignore',
    'flow: web, applicantId: NAME',
    'state: absent',
    'flow: mobile, missingUsers: wait',
  ),
});
const removal = fc.constantFrom('keep', 'disable', 'delete');
const file = fc
  .record({
    entries: fc.uniqueArray(entry, { selector: ({ name }) => name }),
    group: fc.constantFrom(undefined, 'Staff', 'Guests'),
    onRemove: removal,
    unmatched: removal,
    missingUsers: fc.constantFrom('error', 'wait'),
    protect: fc.subarray(['boss', 'externalId:owner']),
  })
  .map(({ entries, group, onRemove, unmatched, missingUsers, protect }) =>
    [
      'version: 1',
      ...(group === undefined ? [] : [`scope: { users: group, group: ${group}, onRemove: ${onRemove} }`]),
      `unmatched: ${unmatched}`,
      `missingUsers: ${missingUsers}`,
      `protect: [${protect.map((name) => `'${name}'`).join(', ')}]`,
      `enrollments: [${entries.map(({ name, rest }) => `{ ${name}, ${rest.replace('NAME', `'of ${name}'`)} }`).join(', ')}]`,
      '',
    ].join('\n'),
  );

describe('any file', () => {
  it(
    'can be applied to the embedded tenant of any other, and then has nothing left to do',
    async () => {
      const law = fc.asyncProperty(file, file, async (first, second) => {
        // Users who may be missing are not put into a group either.
        fc.pre(!second.includes('users: group') || !/missingUsers: (?:wait|ignore)/.test(second));
        const workspace = await openWorkspace({ files: { 'users.yaml': first } });
        await workspace.run(['apply', '--sandbox', '--auto-approve', 'users.yaml']);
        await workspace.write('users.yaml', second);
        const ran = await workspace.run(['apply', '--sandbox', '--auto-approve', 'users.yaml']);
        const again = await workspace.run(['plan', '--sandbox', '--detailed-exitcode', 'users.yaml']);
        expect([ran.code, again.code], ran.stderr + ran.stdout + again.stderr + again.stdout).toEqual([0, 0]);
      });
      await fc.assert(law, { numRuns: Math.ceil(lawRuns / 10) });
    },
    lawTimeout,
  );
});
