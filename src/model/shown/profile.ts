import type { Scope, UserRef } from '../enrollment.ts';
import type { Face, User } from '../face.ts';
import type { Instant } from '../instant.ts';
import type { FaceSettings, LiveState, Unknown } from '../live.ts';

/** User with every name that the tenant knows them by. */
export interface NamedUser extends User {
  readonly aliases: readonly string[];
  readonly externalId?: string | undefined;
  /** Names of the groups. */
  readonly groups: readonly string[];
}

/** Face with the property that no plan depends on. */
export interface ShownFace extends Face {
  readonly lastUsed?: Instant | undefined;
}

/** How the reading of one user ended. */
export type ProfileReading =
  | {
      readonly presence: 'present';
      readonly user: NamedUser;
      readonly inScope: boolean;
      readonly faces: readonly ShownFace[];
      readonly settings: FaceSettings;
    }
  | { readonly presence: 'absent' }
  /** `user` is there where only the faces, or the membership of the scope's group, could not be read. */
  | { readonly presence: 'unknown'; readonly reason: Unknown; readonly user?: NamedUser | undefined };

/** Everything that the tenant says of one user. */
export type Profile = ProfileReading & Pick<LiveState, 'maxFacesPerUser' | 'settingsFailure'>;

export interface ProfileRequest {
  readonly user: UserRef;
  /** Decides whether the user's groups matter. */
  readonly scope: Scope;
}
