import type { Tenant } from '../state/tenant.ts';

/** A call that has been let in: its permission is checked and its body read. */
export interface Call {
  readonly tenant: Tenant;
  /** The one value in the path; empty for an operation without any. */
  readonly id: string;
  readonly body: unknown;
}

/** Answers a call with the JSON value to send; undefined for the vendor's empty 200. Throws Refusal to decline. */
export type Handler = (call: Call) => unknown;
