import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/model/plan.ts';
import { attributes } from '../../src/model/attributes.ts';
import { planJson, toJsonText } from '../../src/report/index.ts';
import { context, fullPlan, noOps, planOf, writingChanges } from './samples.ts';

const { create, token, update, shorten, disable, replace, remove } = writingChanges();
const { waiting, attention, settled } = noOps();

function resourceOf(change: Change) {
  const [resource] = planJson(planOf({ changes: [change] }), context, 'list').resource_changes;
  if (resource === undefined) throw new Error('the change is not in the plan');
  return resource;
}

describe('a change as JSON', () => {
  it('reads like one of Terraform, with our own members beside', () => {
    expect(resourceOf(create)).toEqual({
      address: 'idaas_face.enrollment["alice/mobile"]',
      mode: 'managed',
      type: 'idaas_face',
      name: 'enrollment',
      index: 'alice/mobile',
      provider_name: 'idaas',
      action_reason: 'create_because_missing',
      change: {
        actions: ['create'],
        before: null,
        after: { flow: 'mobile', activation: { email: true, qrCode: true } },
        after_unknown: {
          id: true,
          serialNumber: true,
          status: true,
          expiry: true,
          applicantId: true,
          created: true,
          mobile: true,
          platform: true,
          activationUrl: true,
          activationQRCode: true,
        },
        before_sensitive: {},
        after_sensitive: { activationUrl: true, activationQRCode: true },
      },
      x_action: 'create',
      x_source: { file: 'enroll/a.yaml', line: 3, column: 5 },
      x_precondition: 'f'.repeat(64),
      x_user: { login: 'alice', uuid: 'uuid-alice' },
      x_faces: { in_use: 1, allowed: 5 },
      x_annotations: { 9: 'nine', 10: 'ten', ticket: 'no more room' },
      x_expiry: { rule: 'tenant' },
    });
  });

  it('says of an update that ends access earlier from when to when, and whether the budget counts it', () => {
    expect(resourceOf(shorten)).toMatchObject({
      x_action: 'update',
      change: { actions: ['update'] },
      x_shortens: {
        from: '2036-03-23T00:00:00Z',
        to: '2026-08-23T00:03:00Z',
        by_seconds: 3500 * 86_400 - 180,
        within_horizon: true,
      },
    });
    const first = { ...shorten, face: { ...shorten.face, expiry: undefined }, shortens: 'far' } as const;
    expect(resourceOf(first).x_shortens).toEqual({
      from: null,
      to: '2026-08-23T00:03:00Z',
      by_seconds: null,
      within_horizon: false,
    });
    expect(resourceOf(update)).not.toHaveProperty('x_shortens');
  });

  it.each([
    [create, ['create']],
    [update, ['update']],
    [disable, ['update']],
    [replace, ['create', 'delete']],
    [{ ...replace, order: 'delete-first' } as const, ['delete', 'create']],
    [remove, ['delete']],
    [settled, ['no-op']],
  ])('names the actions that Terraform would ($action)', (change, actions) => {
    expect(resourceOf(change).change.actions).toEqual(actions);
  });

  it('has a sensitive leaf as null with its mark, and says where the value will come from', () => {
    const { change, x_sources } = resourceOf(token);
    expect(change.after).toMatchObject({ customerUserId: 'no more room', token: null });
    expect(change.after_sensitive).toEqual({ token: true });
    expect(x_sources).toEqual({ token: { file: 'enroll/a.yaml' } });
  });

  it('names the variable of a token from the environment', () => {
    const fromEnv = { ...token, create: { ...token.create, token: { from: 'env', name: 'CAROL' } } } as const;
    expect(resourceOf(fromEnv).x_sources).toEqual({ token: { env: 'CAROL' } });
  });

  it('holds all that an update sends: id, status and expiry', () => {
    expect(resourceOf(update).change.after).toMatchObject({
      id: 'f-1',
      status: 'ACTIVE',
      expiry: '2027-08-23T00:00:00Z',
    });
  });

  it('holds the whole face that a disable or a delete meets', () => {
    const before = {
      id: 'f-1',
      serialNumber: '19196-24946',
      status: 'ACTIVE',
      expiry: '2026-09-01T00:00:00Z',
      created: '2026-05-15T00:00:00Z',
      mobile: true,
      platform: 'no more room',
    };
    expect(resourceOf(disable).change).toMatchObject({ before, after: { ...before, status: 'DISABLED' } });
    expect(resourceOf(remove).change).toMatchObject({ before: { ...before, status: 'no more room' }, after: null });
  });

  it('holds the order of a replace and the rule of the new expiry', () => {
    expect(resourceOf(replace)).toMatchObject({
      x_order: 'create-first',
      x_expiry: { rule: 'lifetime', seconds: 31_536_000 },
      change: { after: { flow: 'web', applicantId: 'new no more room', workflowRunId: '19196-24946' } },
    });
    expect(resourceOf(token).x_expiry).toEqual({ rule: 'at', instant: '2026-09-22T00:00:00Z' });
  });

  it('has no place where no entry asked', () => {
    expect(resourceOf(remove)).not.toHaveProperty('x_source');
  });

  it('says since when a face is waiting, and which expiry waits with it', () => {
    expect(resourceOf(waiting)).toMatchObject({
      x_status: { state: 'waiting', since: '2026-08-17T00:00:00Z' },
      x_pending_expiry: { rule: 'lifetime', seconds: 86_400 },
    });
    expect(resourceOf(attention).x_status).toEqual({ state: 'attention' });
  });

  it('escapes a key that would break its address', () => {
    expect(resourceOf({ ...settled, key: 'a"]/\n' }).address).toBe('idaas_face.enrollment["a\\"]/\\n"]');
  });

  it('masks by the attribute table: every sensitive attribute and no other', () => {
    const sensitive = Object.entries(attributes).filter(([, { visibility }]) => visibility === 'sensitive');
    const marks = [create, token].flatMap((change) => Object.keys(resourceOf(change).change.after_sensitive));
    expect(marks.toSorted()).toEqual(sensitive.map(([name]) => name).toSorted());
  });
});

