import { expect, it } from 'vitest';
import { forEachLimited } from '../../src/limit/for-each-limited.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('works on no more items than there are places, and takes at most as many ahead', async () => {
  let taken = 0;
  let running = 0;
  let most = 0;
  const done: number[] = [];
  function* items(): Generator<number, undefined> {
    for (; taken < 20; taken += 1) yield taken;
  }
  await forEachLimited(3, items(), async (item) => {
    running += 1;
    most = Math.max(most, running);
    expect(taken - done.length).toBeLessThanOrEqual(6);
    for (let turns = item % 4; turns >= 0; turns -= 1) await turn();
    running -= 1;
    done.push(item);
  });
  expect(most).toBe(3);
  expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, item) => item));
});

it('begins nothing after a failure, lets what is under way end, and rejects with the failure', async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const work = forEachLimited(2, [0, 1, 2, 3, 4], async (item) => {
    begun.push(item);
    await turn();
    if (item === 0) throw new Error('the first');
    await turn();
    ended.push(item);
  });
  await expect(work).rejects.toThrow('the first');
  expect({ begun, ended }).toEqual({ begun: [0, 1], ended: [1] });
});

it('does nothing where there are no items', async () => {
  await expect(forEachLimited(4, [], () => Promise.reject(new Error('called')))).resolves.toBeUndefined();
});

it('rejects with what the items throw, once what is under way has ended', async () => {
  const ended: number[] = [];
  function* items(): Generator<number, undefined> {
    yield* [0, 1, 2, 3, 4];
    throw new Error('no more items');
  }
  const work = forEachLimited(2, items(), async (item) => {
    await turn();
    ended.push(item);
  });
  await expect(work).rejects.toThrow('no more items');
  expect(ended).toEqual([0, 1, 2]);
});

it('lets others take the place of one that waits aside, who then does not wait for a place', async () => {
  const told: string[] = [];
  let wake = (): void => undefined;
  const woken = new Promise<void>((resolve) => {
    wake = resolve;
  });
  await forEachLimited(1, ['waits', 'goes on', 'wakes it', 'last'], async (item, aside) => {
    told.push(item);
    if (item === 'waits') {
      expect(await aside(() => woken.then(() => 'what it waited for'))).toBe('what it waited for');
      told.push('is back');
    }
    if (item !== 'wakes it') return;
    wake();
    await turn();
    told.push('has woken it');
  });
  expect(told).toEqual(['waits', 'goes on', 'wakes it', 'is back', 'has woken it', 'last']);
});

it('works on no more than there are places once all that waited are back, also where a wait failed', async () => {
  let running = 0;
  let most = 0;
  let taken = 0;
  function* items(): Generator<number, undefined> {
    for (; taken < 20; taken += 1) yield taken;
  }
  await forEachLimited(2, items(), async (item, aside) => {
    if (item < 4) {
      await expect(aside(() => turn().then(() => Promise.reject(new Error('lost'))))).rejects.toThrow('lost');
      return;
    }
    running += 1;
    if (item >= 10) most = Math.max(most, running);
    await turn();
    running -= 1;
  });
  expect({ most, taken }).toEqual({ most: 2, taken: 20 });
});
