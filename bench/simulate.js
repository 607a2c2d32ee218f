// How long a large tenant takes: the program's own throttle, in virtual time, against a tenant with a limit for all.
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { VirtualClock } from './virtual-clock.js';

const pageSize = 100;
const concurrency = 8;

async function loadThrottle() {
  const input = fileURLToPath(new URL('../src/provider/pace/throttle.ts', import.meta.url));
  const bundle = await rolldown({ input, platform: 'node' });
  const { output } = await bundle.generate({ format: 'esm' });
  await bundle.close();
  return await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
}

/** Bears so many calls a second, a second's worth of them at once, and answers all others 429. */
class Tenant {
  #clock;
  #perSecond;
  #tokens;
  #at = 0;
  refused = 0;
  answered = 0;

  constructor(clock, perSecond) {
    this.#clock = clock;
    this.#perSecond = perSecond;
    this.#tokens = perSecond;
  }

  accepts() {
    const now = this.#clock.now();
    this.#tokens = Math.min(this.#perSecond, this.#tokens + ((now - this.#at) / 1000) * this.#perSecond);
    this.#at = now;
    if (this.#tokens < 1) {
      this.refused += 1;
      return false;
    }
    this.#tokens -= 1;
    this.answered += 1;
    return true;
  }
}

/**
 * @param setup.users in the tenant, all of them listed; `perSecond`: what the tenant bears and the file says;
 *   `latencyMs`: of each call.
 * @returns seconds of virtual time, and how many calls were answered and refused.
 */
export async function simulate({ users, shards, perSecond, latencyMs }) {
  const { Throttle } = await loadThrottle();
  const clock = new VirtualClock();
  const tenant = new Tenant(clock, perSecond);
  const closing = new AbortController().signal;

  async function call(throttle) {
    for (;;) {
      const accepted = await throttle.run(async (slot) => {
        const isAccepted = tenant.accepts();
        await clock.sleep(latencyMs);
        if (isAccepted) slot.succeeded();
        else slot.throttled();
        return isAccepted;
      });
      if (accepted) return;
      throttle.pause(1000);
    }
  }

  /** Every shard resolves all names, page after page, and reads the faces of its own users meanwhile. */
  async function runShard() {
    const throttle = new Throttle({ concurrency, requestsPerSecond: perSecond / shards, clock, closing });
    const own = Math.ceil(users / shards);
    let found = 0;
    let read = 0;
    let waiting = [];
    const list = async () => {
      for (let page = 0; page < users / pageSize; page += 1) {
        await call(throttle);
        found = Math.min(own, found + pageSize / shards);
        for (const wake of waiting.splice(0)) wake();
      }
      found = own;
      for (const wake of waiting.splice(0)) wake();
    };
    const readFaces = async () => {
      while (read < own) {
        if (read < Math.floor(found)) {
          read += 1;
          await call(throttle);
        } else if (found < own) await new Promise((wake) => waiting.push(wake));
      }
    };
    await call(throttle);
    await Promise.all([list(), ...Array.from({ length: concurrency }, readFaces)]);
  }

  await clock.runUntil(Promise.all(Array.from({ length: shards }, runShard)));
  return { seconds: clock.now() / 1000, answered: tenant.answered, refused: tenant.refused };
}
