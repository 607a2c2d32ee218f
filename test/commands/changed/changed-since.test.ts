import { mkdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PlanFile } from '../../../src/report/generated/plan-file.generated.ts';
import { isPlanFile } from '../../../src/report/plan-json/read-plan.ts';
import { beginRepository, type Repository } from '../../support/repositories/repository.ts';
import { entry, file, logins, openTeams, type Teams } from '../../support/repositories/three-teams.ts';
import { openWorkspace, type TenantWorkspace } from '../../support/commands/workspace.ts';

let space: TenantWorkspace;
let repository: Repository;
let runIn: Teams['runIn'];

beforeEach(async () => {
  ({ space, repository, runIn } = await openTeams());
});

async function planned(args: readonly string[]): Promise<PlanFile> {
  const { stdout, stderr } = await space.run(['plan', '--format', 'json', ...args]);
  const plan: unknown = JSON.parse(stdout);
  if (!isPlanFile(plan)) throw new Error(`no plan: ${stderr}`);
  return plan;
}

/** What is written, by the plan that reads only those whose entries differ; the same as that of the full plan. */
async function changesSince(ref = 'main', paths: readonly string[] = ['teams']): Promise<PlanFile> {
  const [since, full] = [await planned(['--changed-since', ref, ...paths]), await planned([...paths])];
  expect(since.resource_changes).toEqual(full.resource_changes);
  expect(since.x_read?.merge_base).toMatch(/^[0-9a-f]{40}$/);
  return since;
}

