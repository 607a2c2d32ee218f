import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/model/plan.ts';
import { planDigest, planJson, planText, toJsonText } from '../../src/report/index.ts';
import { readPlan, type SavedPlan } from '../../src/report/plan-json/read-plan.ts';
import { forgedPlan } from '../support/forged-plan.ts';
import { context, fullPlan, noOps, planOf, view, writingChanges } from './samples.ts';

const writtenAs = (plan: Plan, noops: 'list' | 'omit' = 'omit') => toJsonText(planJson(plan, context, noops));

function read(text: string): SavedPlan {
  const reading = readPlan(text);
  if (reading.state === 'unfit') throw new Error(`${reading.found}; expected ${reading.expected}`);
  return reading.saved;
}

/** The text with one member changed, and a digest that fits again. */
function forged(change: object): string {
  const json: object = JSON.parse(JSON.stringify({ ...planJson(fullPlan(), context, 'list'), ...change }));
  return forgedPlan(json);
}

function misdigested(): string {
  const json = { ...planJson(fullPlan(), context, 'list'), x_changes_digest: `sha256:${'0'.repeat(64)}` };
  return JSON.stringify({ ...json, x_digest: planDigest(json) });
}

describe('a plan that was saved', () => {
  it('reads as the one that was written, whatever it holds', () => {
    const plan = fullPlan();
    const { plan: again, context: beside } = read(writtenAs(plan, 'list'));
    expect(beside).toEqual(context);
    expect(again).toEqual({ ...plan, changes: expect.arrayContaining([...plan.changes]) });
    expect(again.changes).toHaveLength(plan.changes.length);
  });

  it('may delete two faces that bear one serial number', () => {
    const { remove } = writingChanges();
    const changes = [remove, { ...remove, face: { ...remove.face, id: 'f-2' } }];
    expect(read(writtenAs(planOf({ changes }))).plan.changes).toHaveLength(2);
  });

  it('shows as the one that was written', () => {
    const plan = fullPlan();
    expect(planText(read(writtenAs(plan)).plan, view)).toBe(planText(plan, view));
  });

  it('lists a second face for one entry among those that no entry claims as well, and reads it once', () => {
    const { duplicate } = noOps();
    const json = planJson(planOf({ changes: [duplicate] }), context, 'omit');
    expect(json.summary).toMatchObject({ attention: 1, duplicate: 1 });
    expect(json.x_unmatched).toMatchObject([{ index: 'alice/2', face: { id: 'f-1' } }]);
    expect(json.x_standing).toMatchObject([{ x_duplicate_of: { index: 'alice/mobile', face: { id: 'f-other' } } }]);
    expect(read(JSON.stringify(json)).plan).toMatchObject({ changes: [duplicate], kept: [] });
  });

  it('keeps its commit, pace and acknowledgements', () => {
    const more = { ...context, commit: 'c'.repeat(40), pace: { requestsPerSecond: 5 }, acknowledged: { delete: 13 } };
    expect(read(toJsonText(planJson(planOf({}), more, 'omit'))).context).toEqual(more);
  });

  it('has nothing of what it leaves to the time of sending', () => {
    const { token } = writingChanges();
    const { plan } = read(writtenAs(planOf({ changes: [token] })));
    expect(plan.changes[0]).toEqual(token);
  });

  it('keeps who waits and who needs attention, without listing them as changes', () => {
    const { waiting, attention, settled } = noOps();
    const json = planJson(
      planOf({ changes: [waiting, { ...attention, face: { ...attention.face, id: 'f-2' } }, settled] }),
      context,
      'omit',
    );
    expect(json.resource_changes).toEqual([]);
    expect(read(JSON.stringify(json)).plan.changes).toHaveLength(2);
  });
});

describe('a plan of format 1.0', () => {
  /** As the version before wrote it. */
  const old = (changes: Plan['changes']): string => {
    const { summary, ...json } = planJson(planOf({ changes }), context, 'omit');
    const { shorten: _, ...counts } = summary;
    const resource_changes = json.resource_changes.map(({ x_shortens: __, ...rest }) => rest);
    return forged({ ...json, summary: counts, resource_changes, format_version: '1.0' });
  };

  it('is read', () => {
    const { update, disable } = writingChanges();
    const changes = [update, { ...disable, face: { ...disable.face, id: 'f-2' } }];
    expect(read(old(changes)).plan).toMatchObject({ changes, summary: { update: 1, shorten: 0 } });
  });

  it.each([['shorten'], ['first']] as const)('is refused where it would end access earlier: %s', (kind) => {
    const { shorten } = writingChanges();
    const first = { ...shorten, face: { ...shorten.face, expiry: undefined } };
    expect(readPlan(old([kind === 'first' ? first : shorten]))).toEqual({
      state: 'unfit',
      found: 'an older version saved it, whose budgets do not count that the access of "alice/s" ends earlier',
      expected: 'a plan of this version',
    });
  });

  it('is refused as well where it says so like a newer one, and has no budget for it', () => {
    const json = planJson(planOf({ changes: [writingChanges().shorten] }), context, 'omit');
    expect(readPlan(forged({ ...json, format_version: '1.0' })).state).toBe('unfit');
  });
});

