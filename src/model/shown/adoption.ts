import type { Flow, UserRef } from '../enrollment.ts';
import type { Instant } from '../instant.ts';

/** What an entry has to say instead, so that it asks for what is live. */
export interface Patch {
  readonly enabled?: boolean;
  readonly applicantId?: string;
  /** In place of a lifetime, where the entry has one. */
  readonly expiry?: Instant;
}

/** A live face that needs an entry. */
export interface AdoptedFace {
  /** As the other entries name the user. */
  readonly user: UserRef;
  readonly flow: Flow;
  readonly label: string;
  readonly serialNumber: string;
  readonly applicantId?: string;
  readonly enabled: boolean;
  /** Name of the variable for a token that would be needed to create the face anew. */
  readonly token?: string;
  /** Missing where it has passed, or there is none. */
  readonly expiry?: Instant;
}
