import type { Enrollment, MissingUsers } from '../model/enrollment.ts';
import type { Face, User } from '../model/face.ts';
import type { Instant } from '../model/instant.ts';
import type { LiveState } from '../model/live.ts';
import { compareText } from '../model/values/order.ts';
import { placeOf } from '../model/place.ts';
import { faceOf, isWriting, type Plan, type UnknownUser, type WritingChange } from '../model/plan.ts';
import type { EnrollmentState, Status, StatusEntry } from '../model/shown/status.ts';
import { countMissing } from '../model/summary.ts';
import { missingEntries } from './plan/missing-users.ts';
import { joinUsers, type KnownUser } from './plan/join-users.ts';
import { healthFor, wantedExpiry } from './match/decide.ts';
import { flowTeller } from './match/flow-of.ts';
import { comparedWithPolicy, type SettingsByUser } from './match/face-settings.ts';
import { healthOf, type Health } from './match/health.ts';
import { matchUser } from './match/match.ts';
import { faceKey } from './plan/plan-user.ts';

export interface StatusRequest {
  /** None, to ask for all that the tenant has. */
  readonly enrollments: readonly Enrollment[];
  readonly missingUsers: MissingUsers;
  readonly live: LiveState;
  /** Plan of the same entries and the same reading; undefined where there are no entries to differ from. */
  readonly plan: Pick<Plan, 'changes'> | undefined;
  /** By UUID, where expiries are to be compared with the tenant's policy. */
  readonly settings?: SettingsByUser | undefined;
  readonly now: Instant;
  /** Seconds. */
  readonly within: number;
}

type Rules = Pick<StatusRequest, 'now' | 'within' | 'settings'> & {
  readonly flowOf: ReturnType<typeof flowTeller>;
  /** By the id of their face. */
  readonly asked: ReadonlyMap<string, WritingChange>;
};

/** Says how each enrollment of the files, and each face of their users and of the scope, stands. Pure. */
export function takeStatus(request: StatusRequest): Status {
  const { enrollments, missingUsers, live, now, within, settings } = request;
  const joined = joinUsers({ enrollments, protect: new Map() }, live);
  const flowOf = flowTeller([...live.listed.values(), ...live.discovered]);
  const rules = { now, within, settings, flowOf, asked: askedByEntries(request.plan) };
  const entries = [
    ...joined.listed.flatMap((user) => listedEntries(user, rules)),
    ...joined.others.flatMap(({ user, faces }) => faces.map((face) => faceEntry({ user, face, wish: 'any' }, rules))),
    ...joined.absent.flatMap((entry) => ofMissingUser(entry, missingUsers)),
    ...joined.unknown.flatMap(unreadEntries),
  ];
  const absentUsers = new Set(joined.absent.map(({ user }) => user.key)).size;
  return {
    users: joined.listed.length + joined.others.length + absentUsers + joined.unknown.length,
    complete: joined.unknown.length === 0 && live.discoveryFailure === undefined,
    entries: entries.toSorted((a, b) => compareText(a.key, b.key) || compareText(a.face?.id ?? '', b.face?.id ?? '')),
    totals: totalsOf(entries),
    missingUsers: countMissing(missingEntries(joined.absent, missingUsers)),
    absentUsers,
  };
}

/** What entries ask for; what happens to faces that no entry claims is no difference from one. */
function askedByEntries(plan: StatusRequest['plan']): Rules['asked'] {
  const asked = new Map<string, WritingChange>();
  for (const change of plan?.changes ?? []) {
    const face = faceOf(change);
    if (face !== undefined && isWriting(change) && change.place !== undefined) asked.set(face.id, change);
  }
  return asked;
}

/** A face, with the entry that speaks of it. */
interface Found {
  readonly user: User;
  readonly face: Face;
  readonly entry?: Enrollment;
  /** `unwanted` where the files say that it is not to be used. */
  readonly wish: 'unwanted' | 'any';
}

