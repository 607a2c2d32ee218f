import { count } from '../../model/count.ts';

/** How many files were read, and how many were passed over for what they are. */
export function filesText(files: number, passedOver: number): string {
  return passedOver === 0 ? count(files, 'file') : `${count(files, 'file')} (${passedOver} passed over)`;
}
