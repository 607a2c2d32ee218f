import { attributes, type AttributeName } from '../../model/attributes.ts';
import type { NewFace } from '../../model/enrollment.ts';
import type { Face } from '../../model/face.ts';
import type { Instant } from '../../model/instant.ts';
import type { Change, CreateChange, ReplaceChange } from '../../model/plan.ts';

/** A number is always an instant. */
export type LeafValue = string | boolean | Instant | { readonly email: boolean; readonly qrCode: boolean };

/** What is known of one attribute at one time. A sensitive value is `masked` and never held. */
export type Leaf =
  | { readonly state: 'none' }
  | { readonly state: 'known'; readonly value: LeafValue }
  /** `lifetimeDays`: how long after its creation the tenant's policy lets the face expire, as far as is known. */
  | { readonly state: 'unknown'; readonly lifetimeDays?: number }
  | { readonly state: 'masked' };

/** One attribute before and after a change; every rendering of a plan reads these. */
export interface AttributeRow {
  readonly name: AttributeName;
  readonly before: Leaf;
  readonly after: Leaf;
}

type Leaves = Readonly<Partial<Record<AttributeName, Leaf>>>;

const none: Leaf = { state: 'none' };
const unknown: Leaf = { state: 'unknown' };
const masked: Leaf = { state: 'masked' };

/** In the order of the attribute table; attributes that are neither before nor after are left out. */
export function attributesOf(change: Change): readonly AttributeRow[] {
  return rows(before(change), after(change));
}

/** The attributes of a face that nothing happens to. */
export function attributesOfFace(face: Face): readonly AttributeRow[] {
  const leaves = leavesOfFace(face);
  return rows(leaves, leaves);
}

export function isChanged({ before, after }: AttributeRow): boolean {
  if (before.state === 'known' && after.state === 'known') return before.value !== after.value;
  return before.state !== after.state;
}

export function isSensitive(name: AttributeName): boolean {
  return attributes[name].visibility === 'sensitive';
}

function rows(before: Leaves, after: Leaves): readonly AttributeRow[] {
  const found: AttributeRow[] = [];
  for (const name of attributeNames) {
    const row = { name, before: shown(name, before), after: shown(name, after) };
    if (row.before.state !== 'none' || row.after.state !== 'none') found.push(row);
  }
  return found;
}

const attributeNames = Object.keys(attributes).filter((name) => isAttributeName(name));

function isAttributeName(name: string): name is AttributeName {
  return Object.hasOwn(attributes, name);
}

function shown(name: AttributeName, leaves: Leaves): Leaf {
  const leaf = leaves[name] ?? none;
  return leaf.state === 'known' && isSensitive(name) ? masked : leaf;
}

function before(change: Change): Leaves {
  switch (change.action) {
    case 'create':
      return {};
    case 'no-op':
      return change.face === undefined ? {} : leavesOfFace(change.face);
    case 'update':
    case 'disable':
    case 'replace':
    case 'delete':
      return leavesOfFace(change.face);
  }
}

function after(change: Change): Leaves {
  switch (change.action) {
    case 'create':
    case 'replace':
      return { ...leavesOfNewFace(change.create), ...policyExpiry(change) };
    case 'update':
      return { ...leavesOfFace(change.face), status: known(change.to.status), expiry: known(change.to.expiry) };
    case 'disable':
      return { ...leavesOfFace(change.face), status: known('DISABLED') };
    case 'delete':
      return {};
    case 'no-op':
      return before(change);
  }
}

/** The expiry where the tenant decides it, and was asked for its policy. */
function policyExpiry({ policy }: CreateChange | ReplaceChange): Leaves {
  return policy === undefined ? {} : { expiry: { state: 'unknown', lifetimeDays: policy.lifetimeDays } };
}

function leavesOfFace(face: Face): Leaves {
  return {
    id: known(face.id),
    serialNumber: known(face.serialNumber),
    status: known(face.status),
    expiry: known(face.expiry),
    applicantId: known(face.applicantId),
    created: known(face.created),
    mobile: known(face.mobile),
    platform: known(face.platform),
  };
}

function leavesOfNewFace(create: NewFace): Leaves {
  return {
    flow: known(create.flow),
    id: unknown,
    serialNumber: unknown,
    status: unknown,
    expiry: create.expiry.rule === 'at' ? known(create.expiry.instant) : unknown,
    applicantId: unknown,
    created: unknown,
    mobile: unknown,
    platform: unknown,
    ...leavesOfFlow(create),
  };
}

function leavesOfFlow(create: NewFace): Leaves {
  switch (create.flow) {
    case 'mobile':
      return {
        activation: known({ email: create.activation.email, qrCode: create.activation.qrCode }),
        activationUrl: unknown,
        activationQRCode: create.activation.qrCode ? unknown : none,
      };
    case 'web':
      return { applicantId: known(create.applicantId), workflowRunId: known(create.workflowRunId) };
    case 'token':
      return { customerUserId: known(create.customerUserId), token: masked };
  }
}

function known(value: LeafValue | undefined): Leaf {
  return value === undefined ? none : { state: 'known', value };
}
