import { describe, expect, it } from 'vitest';
import { CallError } from '../../src/provider/http/errors.ts';
import { Retry } from '../../src/provider/http/retry.ts';
import { parseRetryAfter } from '../../src/provider/http/retry-after.ts';
import { Throttle, type Lane } from '../../src/provider/pace/throttle.ts';
import { WorkQueue } from '../../src/limit/work-queue.ts';
import { VirtualClock } from '../support/provider/virtual-clock.ts';

interface Load {
  readonly requestsPerSecond: number;
  readonly concurrency: number;
  readonly calls: number;
  /** Whether the tenant takes a call that reaches it at this moment. */
  readonly takes: (now: number) => boolean;
  readonly retryAfterMs?: number;
}

const latencyMs = 20;

/** Sends calls as fast as they may go, in virtual time. */
async function loaded(
  load: Load,
): Promise<{ readonly perSecond: number; readonly refusedShare: number; readonly most: number }> {
  const clock = new VirtualClock();
  const closing = new AbortController().signal;
  const { concurrency, requestsPerSecond } = load;
  const throttle = new Throttle({ concurrency, requestsPerSecond, clock, closing });
  const retry = new Retry({ clock, random: () => 0.5, throttle, closing });
  const wait = load.retryAfterMs === undefined ? {} : { retryAfterMs: load.retryAfterMs };
  const busy = {
    code: 'throttled',
    processed: 'no',
    passes: 'with-time',
    refusal: { message: 'busy' },
    ...wait,
  } as const;
  const start = clock.now();
  let sent = 0;
  let refused = 0;
  let flying = 0;
  let most = 0;
  const call = (): Promise<void> =>
    throttle.run(async (slot) => {
      sent += 1;
      flying += 1;
      most = Math.max(most, flying);
      const taken = load.takes(clock.now());
      await clock.sleep(latencyMs);
      flying -= 1;
      if (taken) {
        slot.succeeded();
        return;
      }
      refused += 1;
      slot.throttled();
      throw new CallError('GET /x', busy);
    });
  const work = new WorkQueue<number>(concurrency * 2, () => retry.run('read', call));
  for (let index = 0; index < load.calls; index += 1) work.add(index);
  await clock.runUntil(work.end());
  return { perSecond: (load.calls * 1000) / (clock.now() - start), refusedShare: refused / sent, most };
}

/** So many calls in any second. */
function slidingLimit(perSecond: number): (now: number) => boolean {
  const taken: number[] = [];
  return (now) => {
    while ((taken[0] ?? now) <= now - 1000) taken.shift();
    if (taken.length >= perSecond) return false;
    taken.push(now);
    return true;
  };
}

describe('calls to a patient tenant', () => {
  it('start at the rate that was asked for', async () => {
    const { perSecond } = await loaded({ requestsPerSecond: 50, concurrency: 8, calls: 500, takes: () => true });
    expect(perSecond).toBeGreaterThan(48);
    expect(perSecond).toBeLessThanOrEqual(50);
  });

  it('are never more in flight than was asked for', async () => {
    const { most, perSecond } = await loaded({ requestsPerSecond: 1e6, concurrency: 4, calls: 400, takes: () => true });
    expect(most).toBe(4);
    expect(perSecond).toBeGreaterThan(150);
  });
});

describe('calls to a tenant with a limit', () => {
  it('meet it where the rate is that limit', async () => {
    const { perSecond, refusedShare } = await loaded({
      requestsPerSecond: 50,
      concurrency: 8,
      calls: 1000,
      takes: slidingLimit(50),
      retryAfterMs: 1000,
    });
    expect(perSecond).toBeGreaterThan(47.5);
    expect(refusedShare).toBeLessThan(0.02);
  });

  it.each([{ retryAfterMs: 1000 }, {}])('find it where the rate is ten times as high, with %j', async (wait) => {
    const { perSecond, refusedShare } = await loaded({
      requestsPerSecond: 500,
      concurrency: 8,
      calls: 2000,
      takes: slidingLimit(50),
      ...wait,
    });
    expect(perSecond).toBeGreaterThan(30);
    expect(refusedShare).toBeLessThan(0.02);
  });

  it.each([{ retryAfterMs: 1000 }, {}])('return to it after a lull in which it took a fifth, with %j', async (wait) => {
    const full = slidingLimit(50);
    const lull = slidingLimit(10);
    let began: number | undefined;
    const { perSecond, refusedShare } = await loaded({
      requestsPerSecond: 50,
      concurrency: 8,
      calls: 3000,
      takes: (now) => {
        began ??= now;
        const seconds = (now - began) / 1000;
        return seconds >= 10 && seconds < 20 ? lull(now) : full(now);
      },
      ...wait,
    });
    // 3,000 calls at 50 a second, and 10 seconds of it at a fifth: 68 seconds at best.
    expect(perSecond).toBeGreaterThan(0.8 * (3000 / 68));
    expect(refusedShare).toBeLessThan(0.02);
  });

  it('use a limit of 200 a second to 95 %, with hardly a refusal', async () => {
    const { perSecond, refusedShare } = await loaded({
      requestsPerSecond: 200,
      concurrency: 16,
      calls: 4000,
      takes: slidingLimit(200),
      retryAfterMs: 1000,
    });
    expect(perSecond).toBeGreaterThan(190);
    expect(refusedShare).toBeLessThan(0.01);
  });
});

describe('calls that wait', () => {
  it('go in the order in which they came, those of the lane "first" before all others', async () => {
    const clock = new VirtualClock();
    const closing = new AbortController().signal;
    const order: string[] = [];
    for (const concurrency of [1, 10]) {
      const throttle = new Throttle({ concurrency, requestsPerSecond: 5, clock, closing });
      const call = (name: string, lane?: Lane): Promise<void> =>
        throttle.run(async () => {
          await clock.sleep(1);
          order.push(name);
        }, lane);
      await clock.runUntil(
        Promise.all([call('a'), call('b'), call('c'), call('D', 'first'), call('E', 'first'), call('f')]),
      );
    }
    expect(order.join('')).toBe('aDEbcf'.repeat(2));
  });

  it('are all refused once the session is closed, in either lane', async () => {
    const clock = new VirtualClock();
    const closing = new AbortController();
    const throttle = new Throttle({ concurrency: 9, requestsPerSecond: 5, clock, closing: closing.signal });
    const lanes: readonly Lane[] = ['usual', 'first', 'usual'];
    const calls = lanes.map((lane) => throttle.run(() => Promise.resolve('sent'), lane));
    closing.abort('closed');
    const ends = await clock.runUntil(Promise.allSettled(calls));
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');

  it.each([
    ['0', 0],
    [' 12 ', 12_000],
    ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['1.5', undefined],
    ['-1', undefined],
    ['5 minutes', undefined],
    ['Thu, soon', undefined],
    [undefined, undefined],
  ])('%j is read as %j milliseconds', (header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected);
  });
});
