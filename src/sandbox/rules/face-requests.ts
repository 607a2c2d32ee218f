import {
  badRequest,
  objectBody,
  optionalFlag,
  optionalInstant,
  optionalText,
  requiredText,
  type Body,
} from './body.ts';
import type { FaceUpdate } from './face-status.ts';
import { faceStatuses } from '../state/seed.ts';

/** What a create asks for. The vendor has no member that names the flow; it follows from the members present. */
export type FaceCreate =
  | { readonly flow: 'mobile'; readonly email: 'send' | 'none'; readonly qrCode: 'return' | 'none' }
  | { readonly flow: 'web'; readonly applicantId: string | undefined }
  | { readonly flow: 'token' };

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * Reads the vendor's `FaceCreateParms`. What the vendor does with an empty or contradictory one is not documented;
 * the sandbox is strict, so that a client does not come to rely on luck.
 *
 * @throws Refusal (400)
 */
export function faceCreate(sent: unknown): FaceCreate {
  const body = objectBody(sent);
  const email = optionalFlag(body, 'deliverActivationEmail');
  const qrCode = optionalFlag(body, 'returnQRCode');
  const applicantId = optionalText(body, 'applicantId');
  const forWeb = applicantId !== undefined || optionalText(body, 'workflowRunId') !== undefined;
  const token = body['encryptedBiometricToken'] ?? undefined;
  const forMobile = email === true || qrCode === true;
  if ([forMobile, forWeb, token !== undefined].filter(Boolean).length > 1) {
    throw badRequest('The members belong to different flows: mobile, web, encrypted token.');
  }
  if (token !== undefined) return tokenCreate(objectBody(token));
  if (forWeb) return { flow: 'web', applicantId };
  if (email === undefined && qrCode === undefined)
    throw badRequest('The body does not say which kind of face to create.');
  return { flow: 'mobile', email: email ? 'send' : 'none', qrCode: qrCode ? 'return' : 'none' };
}

/**
 * Reads the vendor's `FaceUpdateParms`.
 *
 * @throws Refusal (400), also when there is no id: what the vendor does then is not documented.
 */
export function faceUpdate(sent: unknown): FaceUpdate & { readonly id: string } {
  const body = objectBody(sent);
  const text = optionalText(body, 'status');
  const status = faceStatuses.find((known) => known === text);
  if (text !== undefined && !status) throw badRequest(`${text} is not a status.`);
  return { id: requiredText(body, 'id'), status, expiry: optionalInstant(body, 'expiry') };
}

function tokenCreate(token: Body): FaceCreate {
  requiredText(token, 'customerUserId');
  if (!base64.test(requiredText(token, 'encryptedBiometricToken'))) {
    throw badRequest('encryptedBiometricToken is not Base64.');
  }
  return { flow: 'token' };
}
