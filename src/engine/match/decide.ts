import type { ExpiryRule, PresentEnrollment } from '../../model/enrollment.ts';
import type { Face } from '../../model/face.ts';
import { later, type Instant } from '../../model/instant.ts';
import type { Reason, Standing } from '../../model/plan.ts';
import { policyExpiry } from './face-settings.ts';
import { canBeDisabled, healthOf, isSpent, isUnproven, type Health } from './health.ts';
import type { Claim } from './claim.ts';

/** What the table of design says of one entry and its face; the plan adds the user and the place. */
export type Decision =
  | { readonly action: 'create'; readonly reason: Reason }
  | { readonly action: 'update'; readonly reason: Reason; readonly face: Face; readonly expiry?: Instant }
  | { readonly action: 'disable'; readonly reason: Reason; readonly face: Face }
  | { readonly action: 'replace'; readonly reason: Reason; readonly face: Face }
  | {
      readonly action: 'no-op';
      readonly reason: Reason;
      readonly face?: Face;
      readonly standing?: Standing;
      readonly pendingExpiry?: ExpiryRule;
    };

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

/** Reads the table desired x live for one entry. `renew` is the wish to replace the face whatever its status. */
export function decide(claim: Claim, now: Instant, renew: 'renew' | 'keep'): Decision {
  const { entry, face } = claim;
  if (face === undefined) return entry.enabled ? create : { action: 'no-op', reason: 'no_op_because_not_enabled' };
  if (!entry.enabled) return whenNotEnabled(face);
  if (claim.fit === 'other') return { action: 'replace', reason: 'replace_because_cannot_update', face };
  if (renew === 'renew') return { action: 'replace', reason: 'replace_by_request', face };
  return whenEnabled[healthFor(entry, face, now)]({ entry, face, now });
}

const create: Decision = { action: 'create', reason: 'create_because_missing' };

function whenNotEnabled(face: Face): Decision {
  if (canBeDisabled(face)) return { action: 'disable', reason: 'disable_because_not_enabled', face };
  return { action: 'no-op', reason: 'no_op_because_not_enabled', face };
}

interface Case {
  readonly entry: PresentEnrollment;
  readonly face: Face;
  readonly now: Instant;
}

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
  const wanted = wantedExpiry(at.entry.face.expiry, at.face);
  if (wanted === undefined || wanted === at.face.expiry) {
    return { action: 'no-op', reason: 'no_op_because_converged', face: at.face };
  }
  return { action: 'update', reason: 'update_because_expiry_differs', face: at.face, expiry: wanted };
}

function whenDisabled(at: Case): Decision {
  const wanted = wantedExpiry(at.entry.face.expiry, at.face);
  return { action: 'update', reason: 'update_because_disabled', face: at.face, ...expiryToSend(wanted, at.face) };
}

/** A lifetime that has run out lands here too: a past expiry is never written. */
function whenExpired(at: Case): Decision {
  const { entry, face, now } = at;
  const wanted = wantedExpiry(entry.face.expiry, face);
  if (wanted !== undefined && wanted > now && !isUnproven(face)) {
    return { action: 'update', reason: 'update_because_expired', face, expiry: wanted };
  }
  if (entry.replaceOn.has('EXPIRED')) return { action: 'replace', reason: 'replace_because_expired', face };
  const since = face.expiry !== undefined && face.expiry <= now ? face.expiry : wanted;
  return { action: 'no-op', reason: 'no_op_because_expired', face, standing: standing('attention', since) };
}

function whenFailed({ entry, face }: Case): Decision {
  if (entry.replaceOn.has('FAILED')) return { action: 'replace', reason: 'replace_because_failed', face };
  return { action: 'no-op', reason: 'no_op_because_failed', face, standing: standing('attention', face.created) };
}

function whenWaiting({ entry, face }: Case): Decision {
  const { expiry } = entry.face;
  const isTenants = expiry.rule === 'tenant' || expiry.rule === 'policy';
  const pending = isTenants ? {} : { pendingExpiry: expiry };
  return {
    action: 'no-op',
    reason: 'no_op_because_waiting',
    face,
    standing: standing('waiting', face.created),
    ...pending,
  };
}

function standing(state: Standing['state'], since: Instant | undefined): Standing {
  return since === undefined ? { state } : { state, since };
}

function expiryToSend(wanted: Instant | undefined, face: Face): { readonly expiry?: Instant } {
  const expiry = wanted ?? face.expiry;
  return expiry === undefined ? {} : { expiry };
}
