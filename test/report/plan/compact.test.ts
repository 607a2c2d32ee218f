import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { later } from '../../../src/model/instant.ts';
import type { Plan, WritingChange } from '../../../src/model/plan.ts';
import { planText } from '../../../src/report/index.ts';
import { context, noOps, planOf, view, writingChanges } from '../samples.ts';

const { create, token, update, shorten, disable, replace, remove } = writingChanges();
const compact = { ...view, detail: 'compact', width: 200 } as const;

function of<C extends WritingChange>(change: C, login: string): C {
  return { ...change, key: change.key.replace(/^\w+/, login), user: { login, uuid: `uuid-${login}` } };
}

function many<C extends WritingChange>(change: C, count: number): readonly C[] {
  return Array.from({ length: count }, (_, at) => of(change, `user${at + 1}`));
}

function linesOf(...changes: readonly WritingChange[]): readonly string[] {
  const [, , lines = ''] = planText(planOf({ changes }), compact).split('\n\n');
  return lines.split('\n');
}

describe('a compact plan', () => {
  it('has one line for changes that are alike in all but the user, and names the first and the last', () => {
    expect(linesOf(...many(create, 280))).toEqual([
      "  + create 280 mobile faces, e-mail and QR code, tenant's expiry: user1 … user280 (--full lists them)",
    ]);
  });

  it('is as the page about reading a plan shows it', async () => {
    const absent = { ...remove, reason: 'delete_because_absent', face: { ...remove.face, status: 'ACTIVE' } } as const;
    const mailed = { ...create, create: { ...create.create, activation: { email: true, qrCode: false } } };
    const changes = [...['carol', 'alice', 'bob'].map((login) => of(absent, login)), ...many(mailed, 280)];
    const [, ...shown] = planText(planOf({ changes }), compact).split('\n\n').slice(0, -1);
    const page = await readFile(new URL('../../../docs/operating.md', import.meta.url), 'utf8');
    expect(page).toContain(`\`\`\`text\n${shown.join('\n\n')}\n\`\`\``);
  });

  it('names up to five, and says where a single change comes from', () => {
    expect(linesOf(of(create, 'zoe'), ...many(token, 5))).toEqual([
      '  + create 5 token faces, expiry 2026-09-22T00:00:00Z: user1, user2, user3, user4, user5',
      "  + create 1 mobile face, e-mail and QR code, tenant's expiry: zoe  enroll/a.yaml:3:5",
    ]);
  });

  it('says of an update what is set, and of a removal what goes and why', () => {
    const days = (number: number) => ({ ...update.to, expiry: later(context.now, number * 86_400) });
    expect(
      linesOf(
        of(update, 'a'),
        of({ ...update, to: days(30) }, 'b'),
        of(remove, 'c'),
        of(remove, 'd'),
        of(disable, 'e'),
        of(replace, 'f'),
        of({ ...update, face: { ...update.face, status: 'DISABLED' }, reason: 'update_because_disabled' }, 'g'),
      ).map((line) => line.replaceAll(/ {2}\S*$/g, '')),
    ).toEqual([
      '  -   delete 2 no more room faces (no entry names the user, and scope.onRemove is delete): c, d',
      '  +/- replace 1 ACTIVE web face, expiry 365 d after creation (what differs can only be set when a face is created): f',
      '  !   disable 1 ACTIVE face (the entry says enabled: false): e',
      '  ~   update 2 ACTIVE faces, expiry -> 2026-09-22 … 2027-08-23 (its expiry is not the one the entry asks for): a, b',
      '  ~   update 1 DISABLED face, status -> ACTIVE, expiry -> 2027-08-23T00:00:00Z (it is disabled, and the entry wants it enabled): g',
    ]);
  });

  it('says how much earlier access ends at most, and keeps faces that had no end apart', () => {
    const endless = { ...shorten, face: { ...shorten.face, expiry: undefined } };
    const lines = linesOf(of(shorten, 'a'), of(endless, 'b'), of({ ...shorten, face: update.face }, 'c')).join('\n');
    expect(lines).toMatch(/shorten 2 .* access ends up to 9 years 6 months earlier .*: a, c$/ms);
    expect(lines).toMatch(/shorten 1 .* had no end before .*: b {2}/ms);
  });

  it.each([
    ['the reason', disable, { ...disable, reason: 'disable_because_unmatched' }],
    ['the status of the face', remove, { ...remove, face: { ...remove.face, status: 'EXPIRED' } }],
    ['the flow', create, token],
    ['the order of a replace', replace, { ...replace, order: 'delete-first' }],
    [
      'the activation',
      create,
      { ...create, create: { ...create.create, activation: { email: false, qrCode: false } } },
    ],
    ['whether it ends access earlier', update, { ...update, shortens: 'far' }],
    ['whether an expiry is set', update, { ...update, to: { status: 'ACTIVE' } }],
  ] as const)('keeps changes apart that differ in %s', (_, one, other) => {
    expect(linesOf(of(one, 'a'), of(other, 'b')).filter((line) => /^ {2}\S/.test(line))).toHaveLength(2);
  });

  it('counts the faces of one user who has several', () => {
    expect(linesOf(of(remove, 'a'), of(remove, 'b'), { ...of(remove, 'a'), key: 'a/2' })[0]).toMatch(/: a \(2\), b$/);
  });

  it('ends its lines at 120 columns where no terminal says otherwise', () => {
    const text = planText(planOf({ changes: many(remove, 300) }), { ...compact, width: undefined });
    const longest = Math.max(...text.split('\n').map((line) => line.length));
    expect([longest > 100, longest <= 120]).toEqual([true, true]);
  });

  it('names everybody from whom something is taken away, however many, and wherever else it collapses', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(400), fc.constantFrom(create, update, shorten, disable, replace, remove))),
        fc.constantFrom(undefined, 60, 80, 120, 200),
        (picks, width) => {
          const changes = picks.map(([user, change]) => of(change, `user${user}`));
          const text = planText(planOf({ changes }), { ...compact, width });
          for (const { user, action, ...rest } of changes) {
            const takes = action !== 'create' && (action !== 'update' || 'shortens' in rest);
            if (takes) expect(text).toMatch(new RegExp(`\\b${user.login}\\b`));
          }
          const counts = [...text.matchAll(/^ {2}\S+ +[a-z]+ (\d+) /gm)].reduce(
            (sum, [, number]) => sum + Number(number),
            0,
          );
          expect(counts).toBe(changes.length);
        },
      ),
    );
  });
});

describe('how much a plan says of each change', () => {
  const plan = (count: number): Plan => planOf({ changes: many(create, count) });
  const isFull = (text: string): boolean => text.includes('will be created');

  it('is all of it up to 50 changes, and the compact form beyond', () => {
    expect([50, 51].map((count) => isFull(planText(plan(count), view)))).toEqual([true, false]);
  });

  it('is what was asked for', () => {
    expect(isFull(planText(plan(51), { ...view, detail: 'full' }))).toBe(true);
    expect(isFull(planText(plan(1), compact))).toBe(false);
  });

  it('names 50 faces that need attention, unless all are asked for', () => {
    const { attention } = noOps();
    const changes = Array.from({ length: 60 }, (_, at) => ({ ...attention, key: `user${at}/mobile` }));
    const named = (text: string): number => text.match(/^ {2}user/gm)?.length ?? 0;
    const short = planText(planOf({ changes }), view);
    expect([named(short), short.includes('\n  (10 more; --full lists them)\n')]).toEqual([50, true]);
    expect(named(planText(planOf({ changes }), { ...view, detail: 'full' }))).toBe(60);
  });
});
