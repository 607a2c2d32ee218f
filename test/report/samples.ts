import { instantFromMs, later } from '../../src/model/instant.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { Face } from '../../src/model/face.ts';
import { disabled } from '../../src/engine/match/decide.ts';
import type { Change, Plan, Summary, WritingChange } from '../../src/model/plan.ts';
import type { PlanContext } from '../../src/model/shown/plan-context.ts';
import { spent, summarize } from '../../src/model/summary.ts';
import { budgetNames } from '../../src/model/values/budget.ts';
import { compareText } from '../../src/model/values/order.ts';
import { palette, type PlanView } from '../../src/report/index.ts';

/** Every place where text from outside can reach a report. */
export interface Words {
  readonly user: string;
  readonly serial: string;
  readonly file: string;
  readonly message: string;
}

export const calm: Words = { user: 'alice', serial: '19196-24946', file: 'enroll/a.yaml', message: 'no more room' };

export const context: PlanContext = {
  toolVersion: '0.1.0',
  now: instantFromMs(Date.UTC(2026, 7, 23)),
  acknowledged: {},
  pace: {},
  createApi: 'v2',
};
export const view: PlanView = { ...context, palette: palette('plain'), noops: 'omit' };

const day = 86_400;

function face(members: Partial<Face> = {}, words: Words = calm): Face {
  return {
    id: 'f-1',
    serialNumber: words.serial,
    status: 'ACTIVE',
    created: later(context.now, -100 * day),
    expiry: later(context.now, 9 * day),
    mobile: true,
    platform: words.message,
    ...members,
  };
}

function base(key: string, line: number, words: Words) {
  return {
    key: `${words.user}${key}`,
    user: { login: words.user, uuid: `uuid-${words.user}` },
    place: { file: words.file, line, column: 5 },
    annotations: {},
    precondition: 'f'.repeat(64),
    facesInUse: 1,
    facesAllowed: 5,
  };
}

/** One change of each kind that writes. */
export function writingChanges(words: Words = calm) {
  const create = {
    ...base('/mobile', 3, words),
    action: 'create',
    reason: 'create_because_missing',
    annotations: { ticket: words.message, 10: 'ten', 9: 'nine' },
    create: { flow: 'mobile', activation: { email: true, qrCode: true }, expiry: { rule: 'tenant' } },
  } as const satisfies WritingChange;
  const token = {
    ...base('/token', 7, words),
    action: 'create',
    reason: 'create_because_missing',
    create: {
      flow: 'token',
      customerUserId: words.message,
      token: { from: 'file', path: words.file, namedBy: words.file },
      expiry: { rule: 'at', instant: later(context.now, 30 * day) },
    },
  } as const satisfies WritingChange;
  const update = {
    ...base('/u', 11, words),
    action: 'update',
    reason: 'update_because_expiry_differs',
    face: face({}, words),
    to: { status: 'ACTIVE', expiry: later(context.now, 365 * day) },
  } as const satisfies WritingChange;
  const shorten = {
    ...base('/s', 13, words),
    action: 'update',
    reason: 'update_because_expiry_differs',
    face: face({ expiry: later(context.now, 3500 * day) }, words),
    to: { status: 'ACTIVE', expiry: later(context.now, 180) },
    shortens: 'near',
  } as const satisfies WritingChange;
  const disable = {
    ...base('/v', 15, words),
    action: 'disable',
    reason: 'disable_because_not_enabled',
    face: face({}, words),
    to: disabled(face({}, words)),
  } as const satisfies WritingChange;
  const replace = {
    ...base('/web', 19, words),
    action: 'replace',
    reason: 'replace_because_cannot_update',
    face: face({ mobile: false, applicantId: words.message }, words),
    create: {
      flow: 'web',
      applicantId: `new ${words.message}`,
      workflowRunId: words.serial,
      expiry: { rule: 'lifetime', seconds: 365 * day },
    },
    order: 'create-first',
  } as const satisfies WritingChange;
  const { place, ...placeless } = base('/x', 23, words);
  const remove = {
    ...placeless,
    action: 'delete',
    reason: 'delete_because_not_in_configuration',
    face: face({ status: words.message }, words),
  } as const satisfies WritingChange;
  return { create, token, update, shorten, disable, replace, remove, place };
}

