export { FaceApi } from './face-api/face-api.ts';
export {
  FaceApiError,
  type FaceApiErrorCode,
  type FaceApiErrorFacts,
  type FaceOperation,
} from './face-api/face-api-error.ts';
export { FaceReader } from './face-api/face-reader.ts';
export type { FaceApiOptions } from './face-api/open-face-client.ts';
export { Secret } from './model/values/secret.ts';
export type {
  Fetch,
  FetchAnswer,
  FetchRequest,
  FaceAuthenticator,
  FaceCreateParms,
  FaceCreateResponse,
  FaceEncryptedToken,
  FaceStatus,
  FaceUpdateParms,
  UserFaceSettings,
} from './provider/index.ts';
