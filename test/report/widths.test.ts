import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan, WritingChange } from '../../src/model/plan.ts';
import { diagnosticsText, liveLine, palette, planText } from '../../src/report/index.ts';
import { columns } from '../../src/report/text/columns.ts';
import { fitted } from '../../src/report/text/fitted.ts';
import { calm, diagnostic, fullPlan, view, writingChanges, type Words } from './samples.ts';

const widths = fc.constantFrom(60, 80, 120, 200);
const word = fc.stringMatching(/^[a-zA-Z0-9@./日本-]{1,30}$/);

// eslint-disable-next-line no-control-regex -- our own colours
const bare = (text: string): string => text.replaceAll(/\u001b\[\d+m/g, '');
const wordsOf = (text: string): readonly string[] => text.split(/\s+/).filter((each) => each !== '' && each !== '#');

/** Each line is as wide as the terminal at most, unless it is a single word that is wider. */
function expectFitting(text: string, width: number): void {
  for (const line of bare(text).split('\n')) {
    if (columns(line) > width) expect(wordsOf(line)).toHaveLength(1);
  }
}

describe('a line that is wider than the terminal', () => {
  it('goes on below and ends between words, which all stay as they are', () => {
    const lead = fc.constantFrom('', '  ', '  # ', '    # (', '\u001b[1m  # ');
    fc.assert(
      fc.property(lead, fc.array(word, { minLength: 1, maxLength: 30 }), widths, (start, words, width) => {
        const text = `${start}${words.join(' ')}`;
        const shown = fitted(text, width);
        expect(wordsOf(bare(shown))).toEqual(wordsOf(bare(text)));
        expectFitting(shown, width);
      }),
    );
  });

  it('is a comment below as well, and further in', () => {
    expect(fitted('  # (one two three four)', 16)).toBe('  # (one two\n  #   three\n  #   four)');
  });

  it('has room for a word that only fits without its indentation', () => {
    expect(fitted('  a 12345678901234 b', 15)).toBe('  a\n 12345678901234\n      b');
  });

  it('stays where no terminal says how wide it is', () => {
    expect(fitted('  a b c', undefined)).toBe('  a b c');
  });
});

/** The first of these has spaces in the names of its files. */
const files = fc.constantFrom('our teams/emea north/a b.yaml', 'enroll/a.yaml', `${'long'.repeat(20)}/x.yaml`);

function placesOf({ changes }: Plan): readonly string[] {
  return changes.flatMap(({ place }) => (place === undefined ? [] : [`${place.file}:${place.line}:${place.column}`]));
}

describe('a plan on a terminal', () => {
  const detail = fc.constantFrom('compact', 'full' as const);
  const mode = fc.constantFrom('color', 'plain' as const);

  it('has each word and each place in one piece, however wide the terminal is', () => {
    fc.assert(
      fc.property(fc.tuple(word, word, files), widths, detail, mode, ([user, serial, file], width, of, colours) => {
        const words: Words = { ...calm, user, serial, file };
        const plan = fullPlan(words);
        const options = { ...view, detail: of, palette: palette(colours) } as const;
        const shown = planText(plan, { ...options, width });
        if (of === 'full') expect(wordsOf(bare(shown))).toEqual(wordsOf(bare(planText(plan, options))));
        for (const place of new Set(placesOf(plan))) {
          if (planText(plan, options).includes(place)) expect(bare(shown)).toContain(place);
        }
        const tooWide = bare(shown)
          .split('\n')
          .filter((line) => columns(line) > width && !line.trim().endsWith(file) && !line.includes(file));
        expect(tooWide.filter((line) => wordsOf(line).length > 1)).toEqual([]);
      }),
    );
  });

  it('keeps a sign with its meaning, and a flag with its number', () => {
    const { create, update, shorten, disable, replace, remove } = writingChanges();
    const changes = [create, update, shorten, disable, replace, remove];
    const budgets = [{ budget: 'delete', used: 123_456, allowed: 5, limit: '5' }] as const;
    const text = planText({ ...fullPlan(), changes, budgets }, { ...view, width: 60 });
    for (const piece of ['- delete', '! disable', '< shorten', '~ update', '+ create', '--allow-deletes 123456']) {
      expect(text).toContain(piece);
    }
  });

  it('colours the whole line that says what happens', () => {
    const { remove, create } = writingChanges();
    const changes: readonly WritingChange[] = [remove, create];
    const plan = { ...fullPlan(), changes };
    const lines = (of: 'compact' | 'full'): readonly string[] =>
      planText(plan, { ...view, detail: of, palette: palette('color') }).split('\n');
    const [red, green, end] = ['\u001b[31m', '\u001b[32m', '\u001b[39m'];
    expect(lines('full').filter((line) => line.includes('will be '))).toEqual([
      expect.stringMatching(new RegExp(`^${escaped(red)}.*# alice/x .*will be deleted.*\\u001b\\[39m$`)),
      expect.stringMatching(new RegExp(`^${escaped(green)}.*# alice/mobile .*enroll/a.yaml:3:5.*\\u001b\\[39m$`)),
    ]);
    expect(lines('compact').filter((line) => / 1 .*face/.test(line) && line.startsWith('\u001b[3'))).toEqual([
      expect.stringMatching(new RegExp(`- delete 1 .*${escaped(end)}$`)),
      expect.stringMatching(new RegExp(`\\+ create 1 .*${escaped(end)}$`)),
    ]);
  });
});

const escaped = (text: string): string => text.replaceAll('[', '\\[');

describe('diagnostics on a terminal', () => {
  it('have places in one piece, and code frames that fit', () => {
    fc.assert(
      fc.property(files, widths, fc.array(word, { maxLength: 40 }), (file, width, words) => {
        const code = `    flw: mobile ${words.join(' ')}`;
        const one = diagnostic({ ...calm, file });
        const snippet = { context: null, code, startLine: 14, highlightStart: 4, highlightEnd: 7 };
        const text = diagnosticsText([{ ...one, snippet }], palette('plain'), width);
        expect(text).toContain(`${file}:14:5`);
        for (const line of text.split('\n').filter((each) => !each.includes(file) && !/[日本]/.test(each))) {
          expect(line.length).toBeLessThanOrEqual(width);
        }
      }),
    );
  });
});

describe('the live line of progress', () => {
  it('is shorter than the terminal is wide, so that it can be written over', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(10_000), fc.constantFrom(40, 60, 80, 120), (done, seconds, width) => {
        expect(liveLine('Reading face settings', [done, 100_000], { seconds, width }).length).toBeLessThan(width);
      }),
    );
    expect(liveLine('Applying', [120, 412], { seconds: 12, width: 60 })).toBe(
      'Applying 120/412 (29 %), 12 s, about 30 s left',
    );
    expect(liveLine('Applying', [120, 412], { seconds: 12, width: 20 })).toBe('Applying 120/412');
  });
});
