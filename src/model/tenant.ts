import type { NewFace, Reach, Scope, UserRef } from './enrollment.ts';
import type { Face, WritableStatus } from './face.ts';
import type { Everybody, FaceSettings, LiveState } from './live.ts';
import type { Profile, ProfileRequest } from './shown/profile.ts';
import type { Secret } from './values/secret.ts';
import type { Updated } from './plan.ts';
import type { Shard } from './shard.ts';
import type { TouchedRequest, TouchedState } from './shown/touched.ts';

/** So many creates may come too late in a row; where each call is held back for longer, no reading can be younger. */
export const mostLateCreates = 5;

/** What a face's create needs from the outside: a token flow's secret is looked up only now. */
export interface CreateRequest {
  /** Key of the change that asks for it, for the journal; so in the other requests. */
  readonly key: string;
  readonly uuid: string;
  readonly create: NewFace;
  /** Set for the token flow. */
  readonly token?: Secret | undefined;
  /** How much a face that was not there before resembles what this create makes; `none` for all that were. */
  readonly likeness: (face: Face) => Likeness;
  /** When the reading was answered that the create stands on, and how long it is good for; missing: however long. */
  readonly reading?: { readonly at: number; readonly goodForMs: number } | undefined;
}

/**
 * - `sure`: the face is such a one and in use, and nothing else that the plan creates. It counts as the new face.
 * - `possible`: no document rules it out. Nobody can tell whether the create has made it.
 */
export type Likeness = 'sure' | 'possible' | 'none';

export interface UpdateRequest extends Updated {
  readonly key: string;
  readonly uuid: string;
  readonly id: string;
  readonly status: WritableStatus;
}

export interface DeleteRequest {
  readonly key: string;
  readonly id: string;
  /** `compensation`: takes back a face that this run made a moment ago; the journal says so. */
  readonly purpose?: 'compensation' | undefined;
}

/** `gone`: there was nothing to delete any more. */
export type Deletion = 'deleted' | 'gone';

/** What a create brought about. The activation secrets are shown this once. */
export interface Created {
  readonly face: Face;
  /**
   * - `adopted`: the answer was lost and the face was found by reading again.
   * - `found`: the tenant put the create off, and a face was there before it was sent again. Somebody else made it.
   */
  readonly via: 'answer' | 'adopted' | 'found';
  readonly activationUrl?: Secret | undefined;
  readonly activationQrCode?: Secret | undefined;
}

/** Whom to read without being told their names. */
export interface EverybodyRequest {
  readonly reach: Reach;
  /**
   * `with-face`: those whom the tenant's own filter finds; whether it finds users without an ACTIVE face is not
   * documented. `every-user`: all, one call each.
   */
  readonly who: 'with-face' | 'every-user';
  readonly onProgress: OnProgress;
}

export interface ResendRequest {
  readonly key: string;
  /** Of the face. */
  readonly id: string;
}

/** Progress of reading, for the line on stderr. */
export type OnProgress = (done: number, total: number) => void;

/** Whom to read. */
export interface ReadRequest {
  readonly users: readonly UserRef[];
  readonly scope: Scope;
  /** `users`: those alone; `scope`: also the users with faces whom the scope brings in. */
  readonly reach: 'scope' | 'users';
  /** `unread`: all names are resolved, and nobody's faces are read. */
  readonly faces?: 'read' | 'unread' | undefined;
  /** All names are resolved, but only this shard's users' faces are read. */
  readonly shard?: Shard | undefined;
  readonly onProgress: OnProgress;
}

/** All that plan, validate and the like can do: read. */
export interface TenantReader {
  /** Never rejects because of one user: he ends as unknown. Rejects with a TenantError where nothing can be read. */
  readLive(request: ReadRequest): Promise<LiveState>;
  /** Rejects as `readLive` does. Nobody else is read, but where a listing of all is the cheaper way to find them. */
  readTouched(request: TouchedRequest): Promise<TouchedState>;
  /** Rejects as `readLive` does. Users are found by listing alone: there is no look-up of any of them. */
  readEverybody(request: EverybodyRequest): Promise<Everybody>;
  /** Rejects as `readLive` does. A user who could not be read ends as unknown. */
  readProfile(request: ProfileRequest): Promise<Profile>;
  /** @throws TenantError */
  readFaces(uuid: string): Promise<readonly Face[]>;
  /** By UUID, one call each. Never rejects with a TenantError: what could not be read ends as unknown. */
  readFaceSettings(uuids: readonly string[], onProgress: OnProgress): Promise<ReadonlyMap<string, FaceSettings>>;
}

/** What apply holds beside. Each method throws a TenantError when refused or unanswered, a LocalError where it could not ask. */
export interface TenantWriter extends TenantReader {
  /**
   * Exactly once: an unanswered create is looked for before it is sent again.
   *
   * @throws LateError where the reading that it stands on was too old when its turn came, and nothing was sent.
   */
  createFace(request: CreateRequest): Promise<Created>;
  updateFace(request: UpdateRequest): Promise<void>;
  deleteFace(request: DeleteRequest): Promise<Deletion>;
}

/** What resend holds beside reading. */
export interface TenantResender extends TenantReader {
  /**
   * Makes the tenant send an activation e-mail, and is never repeated once it may have done so.
   *
   * @throws TenantError: `unanswered` where nobody knows whether it was sent.
   */
  resendActivation(request: ResendRequest): Promise<void>;
}
