import type { DesiredState, Enrollment, PresentEnrollment, UserRef } from '../../model/enrollment.ts';
import type { User } from '../../model/face.ts';
import type { LiveState, LiveUser } from '../../model/live.ts';
import { writingChanges, type Change, type Plan, type UnmatchedFace, type WritingChange } from '../../model/plan.ts';
import type { Patch } from '../../model/shown/adoption.ts';
import { createPlan } from '../owners/create-plan.ts';
import type { PlanRequest } from '../plan/plan.ts';
import { entriesFor, type AddedEntry } from './entries-for.ts';
import { isTaken, patched, patchFor } from './patch-for.ts';

/** How the files come to ask for what is live. */
export interface Adoption {
  /** UUIDs of the users to whom a plan then does nothing. */
  readonly users: ReadonlySet<string>;
  readonly patches: readonly PatchedEntry[];
  readonly added: readonly AddedEntry[];
  /** Changes of users that no entry can make needless. Nothing of those users is adopted. */
  readonly left: readonly WritingChange[];
}

interface PatchedEntry {
  readonly entry: Enrollment;
  readonly user: User;
  readonly patch: Patch;
}

/** `drifted`: users whose faces are not as the entries ask, or would be removed for lack of an entry. */
export type Adopters = 'drifted' | readonly UserRef[];

/** A plan settles in a few rounds: an entry that is not enabled any more may be given another face. */
const mostRounds = 8;

/** Says what entries have to say so that a plan does nothing to the users. Pure. */
export function adopt(request: PlanRequest, adopters: Adopters): Adoption {
  const live = withEverybody(request.live);
  const first = createPlan(request);
  const users = usersOf(first, live, adopters);
  const refs = refsOf(request.desired, live, adopters);
  const { plan, patches, added } = settle({ request: { ...request, live }, users, refs, first });
  const left = writingChanges(plan).filter(({ user }) => users.has(user.uuid));
  const failed = new Set(left.map(({ user }) => user.uuid));
  const isAdopted = ({ uuid }: Pick<User, 'uuid'>): boolean => !failed.has(uuid);
  return {
    users: new Set([...users].filter((uuid) => isAdopted({ uuid }))),
    patches: request.desired.enrollments.flatMap((entry) => {
      const patch = patches.get(entry.key);
      const user = userOf(live, entry.user);
      return patch !== undefined && user !== undefined && isAdopted(user) ? [{ entry, user, patch }] : [];
    }),
    added: added.filter(({ user }) => isAdopted(user)),
    left,
  };
}

interface Settling {
  readonly request: PlanRequest;
  readonly users: ReadonlySet<string>;
  readonly refs: ReadonlyMap<string, UserRef>;
  readonly first: Plan;
}

interface Settled {
  readonly plan: Plan;
  readonly patches: ReadonlyMap<string, Patch>;
  readonly added: readonly AddedEntry[];
}

function settle({ request, users, refs, first }: Settling): Settled {
  const patches = new Map<string, Patch>();
  const added: AddedEntry[] = [];
  const known = everybody(request.live);
  let { enrollments } = request.desired;
  let plan = first;
  for (let round = 0; round < mostRounds; round += 1) {
    const wanted = plan.changes.filter(({ user }) => users.has(user.uuid));
    const now = patchesOf(wanted, enrollments, request);
    const unclaimed = [...unclaimedOf(plan, users), ...unnamedOf(enrollments, request.live, users)];
    const more = entriesFor(now.size > 0 ? [] : unclaimed, {
      entries: enrollments,
      users: known,
      refs,
      now: request.now,
    });
    if (now.size + more.length === 0) break;
    for (const [key, patch] of now) patches.set(key, { ...patches.get(key), ...patch });
    added.push(...more);
    enrollments = [...enrollments.map((entry) => withPatch(entry, now)), ...more.map(({ entry }) => entry)];
    plan = createPlan({ ...request, desired: { ...request.desired, enrollments } });
  }
  return { plan, patches, added };
}

