import { describe, expect, it } from 'vitest';
import { WorkQueue } from '../../src/limit/work-queue.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a work queue', () => {
  it('works on all that is added, also meanwhile, and never on more than its width', async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    const queue = new WorkQueue<number>(3, async (item) => {
      running += 1;
      most = Math.max(most, running);
      for (let turns = item % 3; turns >= 0; turns -= 1) await turn();
      if (item < 10) queue.add(item + 10);
      running -= 1;
      done.push(item);
    });
    for (let item = 0; item < 10; item += 1) queue.add(item);
    await queue.end();
    expect(most).toBe(3);
    expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, item) => item));
  });

  it('begins nothing after a failure, and tells it once what is under way has ended', async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const queue = new WorkQueue<number>(2, async (item) => {
      begun.push(item);
      await turn();
      if (item === 0) throw new Error('the first');
      await turn();
      ended.push(item);
    });
    for (const item of [0, 1, 2, 3]) queue.add(item);
    await expect(queue.end()).rejects.toThrow('the first');
    expect({ begun, ended }).toEqual({ begun: [0, 1], ended: [1] });
  });

  it('ends at once where nothing was added', async () => {
    await expect(new WorkQueue(1, () => Promise.reject(new Error('called'))).end()).resolves.toBeUndefined();
  });
});
