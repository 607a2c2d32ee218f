// Generated from schemas/face-api.json by `npm run generate`. Do not edit.
import type { Secret } from '../../model/values/secret.ts';

/** The statuses of a face. */
export type FaceStatus = 'ACTIVATING' | 'ACTIVE' | 'FAILED' | 'EXPIRED' | 'REVIEW' | 'DISABLED' | 'NEW';

/** One Face Biometric of a user, as the tenant stores it. */
export interface FaceAuthenticator {
  /** UUID of the face. */
  readonly id: string;
  /** Serial number, as the portal shows it, such as 19196-24946. */
  readonly serialNumber?: string | undefined;
  /** Status of the face. */
  readonly status: FaceStatus;
  /** Id of the applicant at Onfido. */
  readonly applicantId?: string | undefined;
  /** When the face was created. */
  readonly created?: Date | undefined;
  /** When the face expires. */
  readonly expiry?: Date | undefined;
  /** When the face was last used. */
  readonly lastUsed?: Date | undefined;
  /** Whether the face was registered on a mobile device. */
  readonly mobile?: boolean | undefined;
  /** Platform of the mobile device on which the face was registered. */
  readonly platform?: string | undefined;
}

/** What a create sends: one of the three flows, mobile, web or encrypted token. */
export interface FaceCreateParms {
  /** Web flow: id of the applicant at Onfido. */
  readonly applicantId?: string | undefined;
  /** Web flow: id of the workflow run at Onfido. */
  readonly workflowRunId?: string | undefined;
  /** Mobile flow: whether the tenant e-mails activation instructions to the user. */
  readonly deliverActivationEmail?: boolean | undefined;
  /** Mobile flow: whether the answer includes the activation QR code. */
  readonly returnQRCode?: boolean | undefined;
  /** Token flow: the biometric to store in IDaaS. */
  readonly encryptedBiometricToken?: FaceEncryptedToken | undefined;
}

/** An encrypted biometric token and the Onfido user that it belongs to. */
export interface FaceEncryptedToken {
  /** User id with which the token was made at Onfido. */
  readonly customerUserId: string;
  /** The encrypted token that Onfido produced, as Base64. */
  readonly encryptedBiometricToken: Secret | string;
}

/** A face that was just created. */
export interface FaceCreateResponse {
  /** UUID of the face. */
  readonly id: string;
  /** Serial number, as the portal shows it, such as 19196-24946. */
  readonly serialNumber?: string | undefined;
  /** Status of the face. */
  readonly status: FaceStatus;
  /** Id of the applicant at Onfido. */
  readonly applicantId?: string | undefined;
  /** When the face was created. */
  readonly created?: Date | undefined;
  /** When the face expires. */
  readonly expiry?: Date | undefined;
  /** Whether the face was created for a mobile device. */
  readonly mobile?: boolean | undefined;
  /** QR code that registers the face. It is returned only here. */
  readonly activationQRCode?: Secret | undefined;
  /** URL that registers the face. It is returned only here. */
  readonly activationUrl?: Secret | undefined;
}

/** What an update sends. The documents do not say whether an omitted property is left unchanged. */
export interface FaceUpdateParms {
  /** UUID of the face to update. */
  readonly id: string;
  /** Status to set. plan and apply set ACTIVE and DISABLED only. */
  readonly status?: FaceStatus | undefined;
  /** When the face expires. */
  readonly expiry?: Date | undefined;
}

/** The face settings that the tenant resolved for one user. */
export interface UserFaceSettings {
  /** Lifetime of a face, in days. */
  readonly lifetime: number;
}
