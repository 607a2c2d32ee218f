import type { Environment } from './values/environment.ts';
import type { Instant } from './instant.ts';
import type { SourceRange } from './place.ts';

export const flows = ['mobile', 'web', 'token'] as const;
/** How a face comes about: the user's phone, a web flow stored at Onfido, or a token stored in IDaaS. */
export type Flow = (typeof flows)[number];

/** What happens to a face that no entry asks for. */
export type Removal = 'keep' | 'disable' | 'delete';

/** What becomes of an entry whose user the tenant does not have. */
export type MissingUsers = 'error' | 'wait' | 'ignore';

/** How the file names a user. `key` is the login lower-cased, `uuid:…` or `externalId:…`. */
export interface UserRef {
  readonly by: 'login' | 'uuid' | 'externalId';
  readonly value: string;
  readonly key: string;
}

/** Where the encrypted biometric token is read from when it is sent; the value itself is never kept. */
export type TokenSource =
  | { readonly from: 'env'; readonly name: string }
  /** Both paths are relative to the working directory, or absolute; the file must be below the directory of `namedBy`. */
  | { readonly from: 'file'; readonly path: string; readonly namedBy: string };

/** Lifetime in the tenant's face settings of a user, and when they were read. */
export interface PolicyLifetime {
  readonly seconds: number;
  readonly readAt: Instant;
}

/** `tenant`: the tenant's own policy decides, and no difference is ever seen. */
export type ExpiryRule =
  | { readonly rule: 'tenant' }
  /** As the tenant's policy has it: brings back an expiry that was changed. */
  | { readonly rule: 'policy'; readonly lifetime?: PolicyLifetime | undefined }
  | { readonly rule: 'at'; readonly instant: Instant }
  /** Counted from the face's creation. */
  | { readonly rule: 'lifetime'; readonly seconds: number };

/** What a create sends, per flow; `expiry` is set by an update that follows. */
export type NewFace = { readonly expiry: ExpiryRule } & (
  | { readonly flow: 'mobile'; readonly activation: { readonly email: boolean; readonly qrCode: boolean } }
  | { readonly flow: 'web'; readonly applicantId: string; readonly workflowRunId?: string | undefined }
  | { readonly flow: 'token'; readonly customerUserId: string; readonly token: TokenSource }
);

/** What a create of the flow sends. */
export type NewFaceOf<F extends Flow> = Extract<NewFace, { readonly flow: F }>;

interface EnrollmentBase {
  /** `<user key>/<flow>[/<label>]`; an absent entry without a flow has the user key alone. */
  readonly key: string;
  readonly user: UserRef;
  readonly serialNumber?: string | undefined;
  /** In place of the one of the files. */
  readonly missingUsers?: MissingUsers | undefined;
  /** Name of the owner of its file; missing where that has none. */
  readonly owner?: string | undefined;
  readonly annotations: Readonly<Record<string, string>>;
  /** The entry's node in the file. */
  readonly range: SourceRange;
}

export interface PresentEnrollment extends EnrollmentBase {
  readonly state: 'present';
  readonly face: NewFace;
  readonly label?: string | undefined;
  readonly enabled: boolean;
  readonly replaceOn: ReadonlySet<'FAILED' | 'EXPIRED'>;
}

export interface AbsentEnrollment extends EnrollmentBase {
  readonly state: 'absent';
  /** Without a flow, every face of the user goes. */
  readonly flow?: Flow | undefined;
}

/** One entry of the files, defaults filled in. */
export type Enrollment = PresentEnrollment | AbsentEnrollment;

/** Whose faces the files own. */
export type Scope =
  | { readonly users: 'listed' }
  /** `group` is a name, an external id or a UUID. */
  | { readonly users: 'group'; readonly group: string; readonly onRemove: Removal; readonly range: SourceRange }
  | { readonly users: 'tenant'; readonly onRemove: Removal; readonly range: SourceRange };

/** Whom a listing of users is to find. */
export type Reach = { readonly users: 'tenant' } | { readonly users: 'group'; readonly group: string };

/** How much one run may remove or send: a count, or a share (0 to 1) of the faces in scope. */
export type Limit =
  { readonly unit: 'count'; readonly value: number } | { readonly unit: 'share'; readonly value: number };

export interface Budgets {
  readonly delete: Limit;
  readonly disable: Limit;
  /** Updates that end access within the horizon. */
  readonly shorten: Limit;
  readonly email: Limit;
  /** Unlimited where it is missing. */
  readonly update?: Limit | undefined;
}

/** Where no file says otherwise. */
export const usualBudgets = {
  delete: { unit: 'count', value: 5 },
  disable: { unit: 'count', value: 20 },
  shorten: { unit: 'count', value: 20 },
  email: { unit: 'count', value: 100 },
} as const satisfies Budgets;

/** How far ahead an expiry may lie and still count as a removal, where no file says otherwise. */
export const usualShortenHorizonSeconds = 30 * 86_400;

/** Which of the vendor's two creates a tenant has: v1 is deprecated since 5.40 and returns no activation. */
export type CreateApi = 'v1' | 'v2';

export const usualCreateApi: CreateApi = 'v2';

/** Each is there or missing, never undefined: of the pace in a plan's JSON a digest is taken. */
export interface TenantSettings {
  readonly url?: string;
  /** v2 where it is missing. */
  readonly createApi?: CreateApi;
  readonly concurrency?: number;
  readonly requestsPerSecond?: number;
}

/** What was read, so that a plan can say from which input it came. */
export interface InputFile {
  readonly file: string;
  /** SHA-256 over the bytes, lower-case hex. */
  readonly sha256: string;
}

/** What holds for a part of the files. */
export interface Rules {
  readonly scope: Scope;
  readonly unmatched: Removal;
  readonly missingUsers: MissingUsers;
  readonly budgets: Budgets;
}

/** A team, and what holds for its files alone. */
export interface Owner extends Rules {
  readonly name: string;
  /** Where the first of its heads names it. */
  readonly range: SourceRange;
}

/** What all files together ask for. */
export interface DesiredState extends Rules {
  /** In the order of their names. The rules of the state itself hold for files without an owner. */
  readonly owners?: readonly Owner[] | undefined;
  /** Whether `budgets` are those of the whole run; else each total is the sum of what its parts allow. */
  readonly totals?: 'stated' | 'summed' | undefined;
  /** The one that the state is for; missing where the files have none. */
  readonly environment?: Environment | undefined;
  readonly tenant: TenantSettings;
  readonly shortenHorizonSeconds: number;
  /** User keys, as in `UserRef.key`, and where the files name them. */
  readonly protect: ReadonlyMap<string, SourceRange>;
  readonly enrollments: readonly Enrollment[];
  readonly inputs: readonly InputFile[];
  /** Files below the directories that were skipped: hidden ones, those of other kinds, such as credentials, and those without enrollments. */
  readonly filesSkipped: number;
}
