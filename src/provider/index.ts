export { isLoopbackUrl, isVendorOrLoopback } from './http/address.ts';
export { acceptsAnyCertificate } from './http/certificates.ts';
export type { Client } from './http/client.ts';
export type { OnWrite, TraceLine } from './http/observed-calls.ts';
export type { Clock } from './pace/clock.ts';
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
export { CallError, isDeletedByLostTry } from './http/errors.ts';
export {
  createFace,
  createFaceAuthenticator,
  deleteFace,
  getFaces,
  getUserFaceSettings,
  sendFaceActivationEmail,
  updateFace,
} from './faces/face-calls.ts';
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
export type { Fetch, FetchAnswer, FetchRequest } from './http/fetch-transport.ts';
export { proxyFrom } from './http/transport.ts';
