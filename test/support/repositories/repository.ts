import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A Git repository, whatever the machine's own settings are. */
export interface Repository {
  readonly directory: string;
  readonly git: (...args: readonly string[]) => string;
  /** Commits all that is there. @returns the commit's id. */
  readonly commit: (message?: string) => string;
}

const settings = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];

export function repositoryIn(directory: string): Repository {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', [...settings, ...args], {
      cwd: directory,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
    }).trim();
  const commit = (message = 'Change the files'): string => {
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message', message);
    return git('rev-parse', 'HEAD');
  };
  return { directory, git, commit };
}

/** A directory of its own with a clone. */
export function clonedFrom({ directory, git }: Repository, ...options: readonly string[]): Repository {
  const parent = mkdtempSync(join(tmpdir(), 'faceform-clone-'));
  onTestFinished(() => {
    rmSync(parent, { recursive: true, force: true });
  });
  const into = join(parent, 'clone');
  git('clone', '--quiet', ...options, `file://${directory}`, into);
  return repositoryIn(into);
}

export function beginRepository(directory: string): Repository {
  const repository = repositoryIn(directory);
  repository.git('init', '--quiet', '--initial-branch=main');
  return repository;
}
