import type { ExpiryRule, TokenSource } from '../../model/enrollment.ts';
import { given, type Spelled } from '../../model/values/given.ts';
import { formatInstant } from '../../model/instant.ts';
import type { Place } from '../../model/place.ts';
import {
  faceOf,
  isCreating,
  type Action,
  type Change,
  type CreatingChange,
  type ReplaceChange,
  type Standing,
  type UpdateChange,
} from '../../model/plan.ts';
import { earlierEnd } from '../../model/summary.ts';
import type { ChangeJson, ExpiryRuleJson, PlaceJson } from '../generated/plan-file.generated.ts';
import { rowsOf, sidesOf, type Sides } from '../plan/attribute-rows.ts';
import { sortedMembers } from '../text/order.ts';
import { afterJson, dateJson, faceJson, sensitiveMarks, unknownMarks, userJson } from './face-json.ts';

/** What Terraform would do; all that its guards look at. */
type TerraformActions = Readonly<ChangeJson['change']['actions']>;

const terraformActions: Readonly<Record<Exclude<Action, 'replace'>, TerraformActions>> = {
  create: ['create'],
  update: ['update'],
  disable: ['update'],
  delete: ['delete'],
  'no-op': ['no-op'],
};

const replaceActions: Readonly<Record<ReplaceChange['order'], TerraformActions>> = {
  'delete-first': ['delete', 'create'],
  'create-first': ['create', 'delete'],
};

/** `idaas_face.enrollment["alice@example.com/mobile"]` */
export function addressOf(key: string): string {
  return `idaas_face.enrollment[${JSON.stringify(key)}]`;
}

/** One entry of `resource_changes`: Terraform's members, and ours beginning with `x_`. */
export function resourceChange(change: Change): ChangeJson {
  return given<ChangeJson>({
    address: addressOf(change.key),
    mode: 'managed',
    type: 'idaas_face',
    name: 'enrollment',
    index: change.key,
    provider_name: 'idaas',
    action_reason: change.reason,
    change: changedJson(change),
    x_action: change.action,
    x_source: change.place && placeJson(change.place),
    x_owner: change.owner,
    x_precondition: change.precondition,
    x_user: userJson(change.user),
    x_faces: { in_use: change.facesInUse, allowed: change.facesAllowed },
    x_annotations: Object.fromEntries(sortedMembers(change.annotations)),
    ...ownMembers(change),
  });
}

/** The face before and after a change, as plans, reports and journals have it. */
export type ValuesJson = Pick<ChangeJson['change'], 'before' | 'after'>;

export function valuesJson(change: Change): ValuesJson {
  return valuesOf(change, sidesOf(change));
}

function valuesOf(change: Change, { after }: Sides): ValuesJson {
  const face = faceOf(change);
  return { before: face === undefined ? null : faceJson(face), after: afterJson(after) };
}

function changedJson(change: Change): ChangeJson['change'] {
  const sides = sidesOf(change);
  const rows = rowsOf(sides);
  return {
    actions: [...(change.action === 'replace' ? replaceActions[change.order] : terraformActions[change.action])],
    ...valuesOf(change, sides),
    after_unknown: unknownMarks(rows),
    before_sensitive: sensitiveMarks(rows, 'before'),
    after_sensitive: sensitiveMarks(rows, 'after'),
  };
}

export function placeJson({ file, line, column }: Place): PlaceJson {
  return { file, line, column };
}

type OwnMembers = Pick<
  ChangeJson,
  'x_status' | 'x_duplicate_of' | 'x_shortens' | 'x_pending_expiry' | 'x_expiry' | 'x_policy' | 'x_sources' | 'x_order'
>;

/** What only some changes have. */
function ownMembers(change: Change): Spelled<OwnMembers> {
  const settled = change.action === 'no-op' ? change : undefined;
  return {
    x_status: settled?.standing && standingJson(settled.standing),
    x_duplicate_of: settled?.duplicateOf && {
      index: settled.duplicateOf.key,
      face: faceJson(settled.duplicateOf.face),
    },
    x_shortens: change.action === 'update' ? shortensJson(change) : undefined,
    x_pending_expiry: settled?.pendingExpiry && expiryJson(settled.pendingExpiry),
    ...newFaceMembers(isCreating(change) ? change : undefined),
    x_order: change.action === 'replace' ? change.order : undefined,
  };
}

/** Undefined where the update does not end access earlier. */
export function shortensJson(change: Pick<UpdateChange, 'face' | 'to' | 'shortens'>): ChangeJson['x_shortens'] {
  const { face, shortens } = change;
  const to = earlierEnd(change);
  if (to === undefined) return undefined;
  return {
    from: dateJson(face.expiry) ?? null,
    to: formatInstant(to),
    by_seconds: face.expiry === undefined ? null : face.expiry - to,
    within_horizon: shortens === 'near',
  };
}

function newFaceMembers(
  change: CreatingChange | undefined,
): Spelled<Pick<ChangeJson, 'x_expiry' | 'x_policy' | 'x_sources'>> {
  return {
    x_expiry: change && expiryJson(change.create.expiry),
    x_policy: change?.policy && { lifetime_days: change.policy.lifetimeDays },
    x_sources: change?.create.flow === 'token' ? { token: tokenSourceJson(change.create.token) } : undefined,
  };
}

function standingJson({ state, since }: Standing): NonNullable<ChangeJson['x_status']> {
  return given<NonNullable<ChangeJson['x_status']>>({ state, since: dateJson(since) });
}

function expiryJson(expiry: ExpiryRule): ExpiryRuleJson {
  switch (expiry.rule) {
    case 'tenant':
    case 'policy':
      return { rule: expiry.rule };
    case 'at':
      return { rule: 'at', instant: formatInstant(expiry.instant) };
    case 'lifetime':
      return { rule: 'lifetime', seconds: expiry.seconds };
  }
}

function tokenSourceJson(source: TokenSource): NonNullable<ChangeJson['x_sources']>['token'] {
  return source.from === 'env' ? { env: source.name } : { file: source.path };
}
