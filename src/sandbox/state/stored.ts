import type { FaceFlow, FaceStatus, UserState } from './seed.ts';

/** A face as the tenant keeps it. Instants are milliseconds since 1970 UTC. */
export interface StoredFace {
  readonly id: string;
  readonly serialNumber: string;
  readonly flow: FaceFlow;
  /** As it was last written; what a reader sees may be EXPIRED, see `statusAt`. */
  readonly status: FaceStatus;
  readonly registered: boolean;
  readonly created: number;
  readonly expiry: number | undefined;
  readonly lastUsed: number | undefined;
  readonly applicantId: string | undefined;
  readonly platform: string | undefined;
}

export interface StoredUser {
  readonly id: string;
  readonly login: string;
  readonly aliases: readonly string[];
  readonly externalId: string | undefined;
  readonly email: string | undefined;
  /** Names of groups. */
  readonly groups: readonly string[];
  readonly state: UserState;
  readonly faceLifetimeDays: number;
}

export interface StoredGroup {
  readonly id: string;
  readonly name: string;
  readonly externalId: string | undefined;
}

/** An activation e-mail that the tenant sent. */
export interface Email {
  readonly to: string;
  readonly login: string;
  readonly faceId: string;
}
