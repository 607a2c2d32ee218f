/** Whether a property is a login that has the same letters: a login is the same in any case. */
export function isSameUser(name: string, left: unknown, right: unknown): boolean {
  return name === 'user' && String(left).toLowerCase() === String(right).toLowerCase();
}
