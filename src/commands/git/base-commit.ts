import { CommandError } from '../process/command-error.ts';
import type { Surroundings } from '../process/io.ts';
import { runGit, type GitAnswer } from './run-git.ts';

/** The commit that the files are compared with, in the repository around the working directory. */
export interface BaseCommit {
  /** What the user named. */
  readonly ref: string;
  readonly id: string;
  /** Absolute path of the work tree, without links. */
  readonly root: string;
  readonly hash: 'sha1' | 'sha256';
  /** After merges in both directions, no single commit is what both sides began with. */
  readonly isOneOfSeveral: boolean;
}

/** The merge base of a ref and HEAD. @throws CommandError with the command that mends it. */
export async function findBase(ref: string, world: Surroundings): Promise<BaseCommit> {
  const asked = ['rev-parse', '--show-toplevel', '--is-shallow-repository', '--show-object-format'];
  const about = textOf(await runGit(asked, world), notAWorkTree).split('\n');
  const [root = '', isShallow, hash] = about;
  // There Git may answer an older commit than the merge base, and says nothing.
  if (isShallow !== 'false') throw shallow(ref);
  const commit = textOf(await runGit(['rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`], world), () =>
    noSuchRef(ref),
  );
  const base = await runGit(['merge-base', '--all', commit.trim(), 'HEAD'], world);
  const [id = '', ...others] = textOf(base, (code, says) => (code === 1 ? noMergeBase(ref) : noHead(says)))
    .trim()
    .split('\n');
  return { ref, id, root, hash: hash === 'sha256' ? hash : 'sha1', isOneOfSeveral: others.length > 0 };
}

function textOf(answer: GitAnswer, problem: (code: number, says: string) => CommandError): string {
  switch (answer.state) {
    case 'done':
      return answer.text;
    case 'not installed':
      throw new CommandError(
        '--changed-since needs Git, which is not installed',
        'Install it, or plan without --changed-since.',
      );
    case 'not run':
      throw new CommandError(
        `--changed-since could not run git: ${answer.why}`,
        'Check that git runs here, or plan without --changed-since.',
      );
    case 'failed':
      throw problem(answer.code, answer.says);
  }
}

function notAWorkTree(_: number, says: string): CommandError {
  const isForeign = says.startsWith('detected dubious ownership');
  const hint = isForeign
    ? 'If you trust its owner, run: git config --global --add safe.directory "$PWD"'
    : 'Run it in a clone of the repository that has the files, with its work tree.';
  return new CommandError(`--changed-since needs a Git work tree: ${says}`, hint);
}

function shallow(ref: string): CommandError {
  return new CommandError(
    '--changed-since needs the history back to the merge base, and this clone is shallow',
    'On GitHub, give actions/checkout fetch-depth: 0. On GitLab, set GIT_DEPTH to 0. ' +
      `Elsewhere, run: git fetch --unshallow --no-tags origin${refspec(ref)}`,
  );
}

function noSuchRef(ref: string): CommandError {
  const isSha = /^[0-9a-f]{7,64}$/.test(ref);
  const fetch = isSha ? ` ${ref}` : refspec(ref);
  const then = isSha || remoteBranch(ref) !== undefined || fetch === '' ? 'Run' : `Name origin/${ref}, and run`;
  return new CommandError(
    `--changed-since names ${ref}, which this repository does not have`,
    `${then}: git fetch --no-tags origin${fetch}`,
  );
}

function noMergeBase(ref: string): CommandError {
  return new CommandError(
    `--changed-since names ${ref}, which has no commit in common with HEAD`,
    `Name the branch that this one will be merged into. If its history was cut off, run: git fetch --no-tags origin${refspec(ref)}`,
  );
}

function noHead(says: string): CommandError {
  return new CommandError(`--changed-since found no merge base: ${says}`, 'Check out the commit to plan.');
}

/** What fetches a branch to the name it has here; empty where the ref is no name of a branch. */
function refspec(ref: string): string {
  const branch = remoteBranch(ref) ?? ref;
  const isPlain = /^[A-Za-z][\w./-]*$/.test(branch) && !/^(?:HEAD|[0-9a-f]{7,64})$/.test(branch);
  return isPlain ? ` +refs/heads/${branch}:refs/remotes/origin/${branch}` : '';
}

function remoteBranch(ref: string): string | undefined {
  return /^(?:refs\/remotes\/)?origin\/(.+)$/.exec(ref)?.[1];
}
