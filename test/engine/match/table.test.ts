import { describe, expect, it } from 'vitest';
import type { ExpiryRule } from '../../../src/model/enrollment.ts';
import { knownStatuses } from '../../../src/model/face.ts';
import {
  absent,
  day,
  fromNow,
  mobile,
  mobileFace,
  now,
  planOne,
  present,
  tenantRule,
  web,
  webFace,
} from '../../support/engine/world.ts';

const later: ExpiryRule = { rule: 'at', instant: fromNow(400 * day) };
const both = new Set(['FAILED', 'EXPIRED'] as const);
const statuses = [...knownStatuses, 'SUSPENDED'] as const;
type Row = readonly [status: (typeof statuses)[number], action: string, reason: string];

const outcome = (plan: ReturnType<typeof planOne>): readonly string[] =>
  plan.changes.map((change) => `${change.action} ${change.reason}`);

describe('an enabled entry with the tenant’s own expiry', () => {
  const rows: readonly Row[] = [
    ['ACTIVE', 'no-op', 'no_op_because_converged'],
    ['NEW', 'no-op', 'no_op_because_waiting'],
    ['ACTIVATING', 'no-op', 'no_op_because_waiting'],
    ['REVIEW', 'no-op', 'no_op_because_waiting'],
    ['SUSPENDED', 'no-op', 'no_op_because_waiting'],
    ['DISABLED', 'update', 'update_because_disabled'],
    ['EXPIRED', 'no-op', 'no_op_because_expired'],
    ['FAILED', 'no-op', 'no_op_because_failed'],
  ];
  it.each(rows)('meets a face that is %s with %s (%s)', (status, action, reason) => {
    expect(outcome(planOne(present('amy', mobile(tenantRule)), [mobileFace('a', { status })]))).toEqual([
      `${action} ${reason}`,
    ]);
  });
});

describe('an enabled entry that asks for a later expiry', () => {
  const rows: readonly Row[] = [
    ['ACTIVE', 'update', 'update_because_expiry_differs'],
    ['NEW', 'no-op', 'no_op_because_waiting'],
    ['ACTIVATING', 'no-op', 'no_op_because_waiting'],
    ['REVIEW', 'no-op', 'no_op_because_waiting'],
    ['SUSPENDED', 'no-op', 'no_op_because_waiting'],
    ['DISABLED', 'update', 'update_because_disabled'],
    ['EXPIRED', 'update', 'update_because_expired'],
    ['FAILED', 'no-op', 'no_op_because_failed'],
  ];
  it.each(rows)('meets a face that is %s with %s (%s)', (status, action, reason) => {
    const plan = planOne(present('amy', mobile(later)), [mobileFace('a', { status })]);
    expect(outcome(plan)).toEqual([`${action} ${reason}`]);
    const [change] = plan.changes;
    if (change?.action === 'update') expect(change.to).toEqual({ status: 'ACTIVE', expiry: fromNow(400 * day) });
  });
});

describe('an entry that replaces on FAILED and EXPIRED', () => {
  const rows: readonly Row[] = [
    ['ACTIVE', 'no-op', 'no_op_because_converged'],
    ['NEW', 'no-op', 'no_op_because_waiting'],
    ['ACTIVATING', 'no-op', 'no_op_because_waiting'],
    ['REVIEW', 'no-op', 'no_op_because_waiting'],
    ['SUSPENDED', 'no-op', 'no_op_because_waiting'],
    ['DISABLED', 'update', 'update_because_disabled'],
    ['EXPIRED', 'replace', 'replace_because_expired'],
    ['FAILED', 'replace', 'replace_because_failed'],
  ];
  it.each(rows)('meets a face that is %s with %s (%s)', (status, action, reason) => {
    const entry = present('amy', mobile(), { replaceOn: both });
    expect(outcome(planOne(entry, [mobileFace('a', { status })]))).toEqual([`${action} ${reason}`]);
  });
});

describe('an entry that is not enabled', () => {
  const rows: readonly Row[] = [
    ['ACTIVE', 'disable', 'disable_because_not_enabled'],
    ['NEW', 'disable', 'disable_because_not_enabled'],
    ['ACTIVATING', 'disable', 'disable_because_not_enabled'],
    ['REVIEW', 'disable', 'disable_because_not_enabled'],
    ['SUSPENDED', 'no-op', 'no_op_because_not_enabled'],
    ['DISABLED', 'no-op', 'no_op_because_not_enabled'],
    ['EXPIRED', 'no-op', 'no_op_because_not_enabled'],
    ['FAILED', 'no-op', 'no_op_because_not_enabled'],
  ];
  it.each(rows)('meets a face that is %s with %s (%s)', (status, action, reason) => {
    const entry = present('amy', mobile(later), { enabled: false, replaceOn: both });
    expect(outcome(planOne(entry, [mobileFace('a', { status })]))).toEqual([`${action} ${reason}`]);
  });
  it('asks for nothing where there is no face', () => {
    expect(outcome(planOne(present('amy', mobile(), { enabled: false }), []))).toEqual([
      'no-op no_op_because_not_enabled',
    ]);
  });
  it('never replaces a face of another applicant', () => {
    const entry = present('amy', web('other'), { enabled: false });
    const plan = planOne(entry, [webFace('a')]);
    expect(outcome(plan)).toEqual(['no-op no_op_because_not_enabled']);
    expect(plan.kept.map(({ key }) => key)).toEqual(['amy/1-a']);
  });
});

