import { BoundedRunner, type Aside } from './bounded-runner.ts';

export type { Aside };

/** Works on each item, at most `width` at a time; rejects as {@link BoundedRunner.end} does. */
export async function forEachLimited<T>(
  width: number,
  items: Iterable<T, undefined>,
  work: (item: T, aside: Aside) => Promise<void>,
): Promise<void> {
  const runner = new BoundedRunner(width, items[Symbol.iterator](), work);
  runner.take();
  await runner.end();
}
