import { execFile } from 'node:child_process';
import { errorCode } from '../../files/error-code.ts';
import type { Surroundings } from '../process/io.ts';

/** How a call of Git ended. */
export type GitAnswer =
  | { readonly state: 'done'; readonly text: string }
  /** `says` is the first line of what Git wrote, in English. */
  | { readonly state: 'failed'; readonly code: number; readonly says: string }
  | { readonly state: 'not installed' }
  /** `why`: the system's code or the signal. */
  | { readonly state: 'not run'; readonly why: string };

/** More than the answers that are asked for here. */
const largestBytes = 1024 * 1024;

/** For every call: no object is replaced by another. */
export const safely: readonly string[] = ['--no-replace-objects'];

/** What Git needs to run and to find its settings. It gets nothing else: credentials and tokens are in variables, too. */
const passedOn =
  /^(?:PATH|PATHEXT|HOME|HOMEDRIVE|HOMEPATH|USERPROFILE|XDG_CONFIG_HOME|SYSTEMROOT|TMP|TEMP|TMPDIR|GIT_.*)$/i;

/** Runs Git in the working directory and waits for its end. It can read only. */
export function runGit(args: readonly string[], world: Surroundings): Promise<GitAnswer> {
  const options = {
    cwd: world.workingDirectory,
    env: environmentOf(world),
    maxBuffer: largestBytes,
    windowsHide: true,
  };
  return new Promise((resolve) => {
    execFile('git', [...safely, ...args], options, (error, stdout, stderr) => {
      if (error === null) resolve({ state: 'done', text: stdout });
      else if (errorCode(error) === 'ENOENT') resolve({ state: 'not installed' });
      else if (typeof error.code === 'number') resolve({ state: 'failed', code: error.code, says: firstLine(stderr) });
      else resolve({ state: 'not run', why: error.signal ?? errorCode(error) ?? 'it gave no reason' });
    });
  });
}

/**
 * Git's messages are in English, it asks nobody, and it fetches nothing: the credentials may be gone, and a fetch takes
 * long. No setting of the repository has a say in that.
 */
export function environmentOf({ environment }: Surroundings): Record<string, string | undefined> {
  return {
    ...Object.fromEntries(Object.entries(environment).filter(([name]) => passedOn.test(name))),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_ALLOW_PROTOCOL: 'none',
  };
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').replace(/^(?:fatal|error): /, '');
}
