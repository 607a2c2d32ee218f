/**
 * What an attribute of a face is, as in a Terraform provider's schema.
 *
 * - `immutable`: set at creation; a difference means replace.
 * - `updatable`: faceform may change it on a live face.
 * - `computed`: the tenant sets it.
 * - `write-only`: sent once and never returned, so it is never diffed.
 */
export type AttributeKind = 'immutable' | 'updatable' | 'computed' | 'write-only';

export interface Attribute {
  readonly kind: AttributeKind;
  readonly visibility: 'public' | 'sensitive';
}

/** The one table of what an attribute is, in the order of rendering; diff, rendering, masking and docs read it. */
export const attributes = {
  flow: { kind: 'immutable', visibility: 'public' },
  id: { kind: 'computed', visibility: 'public' },
  serialNumber: { kind: 'computed', visibility: 'public' },
  status: { kind: 'updatable', visibility: 'public' },
  expiry: { kind: 'updatable', visibility: 'public' },
  applicantId: { kind: 'immutable', visibility: 'public' },
  workflowRunId: { kind: 'write-only', visibility: 'public' },
  customerUserId: { kind: 'write-only', visibility: 'public' },
  token: { kind: 'write-only', visibility: 'sensitive' },
  activation: { kind: 'write-only', visibility: 'public' },
  created: { kind: 'computed', visibility: 'public' },
  mobile: { kind: 'computed', visibility: 'public' },
  platform: { kind: 'computed', visibility: 'public' },
  activationUrl: { kind: 'computed', visibility: 'sensitive' },
  activationQRCode: { kind: 'computed', visibility: 'sensitive' },
} as const satisfies Readonly<Record<string, Attribute>>;

export type AttributeName = keyof typeof attributes;
