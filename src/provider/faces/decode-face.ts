import { Secret } from '../../model/values/secret.ts';
import type { FaceAuthenticator, FaceCreateResponse, UserFaceSettings } from '../generated/face-api.generated.ts';
import { date, flag, idOf, isMissing, listOf, recordOf, required, ShapeError, text, type Mutable } from '../shape.ts';

/** Face as it came: a status that this version does not know is kept. */
export type AnsweredFace = Omit<FaceAuthenticator, 'status'> & { readonly status: string };
export type AnsweredCreate = Omit<FaceCreateResponse, 'status'> & { readonly status: string };

/** Decodes a `FaceAuthenticator`. Without an id or a status nothing can be said of a face. */
export function decodeFace(value: unknown): AnsweredFace {
  const json = recordOf(value);
  const face: Mutable<AnsweredFace> = { id: idOf(json), status: required(json, 'status') };
  const serialNumber = text(json, 'serialNumber');
  const applicantId = text(json, 'applicantId');
  const created = date(json, 'created');
  const expiry = date(json, 'expiry');
  const lastUsed = date(json, 'lastUsed');
  const mobile = flag(json, 'mobile');
  const platform = text(json, 'platform');
  if (serialNumber !== undefined) face.serialNumber = serialNumber;
  if (applicantId !== undefined) face.applicantId = applicantId;
  if (created !== undefined) face.created = created;
  if (expiry !== undefined) face.expiry = expiry;
  if (lastUsed !== undefined) face.lastUsed = lastUsed;
  if (mobile !== undefined) face.mobile = mobile;
  if (platform !== undefined) face.platform = platform;
  return face;
}

export function decodeFaces(value: unknown): readonly AnsweredFace[] {
  return listOf(value, decodeFace);
}

/** Decodes a `FaceCreateResponse`; its secrets come this once. */
export function decodeCreated(value: unknown): AnsweredCreate {
  const { lastUsed: _, platform: __, ...face } = decodeFace(value);
  const json = recordOf(value);
  const url = text(json, 'activationUrl');
  const qrCode = text(json, 'activationQRCode');
  return {
    ...face,
    ...(url === undefined ? {} : { activationUrl: new Secret(url) }),
    ...(qrCode === undefined ? {} : { activationQRCode: new Secret(qrCode) }),
  };
}

/** @returns the lifetime in days, which may be zero or less: what that means is not documented. */
export function decodeUserFaceSettings(value: unknown): UserFaceSettings {
  const { lifetime } = recordOf(value);
  if (isMissing(lifetime)) throw new ShapeError('lifetime', 'is missing');
  if (typeof lifetime === 'number' && Number.isInteger(lifetime)) return { lifetime };
  throw new ShapeError('lifetime', 'is not a whole number');
}
