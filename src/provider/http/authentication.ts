import type { Secret } from '../../model/values/secret.ts';
import type { Instant } from '../../model/instant.ts';
import { decodeIssued } from '../decode.ts';
import { CallError, type Fault } from './errors.ts';

export interface IssuedToken {
  readonly token: Secret;
  /** Infinity where the tenant does not say. */
  readonly lifetimeMs: number;
  /** Milliseconds on our own clock. */
  readonly renewAt: number;
}

export interface AuthenticationSettings {
  readonly host: string;
  readonly now: () => number;
  /** Calls authenticate, retries included; resolves with the answer's JSON. */
  readonly authenticate: <T>(decode: (json: unknown) => T) => Promise<T>;
}

/** A token is renewed so long before it runs out, or a tenth of its life if that is less. */
const earlyMs = 30_000;

/** New tokens in a row that were good for nothing; after them a 401 does not mean that the token is old. */
const mostUnproven = 3;

/** Keeps the session's one token; whoever needs a new one at the same time gets the same. */
export class Authentication {
  readonly #settings: AuthenticationSettings;
  #current: IssuedToken | undefined;
  #renewal: Promise<IssuedToken> | undefined;
  #refusal: CallError | undefined;
  #unproven = 0;

  constructor(settings: AuthenticationSettings) {
    this.#settings = settings;
  }

  /** @throws CallError of kind unusable. Credentials that were refused once are not sent again. */
  async token(): Promise<IssuedToken> {
    return this.current() ?? (await this.#renewed());
  }

  /** The token, unless it is about to run out. */
  current(): IssuedToken | undefined {
    const current = this.#current;
    return current !== undefined && this.#settings.now() < current.renewAt ? current : undefined;
  }

  /** A token to use instead of one that was answered with 401; a newer one that has come meanwhile will do. */
  async replace(stale: IssuedToken, refusal: CallError): Promise<IssuedToken> {
    const current = this.#current;
    if (current !== undefined && current !== stale) return current;
    if (this.#unproven >= mostUnproven) throw refusal;
    return await this.#renewed();
  }

  /** Some call was answered with other than 401. */
  proved(): void {
    this.#unproven = 0;
  }

  #renewed(): Promise<IssuedToken> {
    this.#renewal ??= this.#renew().finally(() => (this.#renewal = undefined));
    return this.#renewal;
  }

  async #renew(): Promise<IssuedToken> {
    if (this.#refusal !== undefined) throw this.#refusal;
    this.#unproven += 1;
    const asked = this.#settings.now();
    try {
      const issued = await this.#settings.authenticate(decodeIssued);
      const lifetimeMs = lifetimeOf(issued.created, issued.expires);
      const renewAt = lifetimeMs === Infinity ? Infinity : asked + lifetimeMs - Math.min(earlyMs, lifetimeMs / 10);
      this.#current = { token: issued.authToken, lifetimeMs, renewAt };
      return this.#current;
    } catch (error) {
      throw error instanceof CallError ? this.#unusable(error) : error;
    }
  }

  #unusable(error: CallError): CallError {
    const { status } = error.refusal;
    // Which status wrong credentials get is not documented.
    if (error.fault.passes !== 'never' || error.fault.body === 'other' || !isRefusal(status)) {
      return new CallError(error.call, error.fault, 'unusable');
    }
    this.#refusal = new CallError(error.call, refusedCredentials(error.fault, this.#settings.host), 'unusable');
    return this.#refusal;
  }
}

function isRefusal(status: number | undefined): boolean {
  return status !== undefined && status >= 400 && status < 500;
}

/** Counted from the tenant's own two times, since its clock need not be ours. */
function lifetimeOf(created: Instant | undefined, expires: Instant | undefined): number {
  if (created === undefined || expires === undefined || expires <= created) return Infinity;
  return (expires - created) * 1000;
}

function refusedCredentials(fault: Fault, host: string): Fault {
  const advice =
    'check applicationId and sharedSecret, the tenant URL, and the IP addresses the application may call from';
  const message = `${host} refused the credentials; ${advice}`;
  return { ...fault, code: 'unauthorized', refusal: { ...fault.refusal, message } };
}
