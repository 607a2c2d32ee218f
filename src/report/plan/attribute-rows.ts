import {
  attributeNames,
  attributes,
  sensitiveNames,
  type AttributeKind,
  type AttributeName,
  type SensitiveName,
  type UpdatableName,
} from '../../model/attributes.ts';
import type { Flow, NewFace, NewFaceOf } from '../../model/enrollment.ts';
import type { Face } from '../../model/face.ts';
import type { FaceValues } from '../../model/face-values.ts';
import type { Spelled } from '../../model/values/given.ts';
import { faceOf, type Change, type CreatingChange, type Updated } from '../../model/plan.ts';

/** What an entry may say of a new face and no live face shows. */
interface NewValues {
  readonly flow: Flow;
  readonly workflowRunId: string;
  readonly customerUserId: string;
  readonly activation: NewFaceOf<'mobile'>['activation'];
}

/** Type of each attribute's value; a sensitive value is never held. */
type Values = { readonly [K in keyof FaceValues]-?: NonNullable<FaceValues[K]> } & NewValues &
  Readonly<Record<SensitiveName, never>>;

/** A number is always an instant. */
export type LeafValue = Values[AttributeName];

/** What is known of one attribute at one time. A sensitive value is `masked`. */
export type Leaf<V = LeafValue> =
  | { readonly state: 'none' }
  | { readonly state: 'known'; readonly value: V }
  /** `lifetimeDays`: how long after its creation the tenant's policy lets the face expire, as far as is known. */
  | { readonly state: 'unknown'; readonly lifetimeDays?: number }
  | { readonly state: 'masked' };

/** What is known of each attribute at one time. */
export type Leaves = { readonly [N in AttributeName]: Leaf<Values[N]> };

/** One attribute before and after a change; every rendering of a plan reads these. */
export interface AttributeRow {
  readonly name: AttributeName;
  readonly before: Leaf;
  readonly after: Leaf;
}

/** A change by its attributes; all of a side are `none` where there is no face. */
export interface Sides {
  readonly before: Leaves;
  readonly after: Leaves;
}

const none = { state: 'none' } as const;
const unknown = { state: 'unknown' } as const;
const masked = { state: 'masked' } as const;

export function sidesOf(change: Change): Sides {
  const face = faceOf(change);
  return { before: face === undefined ? nothing : leavesOfFace(face), after: after(change) };
}

/** A face that nothing happens to. */
export function sidesOfFace(face: Face): Sides {
  const leaves = leavesOfFace(face);
  return { before: leaves, after: leaves };
}

/** In the order of the attribute table; attributes that are neither before nor after are left out. */
export function attributesOf(change: Change): readonly AttributeRow[] {
  return rowsOf(sidesOf(change));
}

export function rowsOf({ before, after }: Sides): readonly AttributeRow[] {
  const rows: AttributeRow[] = [];
  for (const name of attributeNames) {
    const row = { name, before: before[name], after: after[name] };
    if (row.before.state !== 'none' || row.after.state !== 'none') rows.push(row);
  }
  return rows;
}

export function isChanged({ before, after }: AttributeRow): boolean {
  if (before.state === 'known' && after.state === 'known') return before.value !== after.value;
  return before.state !== after.state;
}

/** A sensitive value may be given, as a face or an entry has it: it is masked. */
type Known = { readonly [N in AttributeName]?: (N extends SensitiveName ? unknown : Values[N]) | undefined };

/** Puts what is known in the place of what shows otherwise. */
function withKnown(otherwise: Leaves, values: Known): Leaves;
function withKnown(otherwise: Leaves, values: Readonly<Record<string, unknown>>): object {
  const leaves: Record<string, Leaf<unknown>> = { ...otherwise };
  for (const name of Object.keys(values)) {
    const value = values[name];
    if (value !== undefined) leaves[name] = { state: 'known', value };
  }
  for (const name of sensitiveNames) {
    if (values[name] !== undefined) leaves[name] = masked;
  }
  return leaves;
}

/** The same leaf for all attributes of one kind. */
function leavesOfKinds(leafOf: Readonly<Record<AttributeKind, Leaf<never>>>): Leaves;
function leavesOfKinds(leafOf: Readonly<Record<AttributeKind, Leaf<never>>>): object {
  return Object.fromEntries(attributeNames.map((name) => [name, leafOf[attributes[name].kind]]));
}

const nothing = leavesOfKinds({ immutable: none, updatable: none, computed: none, 'write-only': none });
/** A face to come, before the entry sets anything: the tenant sets all but what is only sent. */
const untold = leavesOfKinds({ immutable: unknown, updatable: unknown, computed: unknown, 'write-only': none });

function leavesOfFace(face: Face): Leaves {
  return withKnown(nothing, face);
}

function after(change: Change): Leaves {
  switch (change.action) {
    case 'create':
    case 'replace':
      return { ...leavesOfNewFace(change.create), ...policyExpiry(change) };
    case 'update':
    case 'disable':
      return { ...leavesOfFace(change.face), ...leavesOfUpdate(change.to) };
    case 'delete':
      return nothing;
    case 'no-op':
      return change.face === undefined ? nothing : leavesOfFace(change.face);
  }
}

function leavesOfUpdate({ status, expiry }: Updated): Pick<Leaves, UpdatableName> {
  return { status: known(status), expiry: known(expiry) };
}

/** The expiry where the tenant decides it, and was asked for its policy. */
function policyExpiry({ policy }: CreatingChange): Partial<Leaves> {
  return policy === undefined ? {} : { expiry: { state: 'unknown', lifetimeDays: policy.lifetimeDays } };
}

function leavesOfNewFace(create: NewFace): Leaves {
  return { ...withKnown(untold, valuesOf(create)), ...secretsOf(create) };
}

function valuesOf(create: NewFace): Known {
  const expiry = create.expiry.rule === 'at' ? create.expiry.instant : undefined;
  return { ...sentBy(create), expiry };
}

/** What a create sends in its flow; the expiry follows by an update, and the token is not shown. */
type Sent<F extends Flow> = Spelled<Omit<NewFaceOf<F>, 'expiry' | 'token'>>;

function sentBy(create: NewFace): Sent<'mobile'> | Sent<'web'> | Sent<'token'> {
  switch (create.flow) {
    case 'mobile': {
      const { email, qrCode } = create.activation;
      return { flow: 'mobile', activation: { email, qrCode } } satisfies Sent<'mobile'>;
    }
    case 'web': {
      const { applicantId, workflowRunId } = create;
      return { flow: 'web', applicantId, workflowRunId } satisfies Sent<'web'>;
    }
    case 'token':
      return { flow: 'token', customerUserId: create.customerUserId } satisfies Sent<'token'>;
  }
}

/** Leaves of the sensitive attributes that no live face has. Every one must be here. */
function secretsOf(create: NewFace): Pick<Leaves, Exclude<SensitiveName, keyof FaceValues>> {
  const isMobile = create.flow === 'mobile';
  return {
    token: create.flow === 'token' ? masked : none,
    activationUrl: isMobile ? unknown : none,
    activationQRCode: isMobile && create.activation.qrCode ? unknown : none,
  };
}

function known<V>(value: V | undefined): Leaf<V> {
  return value === undefined ? none : { state: 'known', value };
}
