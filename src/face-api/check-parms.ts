import { isKnownStatus, knownStatuses } from '../model/face.ts';
import { Secret } from '../model/values/secret.ts';
import type { FaceCreateParms, FaceEncryptedToken, FaceUpdateParms } from '../provider/index.ts';
import { FaceApiError, type FaceOperation } from './face-api-error.ts';

/** Arguments may come from plain JavaScript, so their types are not guaranteed. */
type Check = (value: unknown) => string | undefined;
type Checks<T> = { readonly [K in keyof T]-?: Check };

const isText: Check = (value) => (typeof value === 'string' && value !== '' ? undefined : 'must be a non-empty string');
const isFlag: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false');
const isDate: Check = (value) =>
  value instanceof Date && !Number.isNaN(value.getTime()) ? undefined : 'must be a valid Date';
const isStatus: Check = (value) =>
  typeof value === 'string' && isKnownStatus(value) ? undefined : `must be one of ${knownStatuses.join(', ')}`;
const isSecret: Check = (value) =>
  (value instanceof Secret && value.reveal() !== '') || (typeof value === 'string' && value !== '')
    ? undefined
    : 'must be a non-empty string or a Secret';
const isUuid: Check = (value) =>
  typeof value === 'string' && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value) ? undefined : 'must be a UUID';

const tokenChecks: Checks<FaceEncryptedToken> = { customerUserId: isText, encryptedBiometricToken: isSecret };
const createChecks: Checks<FaceCreateParms> = {
  applicantId: isText,
  workflowRunId: isText,
  deliverActivationEmail: isFlag,
  returnQRCode: isFlag,
  encryptedBiometricToken: isObject,
};
const updateChecks: Checks<FaceUpdateParms> = { id: isUuid, status: isStatus, expiry: isDate };

/** @throws FaceApiError with code `invalid-argument`. */
export function checkId(operation: FaceOperation, name: 'userId' | 'faceId', id: unknown): void {
  report(operation, name, isUuid(id));
}

/** @throws FaceApiError with code `invalid-argument`. */
export function checkCreate(operation: FaceOperation, parms: unknown): void {
  checkObject(operation, 'parms', parms, createChecks);
  const token: unknown = valueOf(parms, 'encryptedBiometricToken');
  if (token !== undefined) {
    checkObject(operation, 'parms.encryptedBiometricToken', token, tokenChecks);
    demand(operation, 'parms.encryptedBiometricToken', token, Object.keys(tokenChecks));
  }
}

/** @throws FaceApiError with code `invalid-argument`. */
export function checkUpdate(operation: FaceOperation, parms: unknown): void {
  checkObject(operation, 'parms', parms, updateChecks);
  demand(operation, 'parms', parms, ['id']);
  const isEmpty = valueOf(parms, 'status') === undefined && valueOf(parms, 'expiry') === undefined;
  report(operation, 'parms', isEmpty ? 'must have a status or an expiry' : undefined);
}

function checkObject(
  operation: FaceOperation,
  path: string,
  value: unknown,
  checks: Readonly<Record<string, Check>>,
): void {
  report(operation, path, isObject(value));
  const given = entriesOf(value);
  report(operation, path, given.length === 0 ? 'must not be empty' : undefined);
  for (const [name, each] of given) {
    const check = Object.hasOwn(checks, name) ? checks[name] : unknownProperty;
    report(operation, `${path}.${name}`, check?.(each));
  }
}

const unknownProperty: Check = () => 'is not a property that the vendor knows';

function demand(operation: FaceOperation, path: string, value: unknown, names: readonly string[]): void {
  for (const name of names) {
    report(operation, `${path}.${name}`, valueOf(value, name) === undefined ? 'is missing' : undefined);
  }
}

/** Properties that are undefined are not sent, so they count as missing. */
function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).filter(([, each]) => each !== undefined)
    : [];
}

function valueOf(value: unknown, name: string): unknown {
  return entriesOf(value).find(([key]) => key === name)?.[1];
}

function isObject(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : 'must be an object';
}

function report(operation: FaceOperation, path: string, problem: string | undefined): void {
  if (problem === undefined) return;
  throw new FaceApiError(`${path} ${problem}`, {
    operation,
    code: 'invalid-argument',
    path,
    retryable: false,
    outcome: 'none',
  });
}
