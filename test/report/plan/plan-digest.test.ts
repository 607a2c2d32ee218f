import { describe, expect, it } from 'vitest';
import { instantFromMs, later } from '../../../src/model/instant.ts';
import { canonicalJson, planDigest, planJson, toJsonText } from '../../../src/report/index.ts';
import { context, fullPlan, planOf, writingChanges } from '../samples.ts';

const { create } = writingChanges();

describe('the digest of a plan', () => {
  const digestOf = (plan: Parameters<typeof planOf>[0], at = context) => planJson(planOf(plan), at, 'omit').x_digest;

  it('does not depend on the time of day', () => {
    expect(digestOf({ changes: [create] }, { ...context, now: instantFromMs(1000) })).toBe(
      digestOf({ changes: [create] }),
    );
  });

  it('depends on all else', () => {
    const digests = [
      digestOf({ changes: [create] }),
      digestOf({ changes: [{ ...create, precondition: 'other' }] }),
      digestOf({ changes: [{ ...create, place: { ...create.place, line: 4 } }] }),
      digestOf({ changes: [create], tenant: { kind: 'origin', origin: 'https://other.example' } }),
      digestOf({ changes: [create] }, { ...context, toolVersion: '0.2.0' }),
    ];
    expect(new Set(digests).size).toBe(5);
    expect(digests[0]).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it('can be checked on a plan that was written and read again', () => {
    const read: unknown = JSON.parse(toJsonText(planJson(fullPlan(), context, 'list')));
    if (typeof read !== 'object' || read === null || !('x_digest' in read)) throw new Error('not a plan');
    expect(planDigest(read)).toBe(read.x_digest);
  });

  it('has one digest of its changes, whenever and from whatever commit it is made', () => {
    const plan = fullPlan();
    const made = planJson(plan, context, 'omit');
    const inputs = [{ file: 'other.yaml', sha256: '1'.repeat(64) }];
    const again = planJson({ ...plan, inputs }, { ...context, now: later(context.now, 60), commit: 'c0ffee' }, 'omit');
    expect(again.x_changes_digest).toBe(made.x_changes_digest);
    expect(again.x_digest).not.toBe(made.x_digest);
    const other = planJson({ ...plan, changes: [...plan.changes, { ...create, key: 'zed/mobile' }] }, context, 'omit');
    expect(other.x_changes_digest).not.toBe(made.x_changes_digest);
  });

  it('is taken over members sorted by name, without white space', () => {
    expect(canonicalJson({ b: [1, { d: null, c: '\u202e' }], a: true, 10: 0, 9: 0 })).toBe(
      '{"10":0,"9":0,"a":true,"b":[1,{"c":"\u202e","d":null}]}',
    );
  });
});
