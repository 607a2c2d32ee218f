import { queryObjects } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { forEachLimited } from '../../src/limit/for-each-limited.ts';
import { WorkQueue } from '../../src/limit/work-queue.ts';

const width = 8;
const million = 1_000_000;

/** Live promises, after a garbage collection. */
const promises = (): number => queryObjects(Promise, { format: 'count' });

/** Work that ends in a later microtask, and what was seen while it went on. */
function watchedWork(): {
  readonly work: () => Promise<void>;
  readonly seen: { most: number; begun: number; new: number };
} {
  const before = promises();
  let running = 0;
  const seen = { most: 0, begun: 0, new: 0 };
  const work = async (): Promise<void> => {
    running += 1;
    seen.most = Math.max(seen.most, running);
    seen.begun += 1;
    if (seen.begun === million / 2) seen.new = promises() - before;
    await Promise.resolve();
    running -= 1;
  };
  return { work, seen };
}

describe('a million items', () => {
  it.each([
    {
      by: 'an iterator',
      run: (work: () => Promise<void>) => forEachLimited(width, Array(million).keys(), work),
    },
    {
      by: 'a queue',
      run: (work: () => Promise<void>) => {
        const queue = new WorkQueue<number>(width, work);
        for (let item = 0; item < million; item += 1) queue.add(item);
        return queue.end();
      },
    },
  ])('from $by need a few promises at a time, and never run but so many at once', async ({ run }) => {
    const { work, seen } = watchedWork();
    await run(work);
    expect(seen).toEqual({ most: width, begun: million, new: expect.any(Number) });
    expect(seen.new).toBeGreaterThan(0);
    expect(seen.new).toBeLessThan(width * 20);
  });
});
