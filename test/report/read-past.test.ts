import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/model/outcome.ts';
import type { WritingChange } from '../../src/model/plan.ts';
import { applyJson, outcomeJson, planJson, startedJson } from '../../src/report/index.ts';
import { readPast, type PastReading } from '../../src/report/run/read-past.ts';
import { context, fullPlan, writingChanges } from './samples.ts';

const { place: _, ...changes } = writingChanges();
const all: readonly WritingChange[] = Object.values(changes);
const tenant = 'https://acme.us.trustedauth.com';
const start = { event: 'start', tool: 'faceform', x_tenant: tenant };
const linesOf = (...events: readonly object[]): string => events.map((event) => JSON.stringify(event)).join('\n');
const applied = (change: WritingChange, faceId?: string): Outcome => ({ state: 'applied', change, faceId });
const outcomeLine = (outcome: Outcome): object => ({ event: 'outcome', ...outcomeJson(outcome) });

function pastOf(text: string): Extract<PastReading, { state: 'read' }>['past'] {
  const reading = readPast(text);
  if (reading.state === 'unfit') throw new Error(reading.found);
  return reading.past;
}

describe('the record of a run', () => {
  it('tells of each change what undoing needs, as a journal or as a report', () => {
    const outcomes = all.map((change) => applied(change, 'face-1'));
    const report = {
      totals: { planned: 0, applied: 0, already: 0, failed: 0, stale: 0, skipped: 0, unknown: 0 },
      emails: 0,
    };
    const json = applyJson(
      { ...report, outcomes },
      { toolVersion: '0.1.0', tenant: { kind: 'origin', origin: tenant }, diagnostics: [] },
    );
    const journal = pastOf(linesOf(start, ...outcomes.map(outcomeLine)));
    const byKey = (one: { readonly key: string }, other: { readonly key: string }) => (one.key < other.key ? -1 : 1);
    expect(pastOf(JSON.stringify(json)).changes.toSorted(byKey)).toEqual(journal.changes.toSorted(byKey));
    expect(journal.tenant).toEqual({ kind: 'origin', origin: tenant });
    expect(journal.changes).toHaveLength(all.length);
    for (const [index, change] of all.entries()) {
      expect(journal.changes[index]).toMatchObject({ action: change.action, user: change.user, certainty: 'applied' });
    }
  });

  it('tells of a plan that each of its changes is possible', () => {
    const past = pastOf(JSON.stringify(planJson(fullPlan(), context, 'omit')));
    expect(past.changes.map(({ certainty }) => certainty)).toEqual(past.changes.map(() => 'possible'));
    expect(past.changes.length).toBeGreaterThan(4);
  });

  it('has nothing of outcomes that changed nothing', () => {
    const { create } = changes;
    const line = { event: 'outcome', ...outcomeJson(applied(create)) };
    const words = ['stale', 'skipped', 'already'].map((outcome) => ({ ...line, outcome }));
    expect(pastOf(linesOf(start, ...words)).changes).toEqual([]);
    const mailed = { ...line, x_action: 'resend' };
    expect(pastOf(linesOf(start, mailed)).changes).toEqual([]);
  });

  it('has a change whose call was sent and whose outcome is missing, with the face that was created', () => {
    const { create, update } = changes;
    const begun = [create, update].map((change) => ({ event: 'change', ...startedJson(change) }));
    const sent = { event: 'before', call: 1, index: create.key };
    const born = { event: 'created', index: create.key, face_id: 'born' };
    expect(pastOf(linesOf(start, ...begun, sent, born)).changes).toMatchObject([
      { action: 'create', certainty: 'possible', faceId: 'born', precondition: create.precondition },
    ]);
    const failed = { ...outcomeLine(applied(create)), outcome: 'failed' };
    const ended = linesOf(start, ...begun, sent, born, failed);
    expect(pastOf(ended).changes).toMatchObject([{ certainty: 'failed', faceId: 'born' }]);
    // The second run does not end the first.
    expect(pastOf(linesOf(start, ...begun, sent, start)).changes).toMatchObject([{ certainty: 'possible' }]);
  });

  it('passes over the line of a run that a crash cut short', () => {
    const { create } = changes;
    const ended = linesOf(start, outcomeLine(applied(create, 'face-1')));
    for (const text of [`${ended}\n{"time":"20`, `${ended}\n{"time":"20\n\n${linesOf(start)}\n`]) {
      expect(pastOf(text).changes).toMatchObject([{ action: 'create', faceId: 'face-1' }]);
    }
  });
});

describe('a text that is no record of a run', () => {
  const { update } = changes;
  const line = outcomeLine(applied(update));
  const of = (more: object): string => linesOf(start, { ...line, ...more });

  it.each([
    ['empty', ''],
    ['a journal with a damaged line in it', `${linesOf(start)}\n{"time":"20\n${linesOf(line)}`],
    ['no JSON', 'version: 1'],
    ['a list', '[]'],
    ['the journal of another program', linesOf({ ...start, tool: 'other' }, line)],
    ['a journal without its first line', linesOf(line)],
    ['a report of another program', JSON.stringify({ tool: 'other', outcomes: [] })],
    ['a report of another version', JSON.stringify({ tool: 'faceform', format_version: '2.0', outcomes: [] })],
    ['a report without a list', JSON.stringify({ tool: 'faceform', format_version: '1.0', outcomes: {} })],
    ['a report without a tenant', JSON.stringify({ tool: 'faceform', format_version: '1.0', outcomes: [] })],
    ['a report of no objects', JSON.stringify({ tool: 'faceform', format_version: '1.0', outcomes: [null] })],
    ['a plan that was changed', JSON.stringify({ ...planJson(fullPlan(), context, 'omit'), x_users: 77 })],
    ['runs of two tenants', linesOf(start, { ...start, x_tenant: 'https://other.us.trustedauth.com' })],
    ['an outcome of a newer version', of({ outcome: 'half-done' })],
    ['an action of a newer version', of({ x_action: 'merge' })],
    ['a change of nobody', of({ x_user: undefined })],
    ['a change whose user is a list', of({ x_user: ['amy'] })],
    ['a change without a key', of({ index: 7 })],
    ['a name without an end', of({ index: 'x'.repeat(5000) })],
    ['no values from before', of({ before: null })],
    ['no values from after', of({ after: null })],
    ['a face without an id', of({ before: { status: 'ACTIVE' } })],
    ['an expiry on a day that there is not', of({ after: { expiry: '2027-02-30T00:00:00Z' } })],
  ])('is refused, with what was found: %s', (_, text) => {
    expect(readPast(text)).toMatchObject({ state: 'unfit', found: expect.any(String), expected: expect.any(String) });
  });

  it('is never more than refused, whatever its members hold', () => {
    const names = Object.keys({ ...line, face_id: '', x_precondition: '' });
    const arb = fc.dictionary(fc.constantFrom(...names), fc.jsonValue());
    fc.assert(fc.property(arb, (more) => ['read', 'unfit'].includes(readPast(of(more)).state)));
  });
});
