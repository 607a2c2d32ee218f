import type { Face, User } from '../../model/face.ts';
import { given } from '../../model/values/given.ts';
import { formatInstant, type Instant } from '../../model/instant.ts';
import { isSensitive } from '../../model/attributes.ts';
import { shown } from '../../model/values/secret.ts';
import type { AfterJson, ChangeJson, FaceJson, UserJson } from '../generated/plan-file.generated.ts';
import type { AttributeRow, Leaf, Leaves } from '../plan/attribute-rows.ts';

type MarksJson = ChangeJson['change']['after_unknown'];

/** A live face; sensitive values are left out. */
export function faceJson(face: Face): FaceJson {
  return given<FaceJson>({
    id: shown(face.id),
    serialNumber: shown(face.serialNumber),
    status: shown(face.status),
    expiry: dateJson(shown(face.expiry)),
    applicantId: shown(face.applicantId),
    created: dateJson(shown(face.created)),
    mobile: shown(face.mobile),
    platform: shown(face.platform),
  });
}

/** The face that a change leads to: `null` where there is none, and in it where a value is sensitive. */
export function afterJson(after: Leaves): AfterJson | null {
  const json = given<AfterJson>({
    flow: valueOf(after.flow),
    id: valueOf(after.id),
    serialNumber: valueOf(after.serialNumber),
    status: valueOf(after.status),
    expiry: dateJson(valueOf(after.expiry)),
    applicantId: valueOf(after.applicantId),
    workflowRunId: valueOf(after.workflowRunId),
    customerUserId: valueOf(after.customerUserId),
    token: after.token.state === 'masked' ? null : undefined,
    activation: valueOf(after.activation),
    created: dateJson(valueOf(after.created)),
    mobile: valueOf(after.mobile),
    platform: valueOf(after.platform),
  });
  return Object.keys(json).length === 0 ? null : json;
}

export function unknownMarks(rows: readonly AttributeRow[]): MarksJson {
  return marks(rows.filter(({ after }) => after.state === 'unknown'));
}

export function sensitiveMarks(rows: readonly AttributeRow[], side: 'before' | 'after'): MarksJson {
  return marks(rows.filter((row) => isSensitive(row.name) && row[side].state !== 'none'));
}

function marks(rows: readonly AttributeRow[]): MarksJson {
  return Object.fromEntries(rows.map(({ name }) => [name, true] as const));
}

export function userJson({ login, uuid }: User): UserJson {
  return { login, uuid };
}

export function dateJson(instant: Instant | undefined): string | undefined {
  return instant === undefined ? undefined : formatInstant(instant);
}

function valueOf<V>(leaf: Leaf<V>): V | undefined {
  return leaf.state === 'known' ? leaf.value : undefined;
}