function listedEntries({ user, faces, entries }: KnownUser, rules: Rules): readonly StatusEntry[] {
  const { claims, removals, left } = matchUser(entries, faces, rules.now);
  const claimed = claims.flatMap(({ entry, face, alike }) => {
    const wish = entry.enabled ? 'any' : 'unwanted';
    const others = alike.map((other) => faceEntry({ user, face: other, entry, wish }, rules));
    if (face === undefined) return [...missing(entry, user.login, 'there is no such face', user.uuid), ...others];
    return [{ ...faceEntry({ user, face, entry, wish }, rules), key: entry.key, flow: entry.face.flow }, ...others];
  });
  const removed = removals.flatMap(({ entry, faces: going }) =>
    going.map((face) => faceEntry({ user, face, entry, wish: 'unwanted' }, rules)),
  );
  return [...claimed, ...removed, ...left.map((face) => faceEntry({ user, face, wish: 'any' }, rules))];
}

function faceEntry(found: Found, rules: Rules): StatusEntry {
  const { user, face, entry } = found;
  const { flow, certainty } = rules.flowOf(face);
  const state = stateOf(found, rules);
  const policy = comparedWithPolicy(face, rules.settings?.get(user.uuid), rules.now);
  const since = state === 'attention' ? troubleSince(face, entry, rules.now) : face.created;
  return {
    key: faceKey(user, face),
    state,
    user: user.login,
    uuid: user.uuid,
    face,
    flow: certainty === 'certain' ? flow : undefined,
    since,
    policy,
    change: rules.asked.get(face.id),
    place: entry && placeOf(entry.range),
  };
}

const states: Readonly<Record<Health, EnrollmentState>> = {
  ACTIVE: 'enrolled',
  NEW: 'waiting',
  ACTIVATING: 'waiting',
  REVIEW: 'waiting',
  UNKNOWN: 'waiting',
  DISABLED: 'disabled',
  EXPIRED: 'attention',
  FAILED: 'attention',
};

function stateOf({ face, entry, wish }: Found, { now, within }: Rules): EnrollmentState {
  const health = entry?.state === 'present' ? healthFor(entry, face, now) : healthOf(face, now);
  // Whoever disabled it knows that it is of no use, whether it has expired since or not.
  const state = states[face.status === 'DISABLED' ? 'DISABLED' : health];
  if (state === 'attention' && wish === 'unwanted') return 'disabled';
  const expires = state === 'enrolled' && face.expiry !== undefined && face.expiry <= now + within;
  return expires ? 'expiring' : state;
}

/** When a failed face failed is not told; it is older than that. */
function troubleSince(face: Face, entry: Enrollment | undefined, now: Instant): Instant | undefined {
  const wanted = entry?.state === 'present' ? wantedExpiry(entry.face.expiry, face) : undefined;
  const passed = [face.expiry, wanted].find((expiry) => expiry !== undefined && expiry <= now);
  return face.status === 'FAILED' ? face.created : (passed ?? face.created);
}

/** Nothing where the user is to be ignored. */
function ofMissingUser(entry: Enrollment, ofFiles: MissingUsers): readonly StatusEntry[] {
  const rule = entry.missingUsers ?? ofFiles;
  if (rule === 'ignore') return [];
  const waits = rule === 'wait' ? ', who is waiting to be provisioned' : '';
  return missing(entry, entry.user.value, `the tenant has no such user${waits}`);
}

/** Nothing where the entry is content with no face. */
function missing(entry: Enrollment, user: string, reason: string, uuid?: string): readonly StatusEntry[] {
  if (entry.state === 'absent' || !entry.enabled) return [];
  const { key, face, range } = entry;
  return [{ key, state: 'missing', user, uuid, flow: face.flow, place: placeOf(range), reason }];
}

/** One for each entry that speaks of the user, and one if none does. */
function unreadEntries({ key, reason: { code, message }, places }: UnknownUser): readonly StatusEntry[] {
  const entry: StatusEntry = { key, state: 'unknown', user: key, reason: `${code}: ${message}` };
  return places.length === 0 ? [entry] : places.map((place) => ({ ...entry, place }));
}

function totalsOf(entries: readonly StatusEntry[]): Status['totals'] {
  const count = (state: EnrollmentState): number => entries.filter((entry) => entry.state === state).length;
  return {
    attention: count('attention'),
    missing: count('missing'),
    expiring: count('expiring'),
    waiting: count('waiting'),
    disabled: count('disabled'),
    enrolled: count('enrolled'),
    unknown: count('unknown'),
  };
}
