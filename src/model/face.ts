import type { Instant } from './instant.ts';

/** The seven statuses of API version 5.46.1. */
export const knownStatuses = ['NEW', 'ACTIVATING', 'ACTIVE', 'REVIEW', 'DISABLED', 'EXPIRED', 'FAILED'] as const;
export type KnownStatus = (typeof knownStatuses)[number];

/** The only statuses faceform ever writes. */
export type WritableStatus = 'ACTIVE' | 'DISABLED';

/** One live Face Biometric, decoded: explicit nulls are missing members, dates are instants. */
export interface Face {
  readonly id: string;
  readonly serialNumber?: string | undefined;
  /** A status this version does not know is kept as it came. */
  readonly status: string;
  readonly applicantId?: string | undefined;
  readonly created?: Instant | undefined;
  readonly expiry?: Instant | undefined;
  /** Missing where the tenant does not say. */
  readonly mobile?: boolean | undefined;
  readonly platform?: string | undefined;
}

/** A user as the tenant knows him. */
export interface User {
  readonly uuid: string;
  readonly login: string;
}

export function isKnownStatus(status: string): status is KnownStatus {
  return knownStatuses.some((known) => known === status);
}
