import { Store } from '../../src/sandbox/state/store.ts';
import type { StoredFace, StoredUser } from '../../src/sandbox/state/stored.ts';

/** The store as those see it who read a list that lags. */
export class LaggingStore extends Store {
  readonly #store: Store;
  readonly #pastFaces: (login: string) => readonly StoredFace[] | undefined;

  constructor(store: Store, pastFaces: (login: string) => readonly StoredFace[] | undefined) {
    super(0);
    this.#store = store;
    this.#pastFaces = pastFaces;
  }

  override user(id: string): StoredUser | undefined {
    return this.#store.user(id);
  }

  override faces(userId: string): readonly StoredFace[] {
    return this.#pastFaces(this.user(userId)?.login ?? '') ?? this.#store.faces(userId);
  }
}
