/**
 * The questions that the vendor's documents leave open, each with every answer the sandbox can give. The first answer
 * is the default: what the vendor's samples suggest, or else the plainest reading.
 */
export const readingChoices = {
  /** What a mobile face shows as `mobile` in listings until somebody has registered it. */
  pendingMobile: ['true', 'false', 'missing'],
  /** Whether a face made from an encrypted token bears an applicantId. */
  tokenApplicant: ['absent', 'present'],
  /** Whether an update keeps the members it omits, or clears the expiry and puts the status back to its first value. */
  put: ['merge', 'replace'],
  /** The status of a look-up of a user or group that does not exist or is not visible. */
  missedLookup: [404, 400],
  /** The status of a create for a user who has as many faces as allowed. */
  maximumReached: [409, 403, 400],
  /** Whom `authenticator EQUALS FACE` finds: users with any face, or users with an ACTIVE one. */
  faceFilter: ['every-status', 'active-only'],
  /** Whether an expired face becomes ACTIVE when only its expiry is moved into the future. */
  expiryRevives: ['yes', 'no'],
  /** How dates are written: `2019-02-19T13:15:27Z`, or `2018-05-28T19:07:50.328+0000`. */
  dates: ['zulu', 'offset'],
  /** Whether a member without a value is null or left out. */
  nulls: ['explicit', 'omitted'],
  /** What an ACTIVE face shows once its expiry has passed: EXPIRED, or still ACTIVE. */
  expiredStatus: ['computed', 'left-active'],
  /** Status of a new web face. */
  webInitial: ['ACTIVE', 'REVIEW', 'ACTIVATING'],
  /** Status of a new face made from an encrypted token. */
  tokenInitial: ['ACTIVE', 'ACTIVATING'],
  /** Status of a new mobile face. The vendor's webhook sample shows ACTIVATING. */
  mobileInitial: ['ACTIVATING', 'NEW'],
  /** Whether a look-up of one user brings aliases and groups unasked, as the vendor's sample does. */
  aliasesInline: ['yes', 'no'],
  /** From when the lifetime of a mobile face counts: its creation, or its activation, until which it has no expiry. */
  lifetimeFrom: ['creation', 'activation'],
} as const;

/** One answer to each open question. */
export type Readings = { readonly [K in keyof typeof readingChoices]: (typeof readingChoices)[K][number] };

export const defaultReadings: Readings = {
  pendingMobile: 'true',
  tokenApplicant: 'absent',
  put: 'merge',
  missedLookup: 404,
  maximumReached: 409,
  faceFilter: 'every-status',
  expiryRevives: 'yes',
  dates: 'zulu',
  nulls: 'explicit',
  expiredStatus: 'computed',
  webInitial: 'ACTIVE',
  tokenInitial: 'ACTIVE',
  mobileInitial: 'ACTIVATING',
  aliasesInline: 'yes',
  lifetimeFrom: 'creation',
};
