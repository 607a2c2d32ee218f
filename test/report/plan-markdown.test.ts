import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { later } from '../../src/model/instant.ts';
import type { Plan, WritingChange } from '../../src/model/plan.ts';
import { planMarkdown } from '../../src/report/index.ts';
import { calm, fullPlan, noOps, view, writingChanges, type Words } from './samples.ts';

function planOf(changes: readonly WritingChange[]): Plan {
  const of = (action: string): number => changes.filter((change) => change.action === action).length;
  const summary = { ...fullPlan(calm).summary, create: of('create'), update: of('update'), delete: of('delete') };
  return { ...fullPlan(calm), changes, summary };
}

function many<C extends WritingChange>(change: C, count: number): readonly C[] {
  return Array.from({ length: count }, (_, at) => {
    const login = `user${String(at).padStart(5, '0')}`;
    return { ...change, key: `${login}/mobile`, user: { login, uuid: `uuid-${at}` } };
  });
}

/** What stands outside of code, where Markdown has a meaning. */
function prose(markdown: string): string {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split('\n')) {
    const [mark] = /^`{3,}/.exec(line) ?? [];
    if (fence === undefined && mark !== undefined) fence = mark;
    else if (fence !== undefined && line === fence) fence = undefined;
    else if (fence === undefined) lines.push(line);
  }
  expect(fence).toBeUndefined();
  return lines.join('\n').replaceAll(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
}

describe('a plan in Markdown', () => {
  it('begins with a hidden mark of its tenant, by which a rerun finds the comment', () => {
    const [first] = planMarkdown(fullPlan(calm), view).split('\n');
    expect(first).toMatch(/^<!-- faceform plan \S+ -->$/);
    const afterwards = planMarkdown(planOf([]), { ...view, now: later(view.now, 99) });
    expect(afterwards.split('\n')[0]).toBe(first);
  });

  it('tells the totals first, then what takes something away, then updates, then creates', () => {
    const text = planMarkdown(fullPlan(calm), view);
    const groups = ['Delete, replace, disable (3)', 'Shorten (1)', 'Update (1)', 'Create (2)'];
    const places = ['| create | update | shorten |', ...groups.map((group) => `<summary>${group}`)].map((part) =>
      text.indexOf(part),
    );
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((left, right) => left - right));
  });

  it('says so where there is nothing to do', () => {
    const text = planMarkdown({ ...planOf([]), complete: true, unknown: [], diagnostics: [] }, view);
    expect(text).toContain('No changes.');
    expect(text).not.toContain('<details');
  });

  const { create, update, remove } = writingChanges(calm);

  it.each([
    ['creates', { create: 10_000, update: 0, remove: 0 }, /(\d+) more creates left out/],
    ['updates', { create: 10, update: 10_000, remove: 5 }, /(\d+) more updates left out/],
    ['deletes', { create: 10, update: 10, remove: 10_000 }, /(\d+) more changes left out/],
  ])('has 60,000 characters at most in full, and leaves out the harmless first: %s', (_, count, left) => {
    const changes = [...many(create, count.create), ...many(update, count.update), ...many(remove, count.remove)];
    const text = planMarkdown(planOf(changes), { ...view, detail: 'full' });
    expect(text.length).toBeLessThanOrEqual(60_000);
    expect(text.length).toBeGreaterThan(50_000);
    const shown = (text.match(/^# user\d{5}/gm) ?? []).length;
    const out = [...text.matchAll(/(\d+) more \w+ left out/g)].reduce((sum, [, number]) => sum + Number(number), 0);
    expect(shown + out).toBe(changes.length);
    expect(text).toMatch(left);
  });

  it.each([
    ['creates', { create: 10_000, update: 0, remove: 0 }],
    ['updates', { create: 10, update: 10_000, remove: 5 }],
    ['deletes', { create: 10, update: 10, remove: 10_000 }],
    ['a little of each', { create: 100, update: 100, remove: 100 }],
  ])('names as many users as fit when it is compact, and counts the others: %s', (_, count) => {
    const changes = [...many(create, count.create), ...many(update, count.update), ...many(remove, count.remove)];
    const text = planMarkdown(planOf(changes), view);
    expect(text.length).toBeLessThanOrEqual(60_000);
    const named = text.match(/\buser\d{5}\b/g)?.length ?? 0;
    const others = [...text.replaceAll(/\s+/g, ' ').matchAll(/(\d+) users? not named here/g)].reduce(
      (sum, [, number]) => sum + Number(number),
      0,
    );
    expect(named + others).toBe(changes.length);
    expect(others === 0 || text.length > 50_000).toBe(true);
  });

  it.each(['u'.repeat(3000), 'u'.repeat(70_000), '`'.repeat(5000), '\u001b'.repeat(3000)])(
    'has 60,000 characters at most with ever so long names and notes',
    (name) => {
      const words: Words = { user: name, serial: name, file: name, message: name };
      const { create, update, remove } = writingChanges(words);
      const named = many(remove, 30).map((change) => ({ ...change, user: remove.user }));
      for (const changes of [
        [create, update, remove],
        [...many(create, 30), ...many(update, 30), ...many(remove, 30), ...named],
      ])
        expect(planMarkdown({ ...fullPlan(words), changes }, view).length).toBeLessThanOrEqual(60_000);
    },
  );

  it('shows the changes beside one with an ever so long name', () => {
    const { create } = writingChanges({ ...calm, user: 'a'.repeat(70_000) });
    expect(planMarkdown(planOf([create, writingChanges(calm).create]), view)).toContain('\n# alice/mobile');
  });

  it.each<[string, Partial<Plan>]>([
    [
      'faces in need of attention',
      { changes: Array.from({ length: 5000 }, (_, at) => ({ ...noOps().attention, key: `user${at}/mobile` })) },
    ],
    [
      'protected users',
      { protected: Array.from({ length: 100 }, (_, at) => ({ key: `user${at}`, action: 'delete' })) },
    ],
    [
      'a long message about a user',
      { unknown: [{ key: 'alice', reason: { code: 'throttled', message: 'm'.repeat(7000) }, places: [] }] },
    ],
  ])('names the flag that a refused budget needs, whatever else there is to say: %s', (_, members) => {
    const text = planMarkdown({ ...fullPlan(calm), ...members }, view);
    expect(text).toContain('Incomplete: 1 user could not be read');
    expect(text).toContain('Refused: 1 error in the input');
    expect(text).toContain('To proceed: --allow-deletes 2');
  });
});

describe('text from outside in Markdown', () => {
  const attacks = [
    '@everyone',
    '#123',
    '![x](https://evil.example)',
    '<img src=x>',
    '-->',
    '```',
    '`',
    '|',
    '\n# big',
    '&lt;',
  ];
  const text = fc
    .array(fc.oneof(fc.constantFrom(...attacks), fc.string({ unit: 'binary', maxLength: 5 })), { minLength: 1 })
    .map((parts) => `x${parts.join('')}`);

  it('stands in code alone, and never ends it', () => {
    fc.assert(
      fc.property(fc.record({ user: text, serial: text, file: text, message: text }), text, (words, origin) => {
        const markdown = planMarkdown({ ...fullPlan(words), tenant: { kind: 'origin', origin } }, view);
        const calmProse = prose(planMarkdown({ ...fullPlan(calm), tenant: { kind: 'origin', origin: 'x' } }, view));
        const shape = (of: string): string =>
          of.replace(/<!-- faceform plan \S* -->/, '').replaceAll(/\d+ more lines?/g, '');
        expect(shape(prose(markdown))).toBe(shape(calmProse));
      }),
    );
  });
});
