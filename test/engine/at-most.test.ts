import { expect, it } from 'vitest';
import { atMost } from '../../src/engine/run/for-each-limited.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('no more items are worked on than there are places, and none is taken before there is one', async () => {
  let taken = 0;
  let running = 0;
  let most = 0;
  const done: number[] = [];
  function* items(): Iterable<number> {
    for (; taken < 20; taken += 1) yield taken;
  }
  await atMost(3, items(), async (item) => {
    running += 1;
    most = Math.max(most, running);
    expect(taken - done.length).toBeLessThanOrEqual(3);
    for (let turns = item % 4; turns >= 0; turns -= 1) await turn();
    running -= 1;
    done.push(item);
  });
  expect(most).toBe(3);
  expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, item) => item));
});

it('after a failure nothing is begun, what is under way ends, and the failure is told', async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const work = atMost(2, [0, 1, 2, 3, 4], async (item) => {
    begun.push(item);
    await turn();
    if (item === 0) throw new Error('the first');
    await turn();
    ended.push(item);
  });
  await expect(work).rejects.toThrow('the first');
  expect({ begun, ended }).toEqual({ begun: [0, 1], ended: [1] });
});

it('of nothing there is nothing to do', async () => {
  await expect(atMost(4, [], () => Promise.reject(new Error('called')))).resolves.toBeUndefined();
});
