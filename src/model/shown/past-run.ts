import type { Face, User, WritableStatus } from '../face.ts';
import type { Updated } from '../plan.ts';
import type { TenantId } from '../tenant-id.ts';

/**
 * How a record says that a change ended.
 *
 * - `applied`: the tenant has carried it out.
 * - `possible`: the record does not say, as that of a run that was killed, or a plan; the live state decides.
 * - `failed`, `unknown`: it undoes nothing, and is named where its effect may be there.
 */
export type Certainty = 'applied' | 'possible' | 'failed' | 'unknown';

interface PastBase {
  readonly key: string;
  readonly user: User;
  readonly certainty: Certainty;
  /** As in the plan; only where the record does not say how the change ended. */
  readonly precondition?: string | undefined;
}

/** What a create asked for, as far as a face shows it. */
export type AskedFace = { readonly flow: 'mobile' | 'token' } | { readonly flow: 'web'; readonly applicantId: string };

/** An update or a disable. */
export interface PastUpdate extends PastBase {
  readonly action: 'update' | 'disable';
  /** The face before. */
  readonly face: Face;
  readonly to: Updated & { readonly status: WritableStatus };
}

export interface PastCreate extends PastBase {
  readonly action: 'create';
  /** Missing where the record does not say. */
  readonly asks?: AskedFace | undefined;
  /** Of the new face; missing where the record does not name it. */
  readonly faceId?: string | undefined;
}

export interface PastReplace extends PastBase {
  readonly action: 'replace';
  readonly asks?: AskedFace | undefined;
  readonly face: Face;
  readonly faceId?: string | undefined;
}

export interface PastDelete extends PastBase {
  readonly action: 'delete';
  readonly face: Face;
}

/** A change of a run, as its record tells it. */
export type PastChange = PastUpdate | PastCreate | PastReplace | PastDelete;

/** A change that makes a face. */
export type PastCreating = PastCreate | PastReplace;

export function makesFace(change: PastChange): change is PastCreating {
  return change.action === 'create' || change.action === 'replace';
}

/** What one or several runs have changed, in the order of time. */
export interface PastRun {
  readonly tenant: TenantId;
  readonly changes: readonly PastChange[];
}
