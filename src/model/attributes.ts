import type { NewFace } from './enrollment.ts';
import type { FaceValues } from './face-values.ts';
import { keysOf } from './values/keys-of.ts';

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
  /**
   * When a change shows that it differs; JSON always does.
   *
   * - `always`: also where all that can be said is that apply will tell.
   * - `known`: where something is known of it, before or after.
   * - `on-create`: no live face shows it, so that only a create tells something by it.
   * - `in-json`: the tenant adds it, and nobody decides by it.
   */
  readonly shown: 'always' | 'known' | 'on-create' | 'in-json';
}

/** All that a live face shows, an entry says of a new one, or a create answers. */
type Declared = keyof FaceValues | KeyOf<NewFace> | 'activationUrl' | 'activationQRCode';
type KeyOf<T> = T extends unknown ? keyof T : never;

/**
 * The one table of what an attribute is, in the order of rendering. What an update sends and compares, what a new face
 * leaves unknown, what is masked and what is shown follow from it. A test holds it to the vendor's contract.
 */
export const attributes = {
  flow: { kind: 'immutable', visibility: 'public', shown: 'on-create' },
  id: { kind: 'computed', visibility: 'public', shown: 'always' },
  serialNumber: { kind: 'computed', visibility: 'public', shown: 'known' },
  status: { kind: 'updatable', visibility: 'public', shown: 'known' },
  expiry: { kind: 'updatable', visibility: 'public', shown: 'always' },
  applicantId: { kind: 'immutable', visibility: 'public', shown: 'known' },
  workflowRunId: { kind: 'write-only', visibility: 'public', shown: 'known' },
  customerUserId: { kind: 'write-only', visibility: 'public', shown: 'known' },
  token: { kind: 'write-only', visibility: 'sensitive', shown: 'known' },
  activation: { kind: 'write-only', visibility: 'public', shown: 'known' },
  created: { kind: 'computed', visibility: 'public', shown: 'in-json' },
  mobile: { kind: 'computed', visibility: 'public', shown: 'in-json' },
  platform: { kind: 'computed', visibility: 'public', shown: 'in-json' },
  activationUrl: { kind: 'computed', visibility: 'sensitive', shown: 'in-json' },
  activationQRCode: { kind: 'computed', visibility: 'sensitive', shown: 'in-json' },
} as const satisfies Readonly<Record<Declared, Attribute>>;

export type AttributeName = keyof typeof attributes;

/** Names of the attributes that are so. */
type NameOf<A extends Partial<Attribute>> = {
  [N in AttributeName]: (typeof attributes)[N] extends A ? N : never;
}[AttributeName];

export type UpdatableName = NameOf<{ readonly kind: 'updatable' }>;
export type SensitiveName = NameOf<{ readonly visibility: 'sensitive' }>;

/** In the order of the table. */
export const attributeNames: readonly AttributeName[] = keysOf(attributes);
export const updatableNames: readonly UpdatableName[] = attributeNames.filter((name) => isUpdatable(name));
export const sensitiveNames: readonly SensitiveName[] = attributeNames.filter((name) => isSensitive(name));

function isUpdatable(name: AttributeName): name is UpdatableName {
  return attributes[name].kind === 'updatable';
}

export function isSensitive(name: AttributeName): name is SensitiveName {
  return attributes[name].visibility === 'sensitive';
}
