import type { UpdatableName } from '../../model/attributes.ts';
import type { ExpiryRule, NewFace, PresentEnrollment } from '../../model/enrollment.ts';
import type { Face } from '../../model/face.ts';
import type { Spelled } from '../../model/values/given.ts';
import { later, type Instant } from '../../model/instant.ts';
import { keysOf } from '../../model/values/keys-of.ts';
import type { Decision, DisableChange, ReplaceChange, UpdateChange } from '../../model/plan.ts';
import { marked } from '../../model/summary.ts';
import { policyExpiry } from './face-settings.ts';
import { isInUse, healthOf, isSpent, isUnproven, type Health } from './health.ts';
import type { Claim } from './claim.ts';

/** The instant that an entry's rule means for a face; undefined where the tenant's policy decides. */
export function wantedExpiry(rule: ExpiryRule, face: Face): Instant | undefined {
  switch (rule.rule) {
    case 'tenant':
      return undefined;
    case 'policy':
      return policyExpiry(rule, face);
    case 'at':
      return rule.instant;
    case 'lifetime':
      return face.created === undefined ? undefined : later(face.created, rule.seconds);
  }
}

/** Health of a face for one entry: where the entry's lifetime has run out, the face is EXPIRED, whatever its own date. */
export function healthFor({ face: { expiry } }: PresentEnrollment, face: Face, now: Instant): Health {
  const health = healthOf(face, now);
  if (health === 'FAILED' || health === 'UNKNOWN') return health;
  const wanted = wantedExpiry(expiry, face);
  return wanted !== undefined && wanted <= now ? 'EXPIRED' : health;
}

/** Whether the entry wants a face of this health replaced. */
export function isToBeReplaced(entry: PresentEnrollment, face: Face, now: Instant): boolean {
  const health = healthFor(entry, face, now);
  return isSpent(health) && entry.replaceOn.has(health);
}

/** The instants that decisions depend on. */
export interface PlanClock {
  readonly now: Instant;
  /** An update that ends access before it counts as a removal. */
  readonly horizon: Instant;
}

/** Reads the table desired x live for one entry. `renew` is the wish to replace the face whatever its status. */
export function decide(claim: Claim, { now, horizon }: PlanClock, renew: 'renew' | 'keep'): Decision {
  const { entry, face, fit, pin } = claim;
  if (face === undefined) return whenMissing(entry);
  if (!entry.enabled) return whenNotEnabled(face);
  const at: Case = { entry, face, pin, now, horizon };
  if (fit === 'other') return replace(at, 'replace_because_cannot_update');
  if (renew === 'renew') return replace(at, 'replace_by_request');
  return whenEnabled[healthFor(entry, face, now)](at);
}

function whenMissing({ enabled, face }: PresentEnrollment): Decision {
  if (!enabled) return { action: 'no-op', reason: 'no_op_because_not_enabled' };
  return { action: 'create', reason: 'create_because_missing', create: asWritten(face) };
}

/** What a disable sends of a face that stays as it is otherwise. */
export function disabled({ expiry }: Face): DisableChange['to'] {
  return { status: 'DISABLED', expiry };
}

function whenNotEnabled(face: Face): Decision {
  if (isInUse(face)) return { action: 'disable', reason: 'disable_because_not_enabled', face, to: disabled(face) };
  return { action: 'no-op', reason: 'no_op_because_not_enabled', face };
}

/** An enabled entry with its face. */
interface Case extends PlanClock {
  readonly entry: PresentEnrollment;
  readonly face: Face;
  readonly pin: Claim['pin'];
}

function update(at: Case, reason: UpdateChange['reason']): Decision {
  return marked({ action: 'update', reason, face: at.face, to: asked(at) } as const, at.horizon);
}

/** What an update sends: what the entry asks for, else what the face has. */
function asked({ entry, face }: Case): Spelled<UpdateChange['to']> {
  return { status: 'ACTIVE', expiry: wantedExpiry(entry.face.expiry, face) ?? face.expiry };
}

/** Why an ACTIVE face is updated: the first of what may be updated that is not as asked. An ACTIVE face has the status. */
const reasonToUpdate: { readonly [N in Exclude<UpdatableName, 'status'>]: UpdateChange['reason'] } = {
  expiry: 'update_because_expiry_differs',
};
const compared = keysOf(reasonToUpdate);

function replace(at: Case, reason: ReplaceChange['reason']): Decision {
  return { action: 'replace', reason, face: at.face, create: asWritten(at.entry.face), order: orderOf(at) };
}

/** Of a face that is created the tenant sets the policy's expiry itself. */
function asWritten(face: NewFace): NewFace {
  return face.expiry.rule === 'policy' ? { ...face, expiry: { rule: 'policy' } } : face;
}

/**
 * Creates first only where the old face is in use and not pinned, so that nobody is left without a face. A pinned one is
 * found by its serial number in the next run as well: if its delete alone had failed, a second new face would follow.
 */
function orderOf({ face, pin, now }: Case): ReplaceChange['order'] {
  return inUse.has(healthOf(face, now)) && pin !== 'held' ? 'create-first' : 'delete-first';
}

const inUse: ReadonlySet<Health> = new Set(['ACTIVE', 'UNKNOWN']);

const whenEnabled: Readonly<Record<Health, (at: Case) => Decision>> = {
  ACTIVE: whenActive,
  NEW: whenWaiting,
  ACTIVATING: whenWaiting,
  REVIEW: whenWaiting,
  UNKNOWN: whenWaiting,
  DISABLED: whenDisabled,
  EXPIRED: whenExpired,
  FAILED: whenFailed,
};

function whenActive(at: Case): Decision {
  const { face } = at;
  const to = asked(at);
  const differing = compared.find((name) => to[name] !== face[name]);
  if (differing === undefined) return { action: 'no-op', reason: 'no_op_because_converged', face };
  return update(at, reasonToUpdate[differing]);
}

function whenDisabled(at: Case): Decision {
  return update(at, 'update_because_disabled');
}

/** A lifetime that has run out lands here too: a past expiry is never written. */
function whenExpired(at: Case): Decision {
  const { entry, face, now } = at;
  const wanted = wantedExpiry(entry.face.expiry, face);
  if (wanted !== undefined && wanted > now && !isUnproven(face)) {
    return update(at, 'update_because_expired');
  }
  if (entry.replaceOn.has('EXPIRED')) return replace(at, 'replace_because_expired');
  const since = face.expiry !== undefined && face.expiry <= now ? face.expiry : wanted;
  return { action: 'no-op', reason: 'no_op_because_expired', face, standing: { state: 'attention', since } };
}

function whenFailed(at: Case): Decision {
  const { entry, face } = at;
  if (entry.replaceOn.has('FAILED')) return replace(at, 'replace_because_failed');
  return {
    action: 'no-op',
    reason: 'no_op_because_failed',
    face,
    standing: { state: 'attention', since: face.created },
  };
}

function whenWaiting({ entry, face }: Case): Decision {
  const { expiry } = entry.face;
  const isTenants = expiry.rule === 'tenant' || expiry.rule === 'policy';
  return {
    action: 'no-op',
    reason: 'no_op_because_waiting',
    face,
    standing: { state: 'waiting', since: face.created },
    pendingExpiry: isTenants ? undefined : expiry,
  };
}
