import { firstFree, serialNumberFor, uuidFor } from './identifiers.ts';
import { SeedProblem, type SeedGroup, type SeedUser } from './seed.ts';
import type { Email, StoredFace, StoredGroup, StoredUser } from './stored.ts';

/** Lifetime of a new face in days: the example that the vendor's schema `UserFaceSettings` gives. */
const usualLifetimeDays = 180;

function lifetimeOf({ faceLifetimeDays = usualLifetimeDays }: SeedUser): number {
  return faceLifetimeDays;
}

/** All that a tenant remembers, in maps. Logins and aliases share one space of names and ignore case. */
export class Store {
  readonly #users = new Map<string, StoredUser>();
  readonly #names = new Map<string, string>();
  readonly #externalIds = new Map<string, string>();
  readonly #groups = new Map<string, StoredGroup>();
  readonly #emails: Email[] = [];
  readonly #serialNumbers = new Set<string>();
  #faces = new Map<string, readonly StoredFace[]>();
  #owners = new Map<string, string>();
  #facesCreated: number;
  #version = 0;

  constructor(facesCreated: number) {
    this.#facesCreated = facesCreated;
  }

  /** Grows with every change, so that a caller can tell whether there is something to save. */
  get version(): number {
    return this.#version;
  }

  get facesCreated(): number {
    return this.#facesCreated;
  }

  get emails(): readonly Email[] {
    return this.#emails;
  }

  users(): readonly StoredUser[] {
    return [...this.#users.values()];
  }

  groups(): readonly StoredGroup[] {
    return [...this.#groups.values()];
  }

  user(id: string): StoredUser | undefined {
    return this.#users.get(id);
  }

  userNamed(loginOrAlias: string): StoredUser | undefined {
    const id = this.#names.get(loginOrAlias.toLowerCase());
    return id === undefined ? undefined : this.#users.get(id);
  }

  userWithExternalId(externalId: string): StoredUser | undefined {
    const id = this.#externalIds.get(externalId);
    return id === undefined ? undefined : this.#users.get(id);
  }

  faces(userId: string): readonly StoredFace[] {
    return this.#faces.get(userId) ?? [];
  }

  ownerOf(faceId: string): StoredUser | undefined {
    const id = this.#owners.get(faceId);
    return id === undefined ? undefined : this.#users.get(id);
  }

  face(faceId: string): StoredFace | undefined {
    const owner = this.ownerOf(faceId);
    return owner && this.faces(owner.id).find((face) => face.id === faceId);
  }

  addGroup(seed: SeedGroup): StoredGroup {
    const clash = this.groups().find((group) => group.name === seed.name || group.id === seed.id);
    if (clash) throw new SeedProblem(`there is a group "${clash.name}" with this name or id already`);
    const id = seed.id ?? this.#freeId(`group ${seed.name}`);
    const group = { id, name: seed.name, externalId: seed.externalId };
    this.#groups.set(id, group);
    this.#version += 1;
    return group;
  }

  addUser(seed: SeedUser): StoredUser {
    const { login, aliases = [], groups = [], externalId, email, state = 'ACTIVE' } = seed;
    for (const name of [login, ...aliases]) {
      if (this.userNamed(name)) throw new SeedProblem(`the login or alias "${name}" is taken`);
    }
    if (externalId !== undefined && this.#externalIds.has(externalId)) {
      throw new SeedProblem(`the externalId "${externalId}" is taken`);
    }
    const id = seed.id ?? this.#freeId(`user ${login.toLowerCase()}`);
    if (this.#users.has(id)) throw new SeedProblem(`the user id "${id}" is taken`);
    const user = { id, login, aliases, groups, externalId, email, state, faceLifetimeDays: lifetimeOf(seed) };
    this.#users.set(id, user);
    for (const name of [login, ...aliases]) this.#names.set(name.toLowerCase(), id);
    if (externalId !== undefined) this.#externalIds.set(externalId, id);
    this.#makeGroups(groups);
    this.#version += 1;
    return user;
  }

  /** Names of groups that there are. */
  joinGroups(user: StoredUser, groups: readonly string[]): void {
    this.#users.set(user.id, { ...user, groups: [...new Set([...user.groups, ...groups])] });
    this.#version += 1;
  }

  removeUser(user: StoredUser): void {
    for (const face of this.faces(user.id)) this.#owners.delete(face.id);
    for (const name of [user.login, ...user.aliases]) this.#names.delete(name.toLowerCase());
    if (user.externalId !== undefined) this.#externalIds.delete(user.externalId);
    this.#faces.delete(user.id);
    this.#users.delete(user.id);
    this.#version += 1;
  }

  addFace(userId: string, face: StoredFace): void {
    if (this.#owners.has(face.id)) throw new SeedProblem(`the face id "${face.id}" is taken`);
    this.#owners.set(face.id, userId);
    this.#serialNumbers.add(face.serialNumber);
    this.#faces.set(userId, [...this.faces(userId), face]);
    this.#version += 1;
  }

  replaceFace(face: StoredFace): void {
    const userId = this.#owners.get(face.id);
    if (userId === undefined) return;
    const faces = this.faces(userId).map((other) => (other.id === face.id ? face : other));
    this.#faces.set(userId, faces);
    this.#version += 1;
  }

  removeFace(faceId: string): void {
    const userId = this.#owners.get(faceId);
    if (userId === undefined) return;
    const faces = this.faces(userId).filter((face) => face.id !== faceId);
    this.#faces.set(userId, faces);
    this.#owners.delete(faceId);
    this.#version += 1;
  }

  addEmail(email: Email): void {
    this.#emails.push(email);
  }

  /** An id and a serial number that no face has, nor had while this store lived. */
  newFaceIdentity(): { readonly id: string; readonly serialNumber: string } {
    const id = firstFree(
      () => uuidFor(`face ${this.#facesCreated++}`),
      (value) => this.#owners.has(value),
    );
    const serialNumber = firstFree(
      (attempt) => serialNumberFor(`${id} ${attempt}`),
      (value) => this.#serialNumbers.has(value),
    );
    return { id, serialNumber };
  }

  /** Does the work and then takes back what it did to faces and e-mails. */
  rolledBack<T>(work: () => T): T {
    const [faces, owners, sent] = [new Map(this.#faces), new Map(this.#owners), this.#emails.length];
    try {
      return work();
    } finally {
      this.#faces = faces;
      this.#owners = owners;
      this.#emails.splice(sent);
    }
  }

  #makeGroups(names: readonly string[]): void {
    const known = new Set(this.groups().map((group) => group.name));
    for (const name of new Set(names)) if (!known.has(name)) this.addGroup({ name });
  }

  #freeId(name: string): string {
    return firstFree(
      (attempt) => uuidFor(attempt === 0 ? name : `${name} ${attempt}`),
      (value) => this.#users.has(value) || this.#groups.has(value),
    );
  }
}