export function noOps(words: Words = calm) {
  const waiting = {
    ...base('/waiting', 30, words),
    action: 'no-op',
    reason: 'no_op_because_waiting',
    face: face({ status: 'NEW' }, words),
    standing: { state: 'waiting', since: later(context.now, -6 * day) },
    pendingExpiry: { rule: 'lifetime', seconds: day },
  } as const satisfies Change;
  const attention = {
    ...base('/attention', 31, words),
    action: 'no-op',
    reason: 'no_op_because_failed',
    face: face({ status: 'FAILED' }, words),
    standing: { state: 'attention' },
  } as const satisfies Change;
  const settled = {
    ...base('/settled', 32, words),
    action: 'no-op',
    reason: 'no_op_because_converged',
    face: face({}, words),
  } as const satisfies Change;
  const duplicate = {
    ...base('/2', 33, words),
    action: 'no-op',
    reason: 'no_op_because_duplicate',
    face: face({}, words),
    standing: { state: 'attention', since: later(context.now, -100 * day) },
    duplicateOf: { key: `${words.user}/mobile`, face: face({ id: 'f-other', status: words.message }, words) },
  } as const satisfies Change;
  return { waiting, attention, settled, duplicate };
}

export function planOf(members: Omit<Partial<Plan>, 'summary'> & { readonly summary?: Partial<Summary> }): Plan {
  return {
    tenant: { kind: 'origin', origin: 'https://acme.us.trustedauth.com' },
    complete: true,
    inputs: [{ file: 'enroll/a.yaml', sha256: '0'.repeat(64) }],
    filesSkipped: 0,
    users: 1,
    changes: [],
    kept: [],
    unknown: [],
    missing: [],
    protected: [],
    diagnostics: [],
    ...members,
    budgets: members.budgets ?? justEnough(members.changes ?? []),
    summary: { ...summarize(members.changes ?? [], 0, 0), ...members.summary },
  };
}

/** A budget for each use, of which nothing is left; in the order of a file. */
export function justEnough(changes: Plan['changes']): Plan['budgets'] {
  const uses = spent(summarize(changes, 0, 0), changes);
  return budgetNames
    .filter((budget) => uses[budget] > 0)
    .toSorted(compareText)
    .map((budget) => ({ budget, used: uses[budget], allowed: uses[budget], limit: String(uses[budget]) }));
}

function withOwnFace(change: Change, index: number): Change {
  if (change.action === 'create' || change.face === undefined) return change;
  return { ...change, face: { ...change.face, id: `f-${index}` } };
}

/** A plan that has something to say in every paragraph. */
export function fullPlan(words: Words = calm): Plan {
  const { create, token, update, shorten, disable, replace, remove } = writingChanges(words);
  const { waiting, attention, settled, duplicate } = noOps(words);
  const changes = [
    create,
    token,
    update,
    shorten,
    disable,
    replace,
    remove,
    waiting,
    attention,
    settled,
    duplicate,
  ].map(withOwnFace);
  return planOf({
    tenant: { kind: 'origin', origin: `https://${words.message}` },
    complete: false,
    changes,
    kept: [{ key: words.user, user: create.user, face: face({ status: words.message }, words) }],
    unknown: [
      { key: words.user, reason: { code: 'throttled', message: words.message }, places: [{ ...create.place }] },
    ],
    missing: [
      { user: words.user, key: `${words.user}/mobile`, handling: 'wait', place: { ...create.place } },
      { user: `ignored ${words.message}`, key: words.message, handling: 'ignore', place: { ...create.place } },
    ],
    budgets: [
      { budget: 'delete', used: 2, allowed: 1, limit: words.message },
      ...justEnough(changes).filter(({ budget }) => budget !== 'delete' && budget !== 'update'),
    ],
    protected: [{ key: words.user, action: 'delete' }],
    diagnostics: [diagnostic(words)],
  });
}

export function diagnostic(words: Words = calm): Diagnostic {
  return {
    severity: 'error',
    code: 'UNKNOWN_MEMBER',
    summary: `"flw" is not a member: ${words.message}`,
    detail: `Write "flow" for ${words.user}.`,
    range: {
      filename: words.file,
      start: { line: 14, column: 5, byte: 210 },
      end: { line: 14, column: 8, byte: 213 },
    },
    snippet: {
      context: `enrollments[3] ${words.user}`,
      code: '    flw: mobile',
      startLine: 14,
      highlightStart: 4,
      highlightEnd: 7,
    },
  };
}
