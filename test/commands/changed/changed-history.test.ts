import { execFileSync } from 'node:child_process';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { clonedFrom, type Repository } from '../../support/repositories/repository.ts';
import { file, logins, openTeams, type Teams } from '../../support/repositories/three-teams.ts';
import { openWorkspace, type Ran, type TenantWorkspace } from '../../support/commands/workspace.ts';

const realGit = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();

let space: TenantWorkspace;
let repository: Repository;
let runIn: Teams['runIn'];

beforeEach(async () => {
  ({ space, repository, runIn } = await openTeams());
});

const refusal = (ran: Ran): string => {
  expect(ran.code).toBe(1);
  expect(ran.stdout).toBe('');
  return ran.stderr;
};

describe('a history that cannot be trusted', () => {
  it('is told with the command that mends it, and never read as an empty one', async () => {
    const bare = await openWorkspace({ files: { 'teams/team.yaml': file(logins) } });
    const outside = await runIn(bare.directory, ['plan', '--changed-since', 'main', 'teams']);
    expect(refusal(outside)).toContain('--changed-since needs a Git work tree: not a git repository');
    repository.commit();
    const shallow = clonedFrom(repository, '--depth', '1', '--no-single-branch');
    const asked = (clone: Repository, ref: string): Promise<Ran> =>
      runIn(clone.directory, ['plan', '--changed-since', ref, 'teams']);
    expect(refusal(await asked(shallow, 'origin/main'))).toContain(
      'Elsewhere, run: git fetch --unshallow --no-tags origin +refs/heads/main:refs/remotes/origin/main\n',
    );
    shallow.git('fetch', '--quiet', '--unshallow', '--no-tags', 'origin', '+refs/heads/main:refs/remotes/origin/main');
    expect((await asked(shallow, 'origin/main')).stderr).not.toContain('shallow');
    expect(refusal(await asked(shallow, 'origin/gone'))).toContain(
      'Run: git fetch --no-tags origin +refs/heads/gone:refs/remotes/origin/gone',
    );
    expect(refusal(await asked(shallow, '--output=x'))).toContain('which this repository does not have');
    shallow.git('switch', '--quiet', '--orphan', 'lonely');
    await mkdir(join(shallow.directory, 'teams'));
    shallow.commit();
    const lonely = await asked(shallow, 'origin/main');
    expect(lonely.stderr).toMatch(/has no commit in common with HEAD|contains no enrollment files/);
  });

  it('of a partial clone lacks blobs, which are not fetched behind the back of the job', async () => {
    await space.write('teams/team0.yaml', file(logins.slice(0, 9)));
    repository.commit();
    repository.git('config', 'uploadpack.allowFilter', 'true');
    const partial = clonedFrom(repository, '--filter=blob:none');
    const ran = await runIn(partial.directory, ['plan', '--changed-since', 'origin/main', 'teams']);
    expect(refusal(ran)).toMatch(/needs files of [0-9a-f]{7} that this partial clone does not have/);
    expect(refusal(ran)).toContain('git fetch --refetch --no-filter');
    partial.git('fetch', '--quiet', '--refetch', '--no-filter', '--no-tags', 'origin');
    expect((await runIn(partial.directory, ['plan', '--changed-since', 'origin/main', 'teams'])).code).toBe(0);
  });

  it('is not that of a file elsewhere, or of standard input', async () => {
    const outside = await openWorkspace({ files: { 'users.yaml': file(['newcomer']) } });
    const elsewhere = join(outside.directory, 'users.yaml');
    const ran = await space.run(['plan', '--changed-since', 'main', elsewhere]);
    expect(refusal(ran)).toMatch(/--changed-since compares files of one repository, and .*users\.yaml is not below /);
    const piped = await space.run(['plan', '--changed-since', 'main', '-'], { standardInput: file(['newcomer']) });
    expect(refusal(piped)).toContain('and standard input is not below');
  });

  it('is not guessed where Git ends in the middle of an answer', async () => {
    await space.write('teams/team0.yaml', file(logins.slice(1, 10), 'scope: { users: tenant, onRemove: delete }\n'));
    repository.commit();
    const [, base = ''] = repository.git('rev-list', 'HEAD').split('\n');
    for (const bytes of [0, 60, 130, 300, 600]) {
      const cut = `#!/bin/sh\ncase "$*" in *cat-file*) timeout 0.5 git_ "$@" | head -c ${bytes} ;; *) exec git_ "$@" ;; esac\n`;
      await space.write('bin/git', cut.replaceAll('git_', realGit));
      await chmod(join(space.directory, 'bin/git'), 0o755);
      const environment = { PATH: `${join(space.directory, 'bin')}:${process.env['PATH'] ?? ''}` };
      const ran = await space.run(['plan', '--changed-since', base, 'teams'], { environment });
      if (ran.code !== 0) expect(ran.stderr).toContain('does not have');
      else expect(ran.stdout, `${bytes} bytes`).toMatch(/^All \d+ users read/);
    }
  });

  it('is not compared with a program that fails, and tells what it said', async () => {
    await space.write('bin/git', '#!/bin/sh\nkill -9 $$\n');
    await chmod(join(space.directory, 'bin/git'), 0o755);
    const environment = { PATH: join(space.directory, 'bin') };
    const killed = await space.run(['plan', '--changed-since', 'main', 'teams'], { environment });
    expect(refusal(killed)).toContain('--changed-since could not run git: SIGKILL');
  });

  it('is told neither of credentials nor of tokens', async () => {
    await space.write('bin/git', '#!/bin/sh\nenv >seen.txt\nexit 1\n');
    await chmod(join(space.directory, 'bin/git'), 0o755);
    const environment = { PATH: `${join(space.directory, 'bin')}:/usr/bin:/bin`, PROD_SECRET: 'x', GIT_DIR: '/x' };
    refusal(await space.run(['plan', '--changed-since', 'main', 'teams'], { environment }));
    const names = (await space.read('seen.txt')).split('\n').map((line) => line.split('=')[0] ?? '');
    expect(names).toContain('GIT_DIR');
    expect(names.filter((name) => /SECRET|FACE|APPLICATION/.test(name))).toEqual([]);
  });

  it('needs a program that can be run', async () => {
    const ran = await space.run(['plan', '--changed-since', 'main', 'teams'], { environment: { PATH: '/nowhere' } });
    expect(refusal(ran)).toContain('--changed-since needs Git, which is not installed');
  });
});