describe('an absent entry', () => {
  it.each(statuses)('deletes a face that is %s', (status) => {
    const plan = planOne(absent('amy'), [mobileFace('a', { status })]);
    expect(outcome(plan)).toEqual(['delete delete_because_absent']);
    expect(plan.changes[0]?.key).toBe('amy/1-a');
  });
  it('is content where there is no face', () => {
    expect(outcome(planOne(absent('amy'), []))).toEqual(['no-op no_op_because_already_absent']);
  });
});

describe('an enabled entry without a face', () => {
  it('is created', () => {
    const plan = planOne(present('amy', mobile(later)), []);
    expect(outcome(plan)).toEqual(['create create_because_missing']);
    expect(plan.summary).toMatchObject({ create: 1, emails: 1 });
  });
});

describe('an expiry', () => {
  it('that has passed makes an ACTIVE face an expired one', () => {
    const plan = planOne(present('amy', mobile()), [mobileFace('a', { expiry: now })]);
    expect(outcome(plan)).toEqual(['no-op no_op_because_expired']);
    expect(plan.changes[0]).toMatchObject({ standing: { state: 'attention', since: now } });
  });
  const unproven = ['NEW', 'ACTIVATING', 'REVIEW'] as const;
  it.each(unproven)(
    'that has passed makes a face that is %s need attention, and nothing is written to it',
    (status) => {
      const faces = [mobileFace('a', { status, expiry: now })];
      for (const rule of [tenantRule, later]) {
        const plan = planOne(present('amy', mobile(rule)), faces);
        expect(outcome(plan)).toEqual(['no-op no_op_because_expired']);
        expect(plan.changes[0]).toMatchObject({ standing: { state: 'attention', since: now } });
      }
      expect(outcome(planOne(present('amy', mobile(later), { replaceOn: both }), faces))).toEqual([
        'replace replace_because_expired',
      ]);
    },
  );
  it('that has passed changes nothing about a face that FAILED, or whose status is not known', () => {
    const entry = present('amy', mobile(), { replaceOn: new Set(['EXPIRED']) });
    expect(outcome(planOne(entry, [mobileFace('a', { status: 'FAILED', expiry: now })]))).toEqual([
      'no-op no_op_because_failed',
    ]);
    expect(outcome(planOne(entry, [mobileFace('a', { status: 'SUSPENDED', expiry: now })]))).toEqual([
      'no-op no_op_because_waiting',
    ]);
  });
  it('that has passed is attended to before a DISABLED face is enabled', () => {
    const entry = present('amy', mobile(), { replaceOn: both });
    expect(outcome(planOne(entry, [mobileFace('a', { status: 'DISABLED', expiry: fromNow(-1) })]))).toEqual([
      'replace replace_because_expired',
    ]);
  });
  it('as lifetime counts from the creation of the face', () => {
    const entry = present('amy', mobile({ rule: 'lifetime', seconds: 365 * day }));
    expect(planOne(entry, [mobileFace('a')]).changes[0]).toMatchObject({
      action: 'update',
      to: { status: 'ACTIVE', expiry: fromNow(355 * day) },
    });
  });
  it('as lifetime is let be where the tenant does not say when the face was created', () => {
    const { created: _, ...undated } = mobileFace('a');
    const entry = present('amy', mobile({ rule: 'lifetime', seconds: 365 * day }));
    expect(outcome(planOne(entry, [undated]))).toEqual(['no-op no_op_because_converged']);
  });
  it.each([['ACTIVE'], ['DISABLED']])(
    'as lifetime that has run out is never written to a face that is %s',
    (status) => {
      const entry = present('amy', mobile({ rule: 'lifetime', seconds: day }));
      const plan = planOne(entry, [mobileFace('a', { status })]);
      expect(outcome(plan)).toEqual(['no-op no_op_because_expired']);
      expect(plan.changes[0]).toMatchObject({ standing: { state: 'attention', since: fromNow(-9 * day) } });
    },
  );
  it('stays what it is where a DISABLED face is enabled', () => {
    expect(planOne(present('amy', mobile()), [mobileFace('a', { status: 'DISABLED' })]).changes[0]).toMatchObject({
      to: { status: 'ACTIVE', expiry: fromNow(170 * day) },
    });
    const { expiry: _, ...endless } = mobileFace('a', { status: 'DISABLED' });
    expect(planOne(present('amy', mobile()), [endless]).changes[0]).toMatchObject({ to: { status: 'ACTIVE' } });
  });
  it('waits while the face does', () => {
    const plan = planOne(present('amy', mobile(later)), [mobileFace('a', { status: 'NEW' })]);
    expect(plan.changes[0]).toMatchObject({ pendingExpiry: later, standing: { since: fromNow(-10 * day) } });
    const { created: _, ...undated } = mobileFace('a', { status: 'NEW' });
    expect(planOne(present('amy', mobile()), [undated]).changes[0]).toMatchObject({ standing: { state: 'waiting' } });
  });
});
