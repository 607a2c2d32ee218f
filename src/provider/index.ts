export { isLoopbackUrl, isVendorOrLoopback } from './address.ts';
export { acceptsAnyCertificate } from './certificates.ts';
export type { Client, OnWrite, TraceLine } from './client.ts';
export type { Clock } from './clock.ts';
export { connectProbe, permissions, type Seen, type TenantProbe, type Tried } from './probe.ts';
export {
  connectReader,
  connectResender,
  connectWriter,
  openClient,
  usualPace,
  type ConnectRequest,
  type Session,
} from './connect.ts';
export { parseCredentials } from './credentials-file.ts';
export { CallError, isDeletedByLostTry } from './errors.ts';
export {
  createFace,
  createFaceAuthenticator,
  deleteFace,
  getFaces,
  getUserFaceSettings,
  sendFaceActivationEmail,
  updateFace,
} from './face-calls.ts';
export type {
  FaceAuthenticator,
  FaceCreateParms,
  FaceCreateResponse,
  FaceEncryptedToken,
  FaceStatus,
  FaceUpdateParms,
  UserFaceSettings,
} from './generated/face-api.generated.ts';
export { operations, type OperationName } from './operations.ts';
export { proxyFrom } from './transport.ts';
