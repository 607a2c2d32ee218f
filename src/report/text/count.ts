/** `1 file`, `2 files`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** How many files were read, and how many were passed over for what they are. */
export function filesText(files: number, passedOver: number): string {
  return passedOver === 0 ? count(files, 'file') : `${count(files, 'file')} (${passedOver} passed over)`;
}
