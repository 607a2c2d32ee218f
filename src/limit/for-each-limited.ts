import { BoundedRunner } from './bounded-runner.ts';

/** Works on each item, at most `width` at a time; rejects as {@link BoundedRunner.end} does. */
export async function forEachLimited<T>(
  width: number,
  items: Iterable<T, undefined>,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const runner = new BoundedRunner(width, items[Symbol.iterator](), work);
  runner.take();
  await runner.end();
}