describe('what is no plan to go by', () => {
  const text = writtenAs(fullPlan());
  const found = (text: string) => {
    const reading = readPlan(text);
    return reading.state === 'unfit' ? reading.found : 'nothing';
  };

  it.each([
    ['', 'not JSON'],
    ['[]', 'not JSON'],
    ['null', 'not JSON'],
    [text.slice(0, -10), 'cut short'],
    ['{}', 'faceform did not write it'],
    ['{"tool":"terraform","format_version":"1.2"}', 'faceform did not write it'],
    [text.replace('"format_version": "1.1"', '"format_version": "2.0"'), 'its format_version is "2.0"'],
    [forged({ x_complete: 'yes' }), '/x_complete'],
    [misdigested(), 'its changes do not fit its x_changes_digest'],
    [forged({ resource_changes: [{}] }), '/resource_changes/0'],
    [forged({ timestamp: '2026-02-31T00:00:00Z' }), 'no such time'],
  ])('is told: %#', (text, reason) => {
    expect(found(text)).toContain(reason);
  });

  const { summary, x_budgets, resource_changes } = planJson(fullPlan(), context, 'list');
  it.each([
    [{ summary: { ...summary, create: 0 } }, 'its summary.create is 0, and its changes come to 2'],
    [{ summary: { ...summary, emails: 0 } }, 'its summary.emails is 0, and its changes come to 1'],
    [{ x_budgets: x_budgets.map((use) => ({ ...use, used: 0 })) }, 'its delete budget has 0 used'],
    [{ x_budgets: x_budgets.filter(({ budget }) => budget !== 'delete') }, 'it has no delete budget, and its changes'],
    [{ x_budgets: x_budgets.flatMap((use) => [use, use]) }, 'its delete budget is in it twice'],
    [{ resource_changes: resource_changes.flatMap((one) => [one, one]) }, 'is in it twice'],
    [
      { resource_changes: JSON.parse(JSON.stringify(resource_changes).replaceAll(/"f-\d"/g, '"f-1"')) },
      'two of its changes are of the face "f-1"',
    ],
    [
      { resource_changes: resource_changes.map((one) => ({ ...one, action_reason: 'delete_because_absent' })) },
      'has a reason for another action',
    ],
  ])('denies itself, whatever its digest: %#', (change, reason) => {
    expect(found(forged(change))).toContain(reason);
  });

  it.each([
    [{ within_horizon: false }, 'its shorten budget has 1 used, and its changes come to 0'],
    [{ to: '2027-01-01T00:00:00Z' }, "x_shortens of \"alice/s\" contradicts 'before' and 'after' of the change"],
    [{ from: null }, 'contradicts'],
    [{ by_seconds: 1 }, 'contradicts'],
    [undefined, 'its summary.shorten is 1, and its changes come to 0'],
  ])('denies how it ends access: %#', (said, reason) => {
    const budgets = [{ budget: 'shorten', used: 1, allowed: 1, limit: '1' }] as const;
    const json = planJson(planOf({ changes: [writingChanges().shorten], budgets }), context, 'omit');
    const [change] = json.resource_changes;
    const x_shortens = said && { ...change?.x_shortens, ...said };
    expect(found(forged({ ...json, resource_changes: [{ ...change, x_shortens }] }))).toContain(reason);
    expect(found(forged(json))).toBe('nothing');
  });

  it('is a plan that hides that access ends earlier', () => {
    const { shorten } = writingChanges();
    const json = planJson(planOf({ changes: [shorten], summary: { shorten: 0 } }), context, 'omit');
    const resource_changes = json.resource_changes.map(({ x_shortens: _, ...rest }) => rest);
    expect(found(forged({ ...json, resource_changes }))).toBe(
      'its update of "alice/s" does not say that access ends earlier',
    );
  });

  it.each([
    ['create', 'x_expiry'],
    ['token', 'x_sources'],
    ['replace', 'x_order'],
  ] as const)('is a %s without its %s', (name, member) => {
    const { resource_changes } = planJson(planOf({ changes: [writingChanges()[name]] }), context, 'omit');
    const damaged = resource_changes.map((change) => ({ ...change, [member]: undefined }));
    expect(found(forged({ resource_changes: damaged }))).toContain(`has no ${member}`);
  });

  it('is one in which any letter was changed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: text.length - 1 }),
        fc.constantFrom('7', 'f', 'z', '"', '{'),
        (at, letter) => {
          const other = text.slice(0, at) + letter + text.slice(at + 1);
          fc.pre(other !== text && !isOutsideDigest(other));
          expect(found(other)).not.toBe('nothing');
        },
      ),
      { numRuns: 500 },
    );
  });

  /** The time is no part of the digest, nor is white space. */
  function isOutsideDigest(other: string): boolean {
    try {
      const { timestamp: _, ...rest }: Record<string, unknown> = JSON.parse(other);
      const { timestamp: __, ...own }: Record<string, unknown> = JSON.parse(text);
      return JSON.stringify(rest) === JSON.stringify(own);
    } catch {
      return false;
    }
  }
});
