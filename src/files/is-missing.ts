import { errorCode } from './error-code.ts';

/** Whether a call of node:fs failed because nothing is at the path. */
export function isMissing(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}
