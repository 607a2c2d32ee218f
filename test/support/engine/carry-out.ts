import type { Face, User } from '../../../src/model/face.ts';
import type { LiveState } from '../../../src/model/live.ts';
import type { Outcome } from '../../../src/model/outcome.ts';
import { isCreating, type WritingChange } from '../../../src/model/plan.ts';
import type { Reading } from './random-worlds.ts';
import { born } from './simulate.ts';
import { liveOf } from './world.ts';

/** Faces of each user, by UUID. */
export type Faces = ReadonlyMap<string, { readonly user: User; readonly faces: readonly Face[] }>;

export interface CarriedOut {
  readonly after: Faces;
  /** One for each change, all of them applied. */
  readonly outcomes: readonly Outcome[];
}

/** Does to the faces what the changes say, as the vendor would in the smallest form of its rules. */
export function carryOut(before: Faces, changes: readonly WritingChange[], reading: Reading): CarriedOut {
  const after = new Map(before);
  const outcomes = changes.map((change, index): Outcome => {
    const found = after.get(change.user.uuid);
    if (found === undefined) return { state: 'stale', change, note: 'gone' };
    const id = isCreating(change) ? `born-${index}` : change.face.id;
    after.set(change.user.uuid, { ...found, faces: facesAfter(found.faces, change, id, reading) });
    return { state: 'applied', change, faceId: id };
  });
  return { after, outcomes };
}

function facesAfter(faces: readonly Face[], change: WritingChange, id: string, reading: Reading): readonly Face[] {
  const others = change.action === 'create' ? faces : faces.filter((face) => face.id !== change.face.id);
  switch (change.action) {
    case 'create':
    case 'replace':
      return [...others, born(change.create, id, reading)];
    case 'update':
      return [...others, { ...change.face, ...change.to }];
    case 'disable':
      return [...others, { ...change.face, ...change.to }];
    case 'delete':
      return others;
  }
}

/** All users that a world has. */
export function facesOf({ listed, discovered }: LiveState): Faces {
  const users = [...listed.values(), ...discovered].filter((user) => user.presence === 'present');
  return new Map(users.map(({ user, faces }) => [user.uuid, { user, faces }]));
}

/** As read by UUID. */
export function liveByUuid(faces: Faces): LiveState {
  const users = [...faces].map(
    ([uuid, found]) => [`uuid:${uuid}`, { ...found, presence: 'present', inScope: true } as const] as const,
  );
  return liveOf(Object.fromEntries(users));
}
