import { execFile } from 'node:child_process';
import { errorCode } from '../../files/error-code.ts';
import type { Surroundings } from '../process/io.ts';

/** How a call of Git ended. */
export type GitAnswer =
  | { readonly state: 'done'; readonly text: string }
  /** `says` is the first line of what Git wrote, in English. */
  | { readonly state: 'failed'; readonly code: number; readonly says: string }
  | { readonly state: 'not installed' };

/** More than the answers that are asked for here. */
const largestBytes = 1024 * 1024;

/**
 * For every call: nothing is fetched, since the credentials may be gone and a fetch would take long, and no object is
 * replaced by another.
 */
export const safely: readonly string[] = ['--no-replace-objects', '-c', 'protocol.allow=never'];

/** Runs Git in the working directory and waits for its end. It can read only. */
export function runGit(args: readonly string[], world: Surroundings): Promise<GitAnswer> {
  const options = {
    cwd: world.workingDirectory,
    env: environmentOf(world),
    maxBuffer: largestBytes,
    windowsHide: true,
  };
  return new Promise((resolve, reject) => {
    execFile('git', [...safely, ...args], options, (error, stdout, stderr) => {
      if (error === null) resolve({ state: 'done', text: stdout });
      else if (errorCode(error) === 'ENOENT') resolve({ state: 'not installed' });
      else if (typeof error.code === 'number') resolve({ state: 'failed', code: error.code, says: firstLine(stderr) });
      else reject(new Error('git could not be run', { cause: error }));
    });
  });
}

/** Without faceform's own secrets, and so that Git's messages are in English and it asks nobody. */
export function environmentOf({ environment }: Surroundings): Record<string, string | undefined> {
  const others = Object.entries(environment).filter(([name]) => !/^FACE(?:FORM)?_/i.test(name));
  return {
    ...Object.fromEntries(others),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
  };
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').replace(/^(?:fatal|error): /, '');
}
