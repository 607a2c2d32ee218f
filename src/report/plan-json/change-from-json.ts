import type { ExpiryRule, NewFace, NewFaceOf, TokenSource } from '../../model/enrollment.ts';
import { sealed, type Face } from '../../model/face.ts';
import { given, type Spelled } from '../../model/values/given.ts';
import { parseInstant, type Instant } from '../../model/instant.ts';
import {
  isReasonFor,
  type Action,
  type Change,
  type CreateChange,
  type DisableChange,
  type NoOpChange,
  type ReasonFor,
  type Standing,
  type UpdateChange,
} from '../../model/plan.ts';
import { canonicalJson } from '../text/canonical-json.ts';
import { shortensJson } from './change-to-json.ts';
import type { AfterJson, ChangeJson, ExpiryRuleJson, FaceJson } from '../generated/plan-file.generated.ts';

/** A plan that fits the schema, and yet lacks what one of its changes needs. */
export class PlanMisfit extends Error {
  override readonly name = 'PlanMisfit';
}

/** @throws PlanMisfit */
export function readChange(json: ChangeJson): Change {
  const common = {
    key: json.index,
    user: json.x_user,
    place: json.x_source,
    ...(json.x_owner === undefined ? {} : { owner: json.x_owner }),
    annotations: json.x_annotations,
    precondition: json.x_precondition,
    facesInUse: json.x_faces.in_use,
    facesAllowed: json.x_faces.allowed,
  };
  const { before } = json.change;
  const face = (): Face => readFace(needed(before, json, 'before'));
  switch (json.x_action) {
    case 'create':
      return { ...common, ...actionOf(json, json.x_action), create: newFace(json), ...policyOf(json) };
    case 'replace':
      return {
        ...common,
        ...actionOf(json, json.x_action),
        face: face(),
        create: newFace(json),
        ...policyOf(json),
        order: needed(json.x_order, json, 'x_order'),
      };
    case 'update':
      return { ...common, ...actionOf(json, json.x_action), ...updateMembers(json, face()) };
    case 'disable':
      return { ...common, ...actionOf(json, json.x_action), face: face(), to: disabledTo(json) };
    case 'delete':
      return { ...common, ...actionOf(json, json.x_action), face: face() };
    case 'no-op':
      return { ...common, ...actionOf(json, json.x_action), ...noOpMembers(json) };
  }
}

function actionOf<A extends Action>(
  { index, action_reason: reason }: ChangeJson,
  action: A,
): { readonly action: A; readonly reason: ReasonFor<A> } {
  if (!isReasonFor(action, reason)) throw new PlanMisfit(`the change of "${index}" has a reason for another action`);
  return { action, reason };
}

/** @throws PlanMisfit */
export function readFace(json: FaceJson): Spelled<Face> {
  return sealed({
    id: json.id,
    serialNumber: json.serialNumber,
    status: json.status,
    expiry: instantIn(json.expiry),
    applicantId: json.applicantId,
    created: instantIn(json.created),
    mobile: json.mobile,
    platform: json.platform,
  });
}

function instantIn(text: string | undefined): Instant | undefined {
  return text === undefined ? undefined : readInstant(text);
}

/** @throws PlanMisfit where the date does not exist. */
export function readInstant(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === undefined) throw new PlanMisfit(`there is no such time as ${text}`);
  return instant;
}

function updated({ expiry }: AfterJson): UpdateChange['to'] {
  return given<UpdateChange['to']>({ status: 'ACTIVE', expiry: instantIn(expiry) });
}

function disabledTo(json: ChangeJson): DisableChange['to'] {
  const { expiry } = needed(json.change.after, json, 'after');
  return given<DisableChange['to']>({ status: 'DISABLED', expiry: instantIn(expiry) });
}

type UpdateMembers = Pick<UpdateChange, 'face' | 'to' | 'shortens'>;

function updateMembers(json: ChangeJson, face: Face): UpdateMembers {
  const { index, change, x_shortens: said } = json;
  const to = updated(needed(change.after, json, 'after'));
  if (said === undefined) return { face, to };
  const members: UpdateMembers = { face, to, shortens: said.within_horizon ? 'near' : 'far' };
  if (canonicalJson(said) === canonicalJson(shortensJson(members))) return members;
  throw new PlanMisfit(`x_shortens of "${index}" contradicts 'before' and 'after' of the change`);
}

type NoOpMembers = Pick<NoOpChange, 'face' | 'standing' | 'pendingExpiry' | 'duplicateOf'>;

function noOpMembers({ change, x_status, x_pending_expiry, x_duplicate_of: other }: ChangeJson): NoOpMembers {
  return given<NoOpMembers>({
    face: change.before === null ? undefined : readFace(change.before),
    standing: x_status && given<Standing>({ state: x_status.state, since: instantIn(x_status.since) }),
    pendingExpiry: x_pending_expiry && expiryRule(x_pending_expiry),
    duplicateOf: other && { key: other.index, face: readFace(other.face) },
  });
}

function policyOf({ x_policy }: ChangeJson): Pick<CreateChange, 'policy'> {
  return x_policy === undefined ? {} : { policy: { lifetimeDays: x_policy.lifetime_days } };
}

function newFace(json: ChangeJson): NewFace {
  const after = needed(json.change.after, json, 'after');
  const expiry = expiryRule(needed(json.x_expiry, json, 'x_expiry'));
  switch (needed(after.flow, json, 'flow')) {
    case 'mobile':
      return given<NewFaceOf<'mobile'>>({
        flow: 'mobile',
        expiry,
        activation: needed(after.activation, json, 'activation'),
      });
    case 'web':
      return given<NewFaceOf<'web'>>({
        flow: 'web',
        expiry,
        applicantId: needed(after.applicantId, json, 'applicantId'),
        workflowRunId: after.workflowRunId,
      });
    case 'token':
      return given<NewFaceOf<'token'>>({
        flow: 'token',
        expiry,
        customerUserId: needed(after.customerUserId, json, 'customerUserId'),
        token: tokenSource(json),
      });
  }
}

function tokenSource(json: ChangeJson): TokenSource {
  const { env, file } = json.x_sources?.token ?? {};
  if (env !== undefined) return { from: 'env', name: env };
  const { file: namedBy } = needed(json.x_source, json, 'x_source');
  return { from: 'file', path: needed(file, json, 'x_sources.token'), namedBy };
}

function expiryRule({ rule, instant, seconds }: ExpiryRuleJson): ExpiryRule {
  switch (rule) {
    case 'tenant':
    case 'policy':
      return { rule };
    case 'at':
      return { rule, instant: readInstant(instant ?? '(none)') };
    case 'lifetime':
      if (seconds === undefined) throw new PlanMisfit('a lifetime has no seconds');
      return { rule, seconds };
  }
}

function needed<T>(value: T | null | undefined, { index }: ChangeJson, what: string): T {
  if (value === null || value === undefined) throw new PlanMisfit(`the change of "${index}" has no ${what}`);
  return value;
}