describe('a plan as JSON', () => {
  it('has the top level of the contract', () => {
    expect(planJson(planOf({}), { ...context, commit: 'ab12cd3' }, 'omit')).toMatchObject({
      format_version: '1.1',
      tool: 'faceform',
      tool_version: '0.1.0',
      timestamp: '2026-08-23T00:00:00Z',
      x_tenant: 'https://acme.us.trustedauth.com',
      x_complete: true,
      x_commit: 'ab12cd3',
      resource_changes: [],
      diagnostics: [],
    });
  });

  it('carries what is unknown, left alone, spent and protected', () => {
    expect(planJson(fullPlan(), context, 'omit')).toMatchObject({
      x_unknown: [{ user: 'alice', reason: { code: 'throttled', message: 'no more room' }, places: [{ line: 3 }] }],
      x_unmatched: [
        { index: 'alice', x_user: { login: 'alice' }, face: { id: 'f-1', serialNumber: '19196-24946' } },
        { face: { id: 'f-10' } },
      ],
      x_budgets: [
        { budget: 'delete', used: 2, allowed: 1 },
        { budget: 'disable', used: 1, allowed: 1 },
        { budget: 'email', used: 1, allowed: 1 },
        { budget: 'shorten', used: 1, allowed: 1 },
      ],
      x_protected: [{ key: 'alice', action: 'delete' }],
      diagnostics: [{ code: 'UNKNOWN_MEMBER' }],
    });
  });

  it('leaves out what stays as it is, waiting or not, unless asked', () => {
    const plan = planOf({ changes: [attention, settled, waiting] });
    const keys = (noops: 'list' | 'omit') => planJson(plan, context, noops).resource_changes.map(({ index }) => index);
    expect(keys('omit')).toEqual([]);
    expect(keys('list')).toEqual(['alice/attention', 'alice/settled', 'alice/waiting']);
  });

  it('lists files and budgets in one order', () => {
    const inputs = ['b.yaml', 'a.yaml'].map((file) => ({ file, sha256: file }));
    const use = { used: 0, allowed: 1, limit: '1' };
    const budgets = [{ budget: 'email', ...use } as const, { budget: 'delete', ...use } as const];
    expect(planJson(planOf({ inputs, budgets }), context, 'omit')).toMatchObject({
      x_inputs: [{ file: 'a.yaml' }, { file: 'b.yaml' }],
      x_budgets: [{ budget: 'delete' }, { budget: 'email' }],
    });
  });

  it('is the same, byte for byte, whatever the order of changes', () => {
    const plan = fullPlan();
    const expected = toJsonText(planJson(plan, context, 'list'));
    fc.assert(
      fc.property(fc.shuffledSubarray([...plan.changes], { minLength: plan.changes.length }), (changes) => {
        expect(toJsonText(planJson({ ...plan, changes }, context, 'list'))).toBe(expected);
      }),
    );
  });
});
