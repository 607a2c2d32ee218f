import { describe, expect, it } from 'vitest';
import { planDiff } from '../../src/report/index.ts';
import { context, planOf, noOps, writingChanges } from './samples.ts';

describe('a plan as a unified diff', () => {
  it('shows what a member was and will be', () => {
    const { update } = writingChanges();
    expect(planDiff(planOf({ changes: [update] }), context)).toContain(
      '-expiry: 2026-09-01T00:00:00Z\n+expiry: 2027-08-23T00:00:00Z\n',
    );
  });
  it('says of an expiry that is earlier how much access ends earlier', () => {
    const text = planDiff(planOf({ changes: [writingChanges().shorten] }), context);
    expect(text).toContain('-expiry: 2036-03-23T00:00:00Z\n+expiry: 2026-08-23T00:03:00Z\n');
    expect(text).toContain('+# access ends 9 years 6 months earlier, in 3 minutes\n');
  });
  it('sets a new face against nothing, and a face that goes likewise', () => {
    const { create, remove } = writingChanges();
    const text = planDiff(planOf({ changes: [create, remove] }), context);
    expect(text).toContain('--- /dev/null\n+++ desired/alice/mobile\n');
    expect(text).toContain('--- live/alice/x\n+++ /dev/null\n');
  });
  it('never holds a token', () => {
    expect(planDiff(planOf({ changes: [writingChanges().token] }), context)).toContain('+token: (sensitive)\n');
  });
  it('is empty where nothing changes', () => {
    const { settled, waiting } = noOps();
    expect(planDiff(planOf({ changes: [settled, waiting] }), context)).toBe('');
  });
});
