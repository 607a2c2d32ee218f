import type { DesiredState, Enrollment, ExpiryRule, PresentEnrollment } from '../../model/enrollment.ts';
import type { Face } from '../../model/face.ts';
import { later, type Instant } from '../../model/instant.ts';
import type { FaceSettings, LiveState, LiveUser } from '../../model/live.ts';
import type { PolicyComparison } from '../../model/shown/status.ts';
import { isCreating, type Change, type CreatingChange, type Plan } from '../../model/plan.ts';

/** New faces whose lifetime a plan looks up. */
export type SettingsChoice = 'all' | 'some' | 'none';

/** Settings by user UUID. */
export type SettingsByUser = ReadonlyMap<string, FaceSettings>;

const daySeconds = 86_400;
/** How many creates `some` asks for: a plan of many creates must not cost twice the calls. */
const some = 50;

/** UUIDs of the users whose entries cannot be decided without their settings: a face is there, and its expiry asked for. */
export function usersWithPolicy(
  { enrollments }: Pick<DesiredState, 'enrollments'>,
  live: LiveState,
): readonly string[] {
  const uuids = new Set<string>();
  for (const entry of enrollments) {
    const found = followsPolicy(entry) ? live.listed.get(entry.user.key) : undefined;
    if (found?.presence === 'present' && found.faces.length > 0) uuids.add(found.user.uuid);
  }
  return [...uuids];
}

function followsPolicy(entry: Enrollment): entry is PresentEnrollment {
  return entry.state === 'present' && entry.enabled && entry.face.expiry.rule === 'policy';
}

/** Live state in which users whose settings are needed and could not be read are unknown: nothing is planned for them. */
export function withoutUnread(live: LiveState, settings: SettingsByUser): LiveState {
  const unread = [...settings.values()].some(({ settings: state }) => state === 'unknown');
  if (!unread) return live;
  const judge = (found: LiveUser): LiveUser => {
    if (found.presence !== 'present') return found;
    const its = settings.get(found.user.uuid);
    return its?.settings === 'unknown' ? { presence: 'unknown', reason: its.reason, user: found.user } : found;
  };
  const listed = new Map([...live.listed].map(([key, found]) => [key, judge(found)]));
  const byOwner =
    live.byOwner &&
    new Map([...live.byOwner].map(([name, one]) => [name, { ...one, users: one.users.map(judge) }] as const));
  return { ...live, listed, discovered: live.discovered.map(judge), byOwner };
}

/** Entries as they are to be decided: `lifetime: policy` with the lifetime that the tenant has for this user. */
export function withLifetime(
  entries: readonly Enrollment[],
  settings: FaceSettings | undefined,
  now: Instant,
): readonly Enrollment[] {
  const days = lifetimeDays(settings);
  if (days === undefined || !entries.some(followsPolicy)) return entries;
  const expiry: ExpiryRule = { rule: 'policy', lifetime: { seconds: days * daySeconds, readAt: now } };
  return entries.map((entry) => (followsPolicy(entry) ? { ...entry, face: { ...entry.face, expiry } } : entry));
}

/**
 * The expiry that the tenant's policy gives a face. Whether the lifetime counts from creation or from activation is not
 * documented, nor when a face was activated: an expiry that either could have set is left as it is.
 */
export function policyExpiry(rule: ExpiryRule & { readonly rule: 'policy' }, face: Face): Instant | undefined {
  const { lifetime } = rule;
  if (lifetime === undefined || face.created === undefined) return undefined;
  const fromCreation = later(face.created, lifetime.seconds);
  const { expiry } = face;
  const mayBePolicy =
    expiry !== undefined && fromCreation < expiry && expiry <= later(lifetime.readAt, lifetime.seconds);
  return mayBePolicy ? expiry : fromCreation;
}

/** Undefined where nothing can be said: no lifetime, no creation date, or no expiry and perhaps never activated. */
export function comparedWithPolicy(
  face: Face,
  settings: FaceSettings | undefined,
  now: Instant,
): PolicyComparison | undefined {
  const days = lifetimeDays(settings);
  if (days === undefined || face.created === undefined) return undefined;
  if (face.expiry === undefined && face.status !== 'ACTIVE') return undefined;
  const seconds = days * daySeconds;
  const wanted = policyExpiry({ rule: 'policy', lifetime: { seconds, readAt: now } }, face);
  const verdict = wanted === face.expiry ? 'by-policy' : 'not-by-policy';
  return { lifetimeDays: days, expiry: later(face.created, seconds), verdict };
}

/** UUIDs of the users for whose new faces the plan is to show an expiry, in its order, each once. */
export function usersToAskFor({ changes }: Plan, choice: SettingsChoice): readonly string[] {
  if (choice === 'none') return [];
  const wanted = changes.filter(isByPolicy);
  const asked = choice === 'all' ? wanted : wanted.slice(0, some);
  return [...new Set(asked.map(({ user }) => user.uuid))];
}

/** The plan with the lifetime of each new face whose user's settings are known. */
export function withPolicies(plan: Plan, settings: SettingsByUser): Plan {
  if (settings.size === 0) return plan;
  const changes = plan.changes.map((change) => {
    const days = isByPolicy(change) ? lifetimeDays(settings.get(change.user.uuid)) : undefined;
    return days === undefined ? change : { ...change, policy: { lifetimeDays: days } };
  });
  return { ...plan, changes };
}

/** Whether the change makes a face whose expiry the tenant decides. */
function isByPolicy(change: Change): change is CreatingChange {
  if (!isCreating(change)) return false;
  const { rule } = change.create.expiry;
  return rule === 'tenant' || rule === 'policy';
}

/** A lifetime beyond it stands for "never" rather than for a date. */
const mostDays = 1_000_000;

/** Undefined where it is not known, not above zero, or too long for a date: what those mean is not documented. */
export function lifetimeDays(settings: FaceSettings | undefined): number | undefined {
  if (settings?.settings !== 'read') return undefined;
  const days = settings.lifetimeDays;
  return days > 0 && days <= mostDays ? days : undefined;
}
