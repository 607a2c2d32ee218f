import { describe, expect, it } from 'vitest';
import { conditions, doneIn, heldConditions, type Judged } from '../../src/model/shown/conditions.ts';

const judged = (changes: Judged['plan']['changes'], more: Partial<Judged> = {}): Judged => ({
  plan: { changes, missing: [], summary: { attention: 0, waiting: 0, unmatched: 2, duplicate: 0 } },
  refusals: 0,
  done: new Set(),
  ...more,
});
const held = (of: Judged): readonly string[] =>
  heldConditions(conditions, of).map(({ condition, count }) => `${count} ${condition}`);

describe('an unmatched face', () => {
  const changes = [
    { action: 'delete', reason: 'delete_because_unmatched' },
    { action: 'disable', reason: 'disable_because_unmatched' },
  ];

  it('is no drift, and counts until it is deleted; disabled, it is still there', () => {
    expect(held(judged(changes))).toEqual(['2 unmatched']);
    expect(held(judged(changes, { done: new Set(changes) }))).toEqual(['1 unmatched']);
  });
});

describe('drift', () => {
  it.each([
    ['update', 'update_because_expiry_differs', true],
    ['disable', 'disable_because_not_enabled', true],
    ['replace', 'replace_because_failed', true],
    ['replace', 'replace_by_request', false],
    ['delete', 'delete_because_absent', false],
    ['no-op', 'no_op_because_waiting', false],
  ])('%s, %s: %s', (action, reason, isDrift) => {
    expect(held(judged([{ action, reason }])).includes('1 drift')).toBe(isDrift);
  });
});

it('a change counts as done unless its outcome says otherwise', () => {
  const states = ['applied', 'failed', 'stale', 'skipped', 'unknown', 'already'];
  const done = doneIn(states.map((state) => ({ state, change: state })));
  expect([...done]).toEqual(['applied', 'already']);
});
