import type { Face, User } from '../face.ts';
import type { Unknown } from '../live.ts';
import type { UnknownUser } from '../plan.ts';

/** How a face came about, as far as it shows. */
export type ShownFlow =
  /** `guessed`: nothing tells yet whether the face was made for mobile or from a token. */
  | { readonly flow: 'mobile'; readonly certainty: 'certain' | 'guessed' }
  | { readonly flow: 'web'; readonly certainty: 'certain'; readonly applicantId: string }
  | { readonly flow: 'token'; readonly certainty: 'certain' };

/** An entry that asks for a face as it is. */
export type ExportedFace = ShownFlow & {
  readonly face: Face;
  readonly enabled: boolean;
  /** Missing where the user has but one face of the flow. */
  readonly label?: string | undefined;
  /** Pins the entry; missing where the face is found without. */
  readonly serialNumber?: string | undefined;
};

export interface ExportedUser {
  readonly user: User;
  /** `login` only where that name leads to nobody else. */
  readonly by: 'login' | 'uuid';
  readonly entries: readonly ExportedFace[];
  /** Faces that no entry could name. */
  readonly leftOut: readonly Face[];
}

/** What of a tenant's live state can be written down as files. Users are sorted by login, faces by flow and age. */
export interface Exported {
  readonly users: readonly ExportedUser[];
  readonly unread: readonly UnknownUser[];
  /** Set where the listing of users could not be read to its end. */
  readonly failure?: Unknown | undefined;
}
