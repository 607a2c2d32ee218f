import { describe, expect, it } from 'vitest';
import { later } from '../../../src/model/instant.ts';
import type { Change } from '../../../src/model/plan.ts';
import { planText } from '../../../src/report/index.ts';
import { context, diagnostic, noOps, planOf, view, writingChanges } from '../samples.ts';

const { create, token, update, disable } = writingChanges();
const { waiting, attention, settled } = noOps();

const textOf = (parts: Parameters<typeof planOf>[0]): string => planText(planOf(parts), view);

function bodyOf(...changes: readonly Change[]): string {
  return textOf({ changes }).split('\n\n').slice(1, -1).join('\n\n');
}

describe('what is not a change', () => {
  it('lists who is waiting, the oldest first, the undated last', () => {
    const since = (key: string, hours: number) =>
      ({ ...settled, key, standing: { state: 'waiting', since: later(context.now, -hours * 3600) } }) as const;
    const undated = { ...settled, key: 'zoe', standing: { state: 'waiting' } } as const;
    expect(bodyOf(undated, since('young', 1), since('old', 240), waiting)).toBe(`\
4 faces waiting for the user or the vendor, oldest first; no action:
  old            face 19196-24946  ACTIVE  since 2026-08-13T00:00:00Z (10 d)                         enroll/a.yaml:32:5
  alice/waiting  face 19196-24946  NEW     since 2026-08-17T00:00:00Z (6 d), then its expiry is set  enroll/a.yaml:30:5
  young          face 19196-24946  ACTIVE  since 2026-08-22T23:00:00Z (60 min)                       enroll/a.yaml:32:5
  zoe            face 19196-24946  ACTIVE  since unknown                                             enroll/a.yaml:32:5`);
  });

  it('cuts a long list of waiting faces and says by how many', () => {
    const many = Array.from({ length: 25 }, (_, index) => ({ ...waiting, key: `user${index}/mobile` }));
    expect(bodyOf(...many)).toContain('\n  (15 more)');
    expect(planText(planOf({ changes: many }), { ...view, noops: 'list' })).not.toContain('more)');
  });

  it('says what somebody must look at, and what would help', () => {
    expect(bodyOf(attention)).toBe(`\
Attention needed for 1 face:
  alice/attention  face 19196-24946  FAILED  enroll/a.yaml:31:5
    (it has failed: add FAILED to replaceOn, or plan with --replace and its key)`);
  });

  it('counts the faces that were left alone and names the first', () => {
    const kept = ['a', 'b', 'c', 'd', 'e'].map((key) => ({ key, user: create.user, face: update.face }));
    expect(textOf({ kept })).toContain(`\
5 faces that no entry claims, left alone:
  a  ACTIVE
  b  ACTIVE
  c  ACTIVE
  (2 more)
`);
  });

  it('names each user that could not be read, why, and the entries that wait for them', () => {
    const reason = { code: 'throttled', message: 'GET /users/1/faces: 429 after 6 tries' } as const;
    const places = [create.place, token.place];
    expect(textOf({ complete: false, unknown: [{ key: 'bob', reason, places }] })).toContain(`\
Incomplete: 1 user could not be read, so no change is planned for:
  bob  throttled: GET /users/1/faces: 429 after 6 tries  enroll/a.yaml:3:5, enroll/a.yaml:7:5
`);
  });

  it('says that the scope could not be listed', () => {
    expect(textOf({ complete: false })).toContain(
      '\nIncomplete: the users in scope could not be listed to the end; those left out get no change.\n',
    );
  });
});

describe('a plan that apply will refuse', () => {
  it('names the exact flag for each budget that is spent, and for no other', () => {
    const budgets = [
      { budget: 'delete', used: 13, allowed: 5, limit: '5' },
      { budget: 'disable', used: 40, allowed: 20, limit: '10%' },
      { budget: 'email', used: 100, allowed: 100, limit: '100' },
    ] as const;
    expect(textOf({ changes: [disable], budgets })).toContain(`

Refused: 13 deletes, budget 5. To proceed: --allow-deletes 13
Refused: 40 disables, budget 20 (10%). To proceed: --allow-disables 40

Plan: `);
  });

  it('names the changes that protect forbids', () => {
    expect(textOf({ protected: [{ key: 'ceo/mobile', action: 'replace' }] })).toContain(`\
Refused: "protect" names the user. Change the entry or "protect":
  ceo/mobile would be replaced
`);
  });

  it('says that the input has errors', () => {
    expect(textOf({ changes: [disable], diagnostics: [diagnostic()] })).toContain(
      '\nRefused: 1 error in the input; nothing can be applied.\n',
    );
  });
});
