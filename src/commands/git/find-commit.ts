import { dirname, join, resolve } from 'node:path';
import { readRegular } from '../../files/read-regular.ts';

/** Larger than the packed references of a million branches. */
const largestBytes = 128 * 1024 * 1024;

/**
 * The commit that is checked out in the Git work tree around a directory; undefined where there is none.
 * Git's files are read directly, so that no program has to be installed or run.
 */
export async function findCommit(directory: string): Promise<string | undefined> {
  const git = await findGitDirectory(resolve(directory));
  if (git === undefined) return undefined;
  const head = await readLine(join(git, 'HEAD'));
  const reference = head?.startsWith('ref: ') === true ? head.slice('ref: '.length) : undefined;
  if (reference === undefined) return commitIn(head);
  const common = resolve(git, (await readLine(join(git, 'commondir'))) ?? '.');
  return commitIn((await readLine(join(common, reference))) ?? (await packed(common, reference)));
}

async function findGitDirectory(directory: string): Promise<string | undefined> {
  const dotGit = join(directory, '.git');
  if ((await readLine(join(dotGit, 'HEAD'))) !== undefined) return dotGit;
  const link = await readLine(dotGit);
  if (link?.startsWith('gitdir: ') === true) return resolve(directory, link.slice('gitdir: '.length));
  const parent = dirname(directory);
  return parent === directory ? undefined : findGitDirectory(parent);
}

async function packed(git: string, reference: string): Promise<string | undefined> {
  const text = await readText(join(git, 'packed-refs'));
  return text
    ?.split('\n')
    .find((line) => line.endsWith(` ${reference}`))
    ?.split(' ')[0];
}

function commitIn(text: string | undefined): string | undefined {
  return text !== undefined && /^[0-9a-f]{40,64}$/.test(text) ? text : undefined;
}

async function readLine(file: string): Promise<string | undefined> {
  return (await readText(file))?.split('\n')[0]?.trim();
}

async function readText(file: string): Promise<string | undefined> {
  try {
    const bytes = await readRegular(file, largestBytes);
    return typeof bytes === 'string' ? undefined : Buffer.from(bytes).toString('utf8');
  } catch {
    return undefined;
  }
}
