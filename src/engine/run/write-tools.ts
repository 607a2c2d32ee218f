import type { TokenSource } from '../../model/enrollment.ts';
import type { CreatingChange } from '../../model/plan.ts';
import type { Created, TenantWriter } from '../../model/tenant.ts';
import type { Secret } from '../../model/values/secret.ts';
import type { Claimed } from './claimed-faces.ts';

/** What writing needs from outside. */
export interface WriteTools {
  readonly tenant: TenantWriter;
  /** Reads a token when it is sent, and not before. */
  readonly readToken: (source: TokenSource) => Promise<Secret>;
  readonly activations: Activations;
  /** Waits so many milliseconds; other users go on meanwhile. */
  readonly sleep: (ms: number) => Promise<void>;
  /** How long after a create the reading waits that decides whose face stays. Milliseconds. */
  readonly settleMs: number;
  /** `read-back` reads a user's faces again after the changes; `trust` takes the answers for it, but for creates. */
  readonly verify: 'read-back' | 'trust';
  readonly claimed: Claimed;
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
}

/** Told of each new face, to keep the activation secrets that come back only once. */
export interface Activations {
  readonly keep: (change: CreatingChange, created: Created) => Promise<void>;
  /** The face is deleted again. */
  readonly drop: (change: CreatingChange) => Promise<void>;
}
