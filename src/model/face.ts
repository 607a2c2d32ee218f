import { sensitiveNames, type SensitiveName } from './attributes.ts';
import type { FaceValues } from './face-values.ts';
import type { Spelled } from './values/given.ts';
import { Secret } from './values/secret.ts';

/** The seven statuses of API version 5.46.1. */
export const knownStatuses = ['NEW', 'ACTIVATING', 'ACTIVE', 'REVIEW', 'DISABLED', 'EXPIRED', 'FAILED'] as const;
export type KnownStatus = (typeof knownStatuses)[number];

/** The only statuses faceform ever writes. */
export type WritableStatus = 'ACTIVE' | 'DISABLED';

/** One live Face Biometric. A value that the attribute table calls sensitive is a `Secret`, which nothing can show. */
export type Face = {
  readonly [K in keyof FaceValues]: K extends SensitiveName
    ? Secret | Extract<FaceValues[K], undefined>
    : FaceValues[K];
};

/** A user as the tenant knows him. */
export interface User {
  readonly uuid: string;
  readonly login: string;
}

/** Makes a secret of each value that the attribute table calls sensitive. */
export function sealed(values: Spelled<FaceValues>): Spelled<Face>;
export function sealed(values: Readonly<Record<string, unknown>>): object {
  const found = sensitiveNames.filter((name) => values[name] !== undefined);
  if (found.length === 0) return values;
  return { ...values, ...Object.fromEntries(found.map((name) => [name, new Secret(String(values[name]))])) };
}

/** Name of the face for people: its serial number, as the vendor's portal shows it, else its id. */
export function nameOf({ serialNumber, id }: Face): string {
  return serialNumber ?? id;
}

/** Name of the variable that an entry for a token face names; a letter, digit or underscore for all that may stand there. */
export function tokenVariableFor(face: Face): string {
  return `FACE_TOKEN_${nameOf(face)
    .replace(/[^A-Za-z0-9]+/g, '_')
    .slice(0, 64)}`;
}

export function isKnownStatus(status: string): status is KnownStatus {
  return knownStatuses.some((known) => known === status);
}
