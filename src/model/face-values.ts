import type { Instant } from './instant.ts';

/** What the tenant answers of one live Face Biometric, decoded: explicit nulls are missing, dates are instants. */
export interface FaceValues {
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
