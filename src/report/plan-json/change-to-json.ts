import type { ExpiryRule, TokenSource } from '../../model/enrollment.ts';
import type { User } from '../../model/face.ts';
import { formatInstant } from '../../model/instant.ts';
import type { Place } from '../../model/place.ts';
import type { Action, Change, CreateChange, Reason, ReplaceChange, Standing } from '../../model/plan.ts';
import { attributesOf } from '../plan/attribute-rows.ts';
import { membersJson, sensitiveMarks, unknownMarks, userJson, type MarksJson, type MembersJson } from './face-json.ts';
import { sortedMembers } from '../text/order.ts';

/** What Terraform would do; all that its guards look at. */
type TerraformAction = 'create' | 'update' | 'delete' | 'no-op';

type ExpiryJson =
  | { readonly rule: 'tenant' | 'policy' }
  | { readonly rule: 'at'; readonly instant: string }
  | { readonly rule: 'lifetime'; readonly seconds: number };

type TokenSourceJson = { readonly env: string } | { readonly file: string };

/** One entry of `resource_changes`: Terraform's members, and ours beginning with `x_`. */
export interface ResourceChange {
  readonly address: string;
  readonly mode: 'managed';
  readonly type: 'idaas_face';
  readonly name: 'enrollment';
  readonly index: string;
  readonly provider_name: 'idaas';
  readonly action_reason: Reason;
  readonly change: {
    readonly actions: readonly TerraformAction[];
    readonly before: MembersJson | null;
    readonly after: MembersJson | null;
    readonly after_unknown: MarksJson;
    readonly before_sensitive: MarksJson;
    readonly after_sensitive: MarksJson;
  };
  readonly x_action: Action;
  /** Missing where no entry asked. */
  readonly x_source?: Place;
  readonly x_precondition: string;
  readonly x_user: User;
  readonly x_faces: { readonly in_use: number; readonly allowed: number };
  readonly x_annotations: Readonly<Record<string, string>>;
  readonly x_status?: { readonly state: Standing['state']; readonly since?: string };
  /** Of a face that is created: a saved plan needs the rule, since `after.expiry` may be unknown. */
  readonly x_expiry?: ExpiryJson;
  /** The tenant's policy for a face that is created, where it decides the expiry and was asked for. */
  readonly x_policy?: { readonly lifetime_days: number };
  /** The expiry a waiting face will get once it is active. */
  readonly x_pending_expiry?: ExpiryJson;
  readonly x_order?: ReplaceChange['order'];
  /** Where a secret will be read from when it is sent; never the secret. */
  readonly x_sources?: { readonly token: TokenSourceJson };
}

const terraformActions: Readonly<Record<Exclude<Action, 'replace'>, readonly TerraformAction[]>> = {
  create: ['create'],
  update: ['update'],
  disable: ['update'],
  delete: ['delete'],
  'no-op': ['no-op'],
};

const replaceActions: Readonly<Record<ReplaceChange['order'], readonly TerraformAction[]>> = {
  'delete-first': ['delete', 'create'],
  'create-first': ['create', 'delete'],
};

/** `idaas_face.enrollment["alice@example.com/mobile"]` */
export function addressOf(key: string): string {
  return `idaas_face.enrollment[${JSON.stringify(key)}]`;
}

export function resourceChange(change: Change): ResourceChange {
  const rows = attributesOf(change);
  return {
    address: addressOf(change.key),
    mode: 'managed',
    type: 'idaas_face',
    name: 'enrollment',
    index: change.key,
    provider_name: 'idaas',
    action_reason: change.reason,
    change: {
      actions: change.action === 'replace' ? replaceActions[change.order] : terraformActions[change.action],
      before: membersJson(rows, 'before'),
      after: membersJson(rows, 'after'),
      after_unknown: unknownMarks(rows),
      before_sensitive: sensitiveMarks(rows, 'before'),
      after_sensitive: sensitiveMarks(rows, 'after'),
    },
    x_action: change.action,
    ...(change.place === undefined ? {} : { x_source: placeJson(change.place) }),
    x_precondition: change.precondition,
    x_user: userJson(change.user),
    x_faces: { in_use: change.facesInUse, allowed: change.facesAllowed },
    x_annotations: Object.fromEntries(sortedMembers(change.annotations)),
    ...ownMembers(change),
  };
}

export function placeJson({ file, line, column }: Place): Place {
  return { file, line, column };
}

type OwnMembers = Pick<
  ResourceChange,
  'x_status' | 'x_expiry' | 'x_policy' | 'x_pending_expiry' | 'x_order' | 'x_sources'
>;

function ownMembers(change: Change): OwnMembers {
  switch (change.action) {
    case 'create':
      return newFaceMembers(change);
    case 'replace':
      return { ...newFaceMembers(change), x_order: change.order };
    case 'no-op':
      return {
        ...(change.standing === undefined ? {} : { x_status: standingJson(change.standing) }),
        ...(change.pendingExpiry === undefined ? {} : { x_pending_expiry: expiryJson(change.pendingExpiry) }),
      };
    case 'update':
    case 'disable':
    case 'delete':
      return {};
  }
}

function newFaceMembers({ create, policy }: CreateChange | ReplaceChange): OwnMembers {
  return {
    x_expiry: expiryJson(create.expiry),
    ...(policy === undefined ? {} : { x_policy: { lifetime_days: policy.lifetimeDays } }),
    ...(create.flow === 'token' ? { x_sources: { token: tokenSourceJson(create.token) } } : {}),
  };
}

function standingJson({ state, since }: Standing): NonNullable<ResourceChange['x_status']> {
  return since === undefined ? { state } : { state, since: formatInstant(since) };
}

function expiryJson(expiry: ExpiryRule): ExpiryJson {
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

function tokenSourceJson(source: TokenSource): TokenSourceJson {
  return source.from === 'env' ? { env: source.name } : { file: source.path };
}
