import { count } from '../../model/values/count.ts';

/** How many files were read, and how many were skipped. */
export function filesText(files: number, skipped: number): string {
  return skipped === 0 ? count(files, 'file') : `${count(files, 'file')} (${skipped} skipped)`;
}
