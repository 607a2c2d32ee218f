import { randomBytes } from 'node:crypto';

/** Proof of an API application's identity, as the vendor's portal hands it out. */
export interface Credentials {
  readonly applicationId: string;
  readonly sharedSecret: string;
}

/** Tokens handed out and not yet expired or revoked. Several may be valid at once. */
export class Tokens {
  readonly #expiries = new Map<string, number>();

  issue(expiry: number): string {
    const token = randomBytes(24).toString('base64url');
    this.#expiries.set(token, expiry);
    return token;
  }

  /** @param now milliseconds since 1970 UTC; a token is good until just before its expiry. */
  isValid(token: string, now: number): boolean {
    const expiry = this.#expiries.get(token);
    if (expiry === undefined) return false;
    if (now < expiry) return true;
    this.#expiries.delete(token);
    return false;
  }

  revoke(token: string): void {
    this.#expiries.delete(token);
  }

  revokeAll(): void {
    this.#expiries.clear();
  }
}

/** The token of an `Authorization` header, which may be bare: the vendor's documents show both forms. */
export function tokenOf(authorization: string | undefined): string | undefined {
  return authorization?.trim().replace(/^Bearer\s+/i, '');
}
