import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Face, User } from '../../model/face.ts';
import type { Instant } from '../../model/instant.ts';
import { disabled } from '../match/decide.ts';
import type { Change, Decision } from '../../model/plan.ts';
import {
  makesFace,
  type PastChange,
  type PastCreating,
  type PastDelete,
  type PastReplace,
  type PastUpdate,
} from '../../model/shown/past-run.ts';
import { fingerprint } from '../plan/fingerprint.ts';
import { findNewFaces } from './new-faces.ts';
import { cannotReturn, goneSince, interrupted, mayBeApplied, movedSince, partlyBack } from './revert-diagnostics.ts';
import { unwind, type Unwound } from './unwind.ts';
import { areSame, returnTo } from './values.ts';

export interface RevertRules {
  readonly now: Instant;
  readonly facesAllowed: number;
  /** What happens to new faces that are in use by now. */
  readonly activated: 'delete' | 'keep';
}

export interface UserRevert {
  readonly changes: readonly Change[];
  readonly diagnostics: readonly Diagnostic[];
}

interface LiveFaces {
  readonly user: User;
  readonly faces: readonly Face[];
}

/** Says how one user gets back to what the runs have found, face by face: never two changes of one face. */
export function revertUser(found: LiveFaces, recorded: readonly PastChange[], rules: RevertRules): UserRevert {
  const { user, faces } = found;
  const { past, unclear } = findNewFaces(found, recorded, rules.now);
  const reverts = [...historiesOf(past)].map(([id, history]) => {
    const face = faces.find((each) => each.id === id);
    return face === undefined ? whenGone(history, user) : whenLive({ face, history, found }, rules);
  });
  const doubts = past.filter((change) => isDoubtful(change, faces, rules.now));
  const base = {
    user,
    annotations: {},
    precondition: fingerprint(faces),
    facesInUse: faces.length,
    facesAllowed: rules.facesAllowed,
  };
  return {
    changes: reverts.flatMap(({ change }) => (change === undefined ? [] : { ...base, ...change })),
    diagnostics: [
      ...reverts.flatMap(({ diagnostics }) => diagnostics),
      ...[...unclear, ...doubts].map((change) => mayBeApplied(user, change)),
    ],
  };
}

/** What the runs have done to one face, in the order of time. */
interface History {
  readonly born?: PastCreating;
  readonly updates: readonly PastUpdate[];
  readonly gone?: PastDelete | PastReplace;
}

type Gathered = { -readonly [K in keyof History]: History[K] } & { readonly updates: PastUpdate[] };

/** By id of the face, of all that was applied, or may have been. A hostile journal may have a million for one face. */
function historiesOf(past: readonly PastChange[]): ReadonlyMap<string, History> {
  const histories = new Map<string, Gathered>();
  const of = (id: string): Gathered => {
    const history = histories.get(id) ?? { updates: [] };
    histories.set(id, history);
    return history;
  };
  for (const change of past.filter(({ certainty }) => certainty === 'applied' || certainty === 'possible')) {
    if ('to' in change) of(change.face.id).updates.push(change);
    if (change.action === 'delete' || change.action === 'replace') of(change.face.id).gone = change;
    if (makesFace(change) && change.faceId !== undefined) of(change.faceId).born = change;
  }
  return histories;
}

interface FaceRevert {
  readonly change?: { readonly key: string } & Decision;
  readonly diagnostics: readonly Diagnostic[];
}

const nothing: FaceRevert = { diagnostics: [] };

/** Whoever was created by the runs and is gone, is as before. */
function whenGone({ born, updates, gone }: History, user: User): FaceRevert {
  if (born?.action === 'create') return nothing;
  if (gone !== undefined) return { diagnostics: [cannotReturn(user, gone)] };
  const last = updates.at(-1);
  return last === undefined ? nothing : { diagnostics: [goneSince(user, last.key, last.face)] };
}

interface LiveFace {
  readonly face: Face;
  readonly history: History;
  readonly found: LiveFaces;
}

function whenLive({ face, history, found }: LiveFace, rules: RevertRules): FaceRevert {
  const { born, updates } = history;
  if (born !== undefined && isToGo(born, face, found.faces, rules)) {
    return { change: { key: born.key, action: 'delete', reason: 'delete_because_reverted', face }, diagnostics: [] };
  }
  const last = updates.at(-1);
  if (last === undefined) return nothing;
  const unwound = unwind(
    face,
    updates.map((update) => ({ before: update.face, after: update.to })),
    rules.now,
  );
  return back({ face, last, user: found.user }, unwound, rules.now);
}

/** The new face of a replace stays, unless the old one is there as well, since the user would be left without any. */
function isToGo(born: PastCreating, face: Face, faces: readonly Face[], { activated }: RevertRules): boolean {
  if (activated === 'keep' && (face.status === 'ACTIVE' || face.status === 'REVIEW')) return false;
  return born.action === 'create' || faces.some(({ id }) => id === born.face.id);
}

interface Returning {
  readonly face: Face;
  readonly last: PastUpdate;
  readonly user: User;
}

function back({ face, last, user }: Returning, unwound: Unwound, now: Instant): FaceRevert {
  const { key } = last;
  switch (unwound.state) {
    case 'as-before':
      return nothing;
    case 'moved':
      return { diagnostics: [movedSince(user, key, { face, left: last.to })] };
    case 'back': {
      const { to: earlier, course } = unwound;
      const { action, ends, lack } = returnTo(face, earlier, now);
      const diagnostics = [
        ...(course === 'interrupted' ? [interrupted(user, face, earlier)] : []),
        ...(lack === undefined ? [] : [partlyBack(user, face, { key, to: earlier, ends, lack })]),
      ];
      if (action === 'none') return { diagnostics };
      if (action === 'disable') {
        const to = disabled({ ...face, expiry: ends.expiry });
        return { change: { key, action, reason: 'disable_because_reverted', face, to }, diagnostics };
      }
      const values = { status: 'ACTIVE', expiry: ends.expiry } as const;
      return { change: { key, action, reason: 'update_because_reverted', face, to: values }, diagnostics };
    }
  }
}

/** A change that was not applied, by its record, and whose effect is there all the same, or cannot be told. */
function isDoubtful(change: PastChange, faces: readonly Face[], now: Instant): boolean {
  if (change.certainty === 'applied' || change.certainty === 'possible') return false;
  const old = change.action === 'create' ? undefined : faces.find(({ id }) => id === change.face.id);
  if ('to' in change) return old !== undefined && areSame(old, change.to, now) && !areSame(old, change.face, now);
  if (change.action !== 'create' && old === undefined) return true;
  if (change.action === 'delete') return false;
  const { faceId, certainty } = change;
  return faceId === undefined ? certainty === 'unknown' : faces.some(({ id }) => id === faceId);
}
