import { describe, expect, it } from 'vitest';
import {
  diagnosticsGithub,
  diagnosticsText,
  errorText,
  palette,
  progressLine,
  validateJson,
  validateText,
} from '../../src/report/index.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { planHtml } from '../../src/report/page/plan-html.ts';
import { context, diagnostic, planOf } from './samples.ts';

const bare = palette('plain');

const leftOut = { error: 0, warning: 0 };

describe('diagnostics on a terminal', () => {
  it('show the place, the code with carets below what is wrong, and what to do', () => {
    expect(diagnosticsText([diagnostic()], bare)).toBe(`\
Error: "flw" is not a member: no more room [UNKNOWN_MEMBER]
  at enroll/a.yaml:14:5, in enrollments[3] alice
     |
  14 |     flw: mobile
     |     ^^^
  Write "flow" for alice.
`);
  });

  describe('of which one code has many', () => {
    const at = (line: number): Partial<Diagnostic> => ({
      range: { filename: 'enroll/a.yaml', start: { line, column: 5, byte: 0 }, end: { line, column: 8, byte: 3 } },
    });
    const many = (count: number, others: Partial<Diagnostic> = {}): readonly Diagnostic[] =>
      Array.from({ length: count }, (_, index) => ({ ...diagnostic(), ...at(count - index), ...others }));
    const other = { ...diagnostic(), ...at(50), code: 'TOO_DEEP' } as const;

    it('are all shown up to 20', () => {
      expect(diagnosticsText([...many(20), other], bare).match(/^Error:/gm)).toHaveLength(21);
    });

    it('are one beyond, with the count and the first three places', () => {
      expect(diagnosticsText([...many(3412, { detail: '' }), other], bare)).toBe(`\
Error: "flw" is not a member: no more room [UNKNOWN_MEMBER]
  at enroll/a.yaml:1:5, in enrollments[3] alice
     |
  14 |     flw: mobile
     |     ^^^
  also at enroll/a.yaml:2:5
  also at enroll/a.yaml:3:5
  and 3409 more with this code

${diagnosticsText([other], bare)}`);
    });

    it('say what differs, or where there is no place', () => {
      const placeless = many(21).map((each, index) => ({ ...each, range: undefined, summary: `x${index + 10}` }));
      expect(diagnosticsText(placeless, bare)).toMatch(/\n {2}also: x11\n {2}also: x12\n {2}and 18 more/);
    });

    it('are not hidden behind a warning of the same code', () => {
      const text = diagnosticsText([...many(30, { severity: 'warning' }), ...many(30)], bare);
      expect([text.match(/^Error:/gm), text.match(/^Warning:/gm)]).toEqual([['Error:'], ['Warning:']]);
    });

    it('are one on the page as well, and as many as there are in JSON and for GitHub', () => {
      const diagnostics = many(30);
      const page = planHtml(planOf({ diagnostics }), context, 'omit');
      expect(page.match(/<b class="error">/g)).toHaveLength(1);
      expect(page).toContain('and 27 more with this code');
      expect(validateJson({ diagnostics, skipped: 0, leftOut }, '1.2.3').diagnostics).toHaveLength(30);
      expect(diagnosticsGithub(diagnostics).match(/^::error/gm)).toHaveLength(30);
    });
  });

  it('stand in the order of the file, whatever order they were found in', () => {
    const { range, ...unplaced } = diagnostic();
    const later = { ...diagnostic(), code: 'TOO_DEEP' as const };
    const earlier = { ...diagnostic(), code: 'EMPTY_FILE' as const };
    const diagnostics = [later, earlier, { ...unplaced, code: 'WRONG_TYPE' as const }];
    const codes = validateJson({ diagnostics, skipped: 0, leftOut }, '1.2.3').diagnostics.map(({ code }) => code);
    expect(range).toBeDefined();
    expect(codes).toEqual(['WRONG_TYPE', 'EMPTY_FILE', 'TOO_DEEP']);
  });

  it('underline every line of a long value, below wide characters too', () => {
    const snippet = { context: null, code: '- 日本: "a\n   b"', startLine: 9, highlightStart: 6, highlightEnd: 14 };
    const { range, ...unplaced } = diagnostic();
    expect(range).toBeDefined();
    expect(
      diagnosticsText([{ ...unplaced, snippet }], bare)
        .split('\n')
        .slice(1, 6),
    ).toEqual(['     |', '   9 | - 日本: "a', '     |         ^^', '  10 |    b"', '     |    ^^']);
  });

  it.each([1, 2, 3, 5])(
    'show no command to a CI system where it is marked from its character %i on',
    (highlightStart) => {
      const { range, ...unplaced } = diagnostic();
      expect(range).toBeDefined();
      const snippet = { context: null, code: '##vso[task.complete]', startLine: 1, highlightStart, highlightEnd: 20 };
      const text = diagnosticsText([{ ...unplaced, snippet }], bare);
      expect(text).not.toMatch(/##[\w.-]*\[/);
      expect(text).toContain('vso[task.complete]');
    },
  );

  it('cut a file that is one long line down to what matters', () => {
    const code = `${'x'.repeat(5000)}HERE${'y'.repeat(5000)}`;
    const snippet = { context: null, code, startLine: 1, highlightStart: 5000, highlightEnd: 5004 };
    const lines = diagnosticsText([{ ...diagnostic(), snippet }], bare).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(260);
    expect(lines[4]?.indexOf('^^^^')).toBe(lines[3]?.indexOf('HERE'));
  });

  it('cut between characters, never within one', () => {
    const snippet = { context: null, startLine: 1, highlightStart: 401, highlightEnd: 405 };
    const frames = ['', 'x'].map((shift) =>
      diagnosticsText([{ ...diagnostic(), snippet: { ...snippet, code: `${shift}${'😀'.repeat(500)}` } }], bare),
    );
    expect(frames.join('')).not.toMatch(/\p{Cs}/u);
  });

  it('show the first lines of a long value, and count the rest', () => {
    const code = Array.from({ length: 9 }, (_, index) => `line ${index}`).join('\r\n');
    const snippet = { context: null, code, startLine: 1, highlightStart: 0, highlightEnd: 4 };
    const text = diagnosticsText([{ ...diagnostic(), detail: '', snippet }], bare);
    expect(text.split('\n').slice(2)).toEqual([
      '    |',
      '  1 | line 0',
      '    | ^^^^',
      '  2 | line 1',
      '  3 | line 2',
      '  4 | line 3',
      '  5 | line 4',
      '    | (4 more lines)',
      '',
    ]);
  });

  it('are nothing where there is none', () => {
    expect(diagnosticsText([], bare)).toBe('');
  });
});

describe('diagnostics for GitHub', () => {
  it('become annotations whose values cannot end early', () => {
    const hostile = { user: 'a%b', serial: '', file: 'a:b,c.yaml', message: '100%, a::b\r\n::error::x' };
    expect(diagnosticsGithub([diagnostic(hostile)])).toBe(
      '::error file=a%3Ab%2Cc.yaml,line=14,col=5,endLine=14,endColumn=8,' +
        'title="flw" is not a member%3A 100%25%2C a%3A%3Ab\\r\\n%3A%3Aerror%3A%3Ax' +
        '::Write "flow" for a%25b. [UNKNOWN_MEMBER]\n',
    );
  });
});

describe('the verdict of validate', () => {
  it('says how much was checked', () => {
    expect(validateText({ files: 3, skipped: 0, leftOut, enrollments: 412, diagnostics: [] }, bare)).toBe(
      'Success! 3 files, 412 enrollments.\n',
    );
    expect(validateText({ files: 3, skipped: 2, leftOut, enrollments: 412, diagnostics: [] }, bare)).toBe(
      'Success! 3 files (2 skipped), 412 enrollments.\n',
    );
  });

  it('counts errors and warnings', () => {
    const diagnostics = [diagnostic(), { ...diagnostic(), severity: 'warning' as const }];
    expect(validateText({ files: 1, skipped: 0, leftOut, enrollments: 2, diagnostics }, bare)).toBe(
      'Failure: 1 error, 1 warning in 1 file.\n',
    );
    const none = { files: 0, skipped: 0, leftOut, enrollments: 0, diagnostics: [diagnostic()] };
    expect(validateText(none, bare)).toBe('Failure: 1 error.\n');
  });

  it('is valid in JSON as long as there are only warnings', () => {
    expect(
      validateJson({ diagnostics: [{ ...diagnostic(), severity: 'warning' }], skipped: 0, leftOut }, '1.2.3'),
    ).toEqual({
      tool: 'faceform',
      tool_version: '1.2.3',
      format_version: '1.0',
      valid: true,
      error_count: 0,
      warning_count: 1,
      diagnostics: [
        {
          severity: 'warning',
          code: 'UNKNOWN_MEMBER',
          summary: '"flw" is not a member: no more room',
          detail: 'Write "flow" for alice.',
          range: {
            filename: 'enroll/a.yaml',
            start: { line: 14, column: 5, byte: 210 },
            end: { line: 14, column: 8, byte: 213 },
          },
          snippet: {
            context: 'enrollments[3] alice',
            code: '    flw: mobile',
            start_line: 14,
            highlight_start_offset: 4,
            highlight_end_offset: 7,
            values: [],
          },
        },
      ],
    });
  });
});

describe('a program error', () => {
  it('says what is wrong and, below it, what to do', () => {
    expect(errorText('no tenant is named', 'Pass --tenant URL.', bare)).toBe(
      'Error: no tenant is named\n  Pass --tenant URL.\n',
    );
  });

  it('is red where colours are on', () => {
    expect(errorText('no', '', palette('color'))).toBe('\u001b[31mError:\u001b[39m \u001b[1mno\u001b[22m\n');
  });
});

describe('progress', () => {
  it('says how far it is and how long it may take', () => {
    expect(progressLine('Reading users', [120, 412], 12)).toBe('Reading users 120/412 (29 %), 12 s, about 30 s left');
  });

  it('promises nothing before the first and after the last', () => {
    expect([
      progressLine('Reading', [0, 0], 0),
      progressLine('Reading', [0, 9], 1),
      progressLine('Reading', [9, 9], 200),
    ]).toEqual(['Reading 0/0 (100 %), 0 s', 'Reading 0/9 (0 %), 1 s', 'Reading 9/9 (100 %), 3 min']);
  });
});