describe('plan --changed-since', () => {
  it('reads nobody else than those whose entries differ, and says so first', async () => {
    await space.write('teams/team0.yaml', file([...logins.slice(0, 9), 'newcomer']));
    await space.write(
      'teams/team1.yaml',
      file(logins.slice(10, 20)).replace('user12\n', 'user12\n    enabled: false\n'),
    );
    const before = space.sandbox.tenant.requests.length;
    const ran = await space.run(['plan', '--changed-since', 'main', 'teams']);
    const [first] = ran.stdout.split('\n');
    const base = repository.git('rev-parse', '--short=7', 'main');
    expect(first).toBe(
      `2 of 30 users read, and 1 without an entry: those whose entries differ from ${base} (merge base of main). Drift of the other 28 was not checked.`,
    );
    const asked = space.sandbox.tenant.requests.slice(before).filter(({ path }) => path.endsWith('/faces'));
    expect(asked).toHaveLength(3);
    expect(space.sandbox.tenant.requests.length - before).toBeLessThanOrEqual(15);
    expect((await changesSince()).summary).toMatchObject({ create: 1, disable: 1 });
  });

  it('says by name whose face stays though its entry is gone', async () => {
    await space.write('teams/team0.yaml', file(logins.slice(1, 10)));
    const { diagnostics } = await changesSince();
    expect(diagnostics).toMatchObject([
      { code: 'NO_LONGER_MANAGED', summary: expect.stringContaining('"user1/mobile" is no longer in the files') },
    ]);
    space.sandbox.tenant.removeUser('user1');
    expect((await changesSince()).diagnostics).toEqual([]);
  });

  it('does to those who are removed what the scope of a group says, and asks for their membership alone', async () => {
    const scope = 'scope: { users: group, group: Staff, onRemove: delete }\nbudgets: { delete: 30 }\n';
    const staff = logins.slice(0, 20);
    space.sandbox.tenant.removeUser('user1');
    space.sandbox.tenant.removeUser('user2');
    for (const login of ['user1', 'user2'])
      space.sandbox.tenant.addUser({ login, groups: ['Staff'], faces: [{ flow: 'mobile' }] });
    await rm(join(space.directory, 'teams/team2.yaml'));
    await space.write('teams/team0.yaml', file(['user1', 'user2'], scope));
    await space.write('teams/team1.yaml', file([]));
    repository.commit();
    repository.git('branch', '--force', 'main');
    await space.write('teams/team0.yaml', file(['user2'], scope));
    const { resource_changes: changes, x_read: read } = await changesSince();
    expect(staff).toContain(changes[0]?.x_user.login);
    expect(changes).toMatchObject([{ change: { actions: ['delete'] }, x_user: { login: 'user1' } }]);
    expect(read).toMatchObject({ mode: 'changed-since', users_read: 1 });
  });

  it('takes renamed, moved, split and reordered files, comments and other spellings for no change', async () => {
    await rename(join(space.directory, 'teams/team0.yaml'), join(space.directory, 'teams/first.yaml'));
    await mkdir(join(space.directory, 'teams/below'));
    for (const [at, login] of logins.slice(10, 20).entries())
      await space.write(`teams/below/${at}.yaml`, file([login]));
    await rm(join(space.directory, 'teams/team1.yaml'));
    await space.write('teams/team2.yaml', `# A comment.\n${file(logins.slice(20, 30).toReversed())}`);
    expect(await changesSince()).toMatchObject({
      x_read: { mode: 'changed-since', users_read: 0, users_left_out: 30 },
    });
    const { stdout, code } = await space.run(['plan', '--detailed-exitcode', '--changed-since', 'main', 'teams']);
    expect(stdout).toContain('No changes. The users that were read match the files.');
    expect(code).toBe(0);
  });

  it('takes a changed default for a change of each entry that it reaches', async () => {
    await space.write('teams/team0.yaml', file(logins.slice(0, 10), 'defaults: { enabled: false }\n'));
    expect((await changesSince()).x_read).toMatchObject({ users_read: 10 });
  });

  it('plans all entries that name one user, whichever name changed', async () => {
    await space.write(
      'teams/team0.yaml',
      `${file(logins.slice(0, 10))}${entry('alias-user11', '    label: second\n')}`,
    );
    const { resource_changes: changes, summary } = await changesSince();
    expect(changes.map(({ change }) => change.actions)).toEqual([['create']]);
    expect(summary.noop).toBe(1);
  });

  it.each([
    ['unmatched: disable\n', "'unmatched' differs"],
    ['missingUsers: wait\n', "'missingUsers' differs"],
    ['scope: { users: tenant, onRemove: keep }\n', "'scope' differs"],
    ['tenant: { concurrency: 4 }\n', "'tenant' differs"],
  ])('reads everybody where the files differ in %j, and says why', async (head, reason) => {
    await space.write('teams/team0.yaml', file(logins.slice(0, 10), head));
    const { stdout } = await space.run(['plan', '--changed-since', 'main', 'teams']);
    expect(stdout).toMatch(
      new RegExp(`^All 30 users read, not only those whose entries differ from .*: ${reason}\\.\n`),
    );
    expect((await changesSince()).x_read).toMatchObject({ mode: 'full', reason, users_read: 30, ref: 'main' });
  });

  it('reads everybody where the files of the merge base do not load', async () => {
    await space.write('teams/team0.yaml', 'version: 1\nenrollments: 7\n');
    repository.commit();
    repository.git('branch', '--force', 'main');
    await space.write('teams/team0.yaml', file(logins.slice(0, 10)));
    const { x_read: read } = await changesSince();
    expect(read?.reason).toMatch(/^the files of [0-9a-f]{7} have errors: teams\/team0\.yaml:2:14: /);
    expect(read).toMatchObject({ mode: 'full', users_read: 30 });
  });

  it('keeps shares of budgets as they are for all users of the files', async () => {
    const budget = 'budgets: { disable: "10%" }\n';
    await space.write('teams/team0.yaml', file(logins.slice(0, 10), budget));
    repository.commit();
    repository.git('branch', '--force', 'main');
    await space.write(
      'teams/team0.yaml',
      file(logins.slice(0, 10), budget).replaceAll(/(user[1-4])\n/g, '$1\n    enabled: false\n'),
    );
    expect((await changesSince()).x_budgets).toContainEqual({ budget: 'disable', used: 4, allowed: 3, limit: '10%' });
  });

  it('compares with the merge base, not with what the branch has become', async () => {
    repository.git('switch', '--quiet', 'main');
    await space.write('teams/team2.yaml', file(logins.slice(20, 29)));
    repository.commit();
    repository.git('switch', '--quiet', 'feature');
    await space.write('teams/team0.yaml', file(logins.slice(0, 10)).replace('user3\n', 'user3\n    enabled: false\n'));
    repository.commit();
    expect((await changesSince()).x_read).toMatchObject({ users_read: 1 });
    repository.git('merge', '--quiet', '--no-edit', 'main');
    expect((await changesSince()).x_read).toMatchObject({ users_read: 1 });
    repository.git('checkout', '--quiet', '--detach');
    expect((await changesSince()).x_read).toMatchObject({ users_read: 1 });
    const parent = await openWorkspace();
    const tree = join(parent.directory, 'tree');
    repository.git('worktree', 'add', '--quiet', tree, 'HEAD');
    const { stdout } = await runIn(tree, ['plan', '--changed-since', 'main', 'teams']);
    expect(stdout).toMatch(/^1 of 29 users read: /);
  });

  it('takes all users of a path that was not there for new ones', async () => {
    await space.write('more/new.yaml', file(['newcomer']));
    expect((await changesSince('main', ['teams', 'more'])).summary.create).toBe(1);
  });

  it('follows links within the repository, and reads everybody where one leads out of it', async () => {
    await space.write('common/team3.yaml', file(['newcomer']));
    space.sandbox.tenant.addFace('newcomer', { flow: 'mobile', status: 'ACTIVE' });
    await symlink('../common/team3.yaml', join(space.directory, 'teams/team3.yaml'));
    repository.commit();
    repository.git('branch', '--force', 'main');
    expect((await changesSince()).x_read).toMatchObject({ users_read: 0 });
    await space.write('common/team3.yaml', file(['user1x']));
    await rm(join(space.directory, 'teams/team3.yaml'));
    await symlink(join(space.directory, 'common/team3.yaml'), join(space.directory, 'teams/team3.yaml'));
    repository.commit();
    repository.git('branch', '--force', 'main');
    const { x_read: read } = await planned(['--changed-since', 'main', '--skip-missing-users', 'teams']);
    expect(read?.reason).toMatch(/^teams\/team3\.yaml leads out of the repository in /);
  });

  it('reads everybody where a submodule is among the paths', async () => {
    const other = await openWorkspace({ files: { 'team.yaml': file(['newcomer']) } });
    beginRepository(other.directory).commit();
    repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', other.directory, 'teams/other');
    repository.commit();
    repository.git('branch', '--force', 'main');
    expect((await changesSince()).x_read?.reason).toMatch(/^teams\/other is a submodule in /);
  });

  it('takes files that Git does not know for new ones', async () => {
    await space.write('.gitignore', 'teams/made.yaml\n');
    await space.write('teams/made.yaml', file(['newcomer']));
    expect((await changesSince()).x_read).toMatchObject({ users_read: 1 });
  });

  it('has --replace and --target beside it', async () => {
    const replaced = await planned(['--changed-since', 'main', '--replace', 'user5/mobile', 'teams']);
    expect(replaced).toMatchObject({ x_read: { users_read: 1 }, summary: { replace: 1 } });
    await space.write('teams/team0.yaml', file(logins.slice(0, 10), 'defaults: { enabled: false }\n'));
    const targeted = await planned(['--changed-since', 'main', '--target', 'user1*', 'teams']);
    expect(targeted.resource_changes.map(({ x_user }) => x_user.login)).toEqual(['user1', 'user10']);
    const excluded = await planned(['--changed-since', 'main', '--exclude', 'user1*', 'teams']);
    expect(excluded.summary.disable).toBe(8);
  });
});

describe('apply --changed-since', () => {
  it('carries out what differs, and the second time nothing', async () => {
    await space.write('teams/team0.yaml', file([...logins.slice(0, 9), 'newcomer']));
    const args = ['apply', '--auto-approve', '--changed-since', 'main', 'teams'];
    expect((await space.run(args)).stdout).toContain('1 planned = 1 applied');
    expect((await space.run(args)).stdout).toContain('No changes. The users that were read match the files');
  });
});
