import type { Diagnostic } from '../diagnostic.ts';
import type { Flow, UserRef } from '../enrollment.ts';
import type { User } from '../face.ts';
import type { Instant } from '../instant.ts';
import type { Place } from '../place.ts';
import type { WritingChange } from '../plan.ts';
import type { TenantId } from '../tenant-id.ts';

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

/** An entry as a file has it now. */
export interface WrittenEntry {
  readonly place: Place;
  /** Properties that are not what they were, as the file had them: null where it had none. Missing for a new entry. */
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

/** What was written for one live face, or for lack of one. */
export interface AdoptedEntry extends WrittenEntry {
  readonly key: string;
  readonly user: User;
}

/** What an adopt has come to. */
export interface AdoptReport {
  readonly tenant: TenantId;
  readonly entries: readonly AdoptedEntry[];
  /** What a plan would still do, whatever the entries said: nothing of these users was adopted. */
  readonly left: readonly WritingChange[];
  readonly diagnostics: readonly Diagnostic[];
}
