import { uuidFor } from '../state/identifiers.ts';
import { writeInstant } from '../state/instant.ts';
import { statusAt } from './face-status.ts';
import type { StoredFace, StoredGroup, StoredUser } from '../state/stored.ts';
import type { Tenant } from '../state/tenant.ts';

/** An object of the vendor's, ready to be sent. */
export type Wire = Readonly<Record<string, unknown>>;

/** Members of `User` that a listing brings only if asked; the sandbox has values for the first two alone. */
export const extraUserMembers = [
  'userAliases',
  'groups',
  'grids',
  'tokens',
  'smartCredentials',
  'tempAccessCode',
  'fidoTokens',
  'userAttributeValues',
  'oauthRoles',
  'authenticatorLockoutStatus',
  'organizations',
] as const;
export type ExtraUserMember = (typeof extraUserMembers)[number];

/** Members that the vendor has and the sandbox has no values for. They go out as nulls, as in the vendor's samples. */
const emptyUserMembers = [
  'mobile',
  'phone',
  'firstName',
  'lastName',
  'externalSource',
  'lastAuthTime',
  'type',
] as const;

/** `FaceAuthenticator`, as listings show it. */
export function faceOnWire(face: StoredFace, tenant: Tenant): Wire {
  return complete(
    {
      ...common(face, tenant),
      mobile: mobileShown(face, tenant),
      lastUsed: date(face.lastUsed, tenant),
      platform: face.platform,
    },
    tenant,
  );
}

/**
 * `FaceCreateResponse`. Its `mobile` says whether the face was created *for* mobile, so unlike the listing's
 * ("registered on mobile") it has nothing left to interpret.
 */
export function createdFaceOnWire(face: StoredFace, activation: Wire, tenant: Tenant): Wire {
  return complete(
    {
      ...common(face, tenant),
      mobile: face.flow === 'mobile',
      activationQRCode: undefined,
      activationUrl: undefined,
      ...activation,
    },
    tenant,
  );
}

export function userOnWire(user: StoredUser, extra: ReadonlySet<ExtraUserMember>, tenant: Tenant): Wire {
  const aliases = user.aliases.map((value) => ({
    id: uuidFor(`alias ${value}`),
    type: 'CUSTOM',
    userId: user.id,
    value,
  }));
  const groups = tenant.store.groups().filter(({ name }) => user.groups.includes(name));
  return complete(
    {
      id: user.id,
      userId: user.login,
      externalId: user.externalId,
      email: user.email,
      state: user.state,
      locked: false,
      ...Object.fromEntries(emptyUserMembers.map((name) => [name, undefined])),
      userAliases: extra.has('userAliases') ? aliases : undefined,
      groups: extra.has('groups') ? groups.map((group) => groupOnWire(group, tenant)) : undefined,
    },
    tenant,
  );
}

export function groupOnWire(group: StoredGroup, tenant: Tenant): Wire {
  return complete(
    { id: group.id, name: group.name, externalId: group.externalId, type: 'MGMT_UI', attribute: undefined },
    tenant,
  );
}

/** The object with its members that have no value as nulls or not at all, as the reading `nulls` says. */
export function complete(members: Wire, tenant: Tenant): Wire {
  const valued = Object.entries(members).filter(
    ([, value]) => value !== undefined || tenant.readings.nulls === 'explicit',
  );
  return Object.fromEntries(valued.map(([name, value]) => [name, value ?? null]));
}

function common(face: StoredFace, tenant: Tenant): Wire {
  return {
    id: face.id,
    serialNumber: face.serialNumber,
    status: statusAt(face, tenant.now(), tenant.readings),
    applicantId: applicantShown(face, tenant),
    created: date(face.created, tenant),
    expiry: date(face.expiry, tenant),
  };
}

function applicantShown(face: StoredFace, { readings }: Tenant): string | undefined {
  if (face.flow !== 'token' || face.applicantId !== undefined) return face.applicantId;
  return readings.tokenApplicant === 'present' ? uuidFor(`applicant ${face.id}`) : undefined;
}

function mobileShown(face: StoredFace, { readings }: Tenant): boolean | undefined {
  if (face.flow !== 'mobile') return false;
  if (face.registered) return true;
  return { true: true, false: false, missing: undefined }[readings.pendingMobile];
}

function date(instant: number | undefined, { readings }: Tenant): string | undefined {
  return instant === undefined ? undefined : writeInstant(instant, readings.dates);
}
