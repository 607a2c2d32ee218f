/** Statuses of a Face Biometric, from the vendor's schema `FaceAuthenticator`. */
export const faceStatuses = ['NEW', 'ACTIVATING', 'ACTIVE', 'REVIEW', 'FAILED', 'EXPIRED', 'DISABLED'] as const;
export type FaceStatus = (typeof faceStatuses)[number];

/** How a face came to be. The vendor keeps no such member: a tenant knows it from what was sent at creation. */
export const faceFlows = ['mobile', 'web', 'token'] as const;
export type FaceFlow = (typeof faceFlows)[number];

export const userStates = ['ACTIVE', 'INACTIVE'] as const;
export type UserState = (typeof userStates)[number];

/** A face to put into the sandbox. What is left out is filled in: id, serial number, dates. */
export interface SeedFace {
  readonly id?: string | undefined;
  readonly serialNumber?: string | undefined;
  /** Without it: web if there is an applicantId, else mobile. */
  readonly flow?: FaceFlow | undefined;
  /** Default ACTIVE. */
  readonly status?: FaceStatus | undefined;
  /** Whether the user has registered it on a device; default true unless NEW or ACTIVATING. Counts for mobile alone. */
  readonly registered?: boolean | undefined;
  readonly applicantId?: string | undefined;
  readonly platform?: string | undefined;
  /** Date with a zone, as are the others; default now, or for EXPIRED long enough ago to have expired. */
  readonly created?: string | undefined;
  /** Default 180 days after `created`; null for none. */
  readonly expiry?: string | null | undefined;
  readonly lastUsed?: string | undefined;
}

export interface SeedUser {
  readonly login: string;
  readonly id?: string | undefined;
  readonly aliases?: readonly string[] | undefined;
  readonly externalId?: string | undefined;
  readonly email?: string | undefined;
  /** Names; a group that is not known yet is made. */
  readonly groups?: readonly string[] | undefined;
  readonly state?: UserState | undefined;
  /** What the settings of this user say; default 180. */
  readonly faceLifetimeDays?: number | undefined;
  readonly faces?: readonly SeedFace[] | undefined;
}

export interface SeedGroup {
  readonly name: string;
  readonly id?: string | undefined;
  readonly externalId?: string | undefined;
}

/** A tenant as plain JSON: what `seed` takes and what a state file holds. A person can write one by hand. */
export interface SandboxSeed {
  readonly users?: readonly SeedUser[] | undefined;
  readonly groups?: readonly SeedGroup[] | undefined;
  /** Default 5, the vendor's. */
  readonly maxFacesPerUser?: number | undefined;
  /** How far the tenant's clock is ahead, in milliseconds. */
  readonly clockOffset?: number | undefined;
  /** How many faces were ever created, so that the id of a deleted face is never given out again. */
  readonly facesCreated?: number | undefined;
  readonly applicationId?: string | undefined;
  readonly sharedSecret?: string | undefined;
}

/** A tenant of `count` users without faces: `user0` with `user0@example.com`, and so on. */
export function seedUsers(count: number): SandboxSeed {
  const users = Array.from({ length: count }, (_, index) => ({
    login: `user${index}`,
    email: `user${index}@example.com`,
  }));
  return { users, groups: [] };
}

/** A seed that contradicts itself or is not of the right form; the message says where and what. */
export class SeedProblem extends Error {
  override readonly name = 'SeedProblem';
}
