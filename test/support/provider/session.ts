import type { CreateRequest } from '../../../src/model/tenant.ts';
import { Secret } from '../../../src/model/values/secret.ts';
import type { Clock, ConnectRequest } from '../../../src/provider/index.ts';

/** Time that passes only by sleeping, and then at once. */
export interface QuickClock extends Clock {
  readonly slept: readonly number[];
}

export function quickClock(): QuickClock {
  let now = Date.parse('2026-01-01T00:00:00Z');
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: (ms) => {
      slept.push(ms);
      now += ms;
      return Promise.resolve();
    },
  };
}

export const sharedSecret = 's3cr3t-of-the-application';

/** A request with limits that a test can wait for; the rate is high enough never to matter. */
export function requestTo(url: string, changes: Partial<ConnectRequest> = {}): ConnectRequest {
  return {
    url,
    applicationId: 'app',
    sharedSecret: new Secret(sharedSecret),
    concurrency: 8,
    requestsPerSecond: 1e6,
    clock: quickClock(),
    random: () => 1,
    limits: { headersMs: 150, bodyMs: 150, connectMs: 500 },
    ...changes,
  };
}

/** What a promise was rejected with. */
export async function rejection(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('it was not rejected');
}

/** Of a create for a user without faces. */
export const anyNew: Pick<CreateRequest, 'likeness'> = { likeness: () => 'sure' };