function everybody({ listed, discovered }: LiveState): readonly LiveUser[] {
  return [...listed.values(), ...discovered];
}

function userOf({ listed }: LiveState, { key }: UserRef): User | undefined {
  const found = listed.get(key);
  return found?.presence === 'present' ? found.user : undefined;
}

function uuidOf(live: LiveState, ref: UserRef): string | undefined {
  return userOf(live, ref)?.uuid;
}

/** Those whom the scope brought in can be named as well, once they have entries. */
function withEverybody(live: LiveState): LiveState {
  const named = live.discovered.flatMap((found) =>
    found.presence === 'present'
      ? [[found.user.login.toLowerCase(), found] as const, [`uuid:${found.user.uuid}`, found] as const]
      : [],
  );
  return { ...live, listed: new Map([...named, ...live.listed]) };
}

function usersOf({ changes }: Plan, live: LiveState, adopters: Adopters): ReadonlySet<string> {
  if (adopters === 'drifted') return new Set(changes.filter(isDrift).map(({ user }) => user.uuid));
  return new Set(adopters.flatMap((ref) => uuidOf(live, ref) ?? []));
}

function isDrift({ action, reason }: Change): boolean {
  return action === 'update' || action === 'replace' || reason === 'disable_because_not_enabled' || isUnclaimed(reason);
}

function isUnclaimed(reason: Change['reason']): boolean {
  return /^(?:disable|delete)_because_(?:unmatched|not_in_configuration)$/.test(reason);
}

function refsOf({ enrollments }: DesiredState, live: LiveState, adopters: Adopters): ReadonlyMap<string, UserRef> {
  const refs = new Map<string, UserRef>();
  const named = adopters === 'drifted' ? [] : adopters;
  for (const ref of [...named, ...enrollments.map(({ user }) => user)]) {
    const uuid = uuidOf(live, ref);
    if (uuid !== undefined) refs.set(uuid, ref);
  }
  return refs;
}

function unclaimedOf({ changes, kept }: Plan, users: ReadonlySet<string>): readonly UnmatchedFace[] {
  const going = changes.flatMap((change) =>
    (change.action === 'delete' || change.action === 'disable') && isUnclaimed(change.reason) ? [change] : [],
  );
  return [...going, ...kept].filter(({ user }) => users.has(user.uuid));
}

/** Faces of users whom no entry names, and who may be of no concern to the plan. */
function unnamedOf(
  enrollments: readonly Enrollment[],
  live: LiveState,
  users: ReadonlySet<string>,
): readonly UnmatchedFace[] {
  const named = new Set(enrollments.map(({ user }) => uuidOf(live, user)));
  return [...live.listed.values()].flatMap((found) => {
    if (found.presence !== 'present' || !users.has(found.user.uuid) || named.has(found.user.uuid)) return [];
    return found.faces.map((face) => ({ key: '', user: found.user, face }));
  });
}

function patchesOf(
  changes: readonly Change[],
  entries: readonly Enrollment[],
  { now }: PlanRequest,
): ReadonlyMap<string, Patch> {
  const byKey = new Map<string, PresentEnrollment>();
  for (const entry of entries) if (entry.state === 'present') byKey.set(entry.key, entry);
  return new Map(
    changes.flatMap((change) => {
      const entry = byKey.get(change.key);
      const isPatchable = change.action !== 'no-op' && change.action !== 'delete';
      const patch = entry && isPatchable ? patchFor(change, entry, now) : undefined;
      return patch === undefined || isTaken(patch.applicantId, entries) ? [] : [[change.key, patch] as const];
    }),
  );
}

function withPatch(entry: Enrollment, patches: ReadonlyMap<string, Patch>): Enrollment {
  const patch = patches.get(entry.key);
  return entry.state === 'present' && patch !== undefined ? patched(entry, patch) : entry;
}
