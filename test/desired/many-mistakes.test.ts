import { describe, expect, it } from 'vitest';
import { Findings } from '../../src/desired/entries/findings.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { codes, loadText } from '../support/desired/load-files.ts';

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('');
const entry = 'version: 1\nenrollments:\n  - user: a\n    flow: mobile\n';

/** Each would take an hour or more for a million, if every mistake were compared with all before it. */
const manyMistakes: readonly (readonly [string, (count: number) => string])[] = [
  ['unknown properties at the top', (count) => `version: 1\n${lines(count, (i) => `k${i}: 1\n`)}`],
  ['unknown properties of an entry', (count) => entry + lines(count, (i) => `    k${i}: 1\n`)],
  ['unknown properties in a line', (count) => `{"version":1,"ü":1${lines(count, (i) => `,"k${i}":1`)}}`],
  ['annotations', (count) => `${entry}    annotations:\n${lines(count, (i) => `      k${i}: |\n        x\n`)}`],
  ['names twice', (count) => `version: 1\n${lines(count, (i) => `k${i}: 1\n`)}${lines(count, (i) => `k${i}: 1\n`)}`],
  ['names in a flow mapping', (count) => `version: 1\nx: &x {${lines(count, (i) => `k${i}: 1, `)}}\n`],
  ['unknown anchors', (count) => `version: 1\n${lines(count, (i) => `k${i}: &a${i} 1\n`)}`],
  ['wrong entries', (count) => `version: 1\nenrollments:\n${lines(count, (i) => `  - user: !x u${i}\n`)}`],
  ['duplicate entries', (count) => `version: 1\nenrollments:\n${'  - { user: a, flow: mobile }\n'.repeat(count)}`],
  ['entries in a line', (count) => `{"version":1,"enrollments":["ü"${',{"user":"a"}'.repeat(count)}]}`],
  ['lines about tokens', (count) => `version: 1\n${lines(count, () => 'token\n')}x: y\n${lines(200, () => '%: @\n')}`],
];

describe('a file', () => {
  it.each(manyMistakes)(
    'with four times as many mistakes takes about four times as long: %s',
    { timeout: 120_000 },
    async (_, write) => {
      const msOf = async (count: number): Promise<number> => {
        const begun = performance.now();
        expect(await loadText(write(count))).not.toHaveProperty('state');
        return performance.now() - begun;
      };
      await msOf(500);
      const once = await msOf(4_000);
      expect(await msOf(16_000)).toBeLessThan(10 * Math.max(once, 200));
    },
  );

  it.each([1, 1200])('places a mistake behind %i thousand characters of an entry', async (thousands) => {
    const filler = `    # ${'x'.repeat(993)}\n`.repeat(thousands);
    const { diagnostics } = await loadText(`${entry}${filler}    usr: a\n    flw: b\n`);
    const line = 5 + thousands;
    expect(diagnostics.map(({ range }) => range?.start)).toMatchObject([
      { line, column: 5 },
      { line: line + 1, column: 5 },
    ]);
  });

  // Each directory of such a path would be asked for, one by one.
  it('with long paths to token files that do not exist is judged at once', { timeout: 20_000 }, async () => {
    const path = 'd/'.repeat(2000);
    const entry = (i: number) => `  - { user: u${i}, flow: token, customerUserId: c${i}, token: { file: ${path}x } }\n`;
    const text = `version: 1\nenrollments:\n${lines(50, entry)}`;
    expect(codes(await loadText(text))).toEqual([]);
    expect(codes(await loadText(text, { secrets: 'check' }))).toEqual(Array(50).fill('UNREADABLE_FILE'));
  });

  it('with more than a thousand tokens that cannot be had has its first ones told, and the rest counted', async () => {
    const entry = (i: number) =>
      `  - { user: u${i}, flow: token, customerUserId: c${i}, token: { env: FACE_TOKEN_${i} } }\n`;
    const text = `version: 1\nenrollments:\n${lines(1500, entry)}`;
    expect((await loadText(text, { secrets: 'check' })).leftOut).toEqual({ error: 501, warning: 0 });
    const { state, checkTokens } = await loadText(text);
    const keys = new Set(state?.enrollments.map(({ key }) => key));
    for (const missing of ['error', 'warning'] as const) {
      const diagnostics = await checkTokens(keys, { bounds: 'enrollment file', missing });
      expect(diagnostics).toHaveLength(1000);
      expect(diagnostics[999]).toMatchObject({ severity: missing, summary: `501 more ${missing}s not shown` });
    }
  });

  it('with more than a thousand mistakes has its first ones told, and the rest counted', async () => {
    const { diagnostics, leftOut } = await loadText(`version: 1\n${lines(1500, (i) => `k${i}: 1\n`)}`);
    expect(diagnostics).toHaveLength(1000);
    expect(diagnostics[998]?.range?.start.line).toBe(1000);
    expect(diagnostics[999]).toMatchObject({
      severity: 'error',
      code: 'MORE_DIAGNOSTICS',
      summary: '501 more errors not shown',
    });
    expect(leftOut).toEqual({ error: 501, warning: 0 });
  });

  it('has its errors told however many warnings it has', async () => {
    const warned = lines(1500, (i) => `  - { user: u${i}, flow: mobile, activation: { email: false } }\n`);
    const loaded = await loadText(`version: 1\nenrollments:\n${warned}  - { user: x }\n`);
    expect(codes(loaded).filter((code) => code !== 'NOBODY_TOLD')).toEqual(['MISSING_MEMBER', 'MORE_DIAGNOSTICS']);
    expect(loaded.leftOut).toEqual({ error: 0, warning: 502 });
  });
});

describe('the findings of a run', () => {
  const diagnostic = (severity: Diagnostic['severity']): Diagnostic => ({
    severity,
    code: 'WRONG_VALUE',
    summary: '',
    detail: '',
  });

  function afterAdding(counts: Readonly<Record<Diagnostic['severity'], number>>) {
    const findings = new Findings();
    let made = 0;
    for (const severity of ['warning', 'error'] as const) {
      for (let index = 0; index < counts[severity]; index += 1) {
        findings.add(severity, () => {
          made += 1;
          return diagnostic(severity);
        });
      }
    }
    return { ...findings.end(), made, hasErrors: findings.hasErrors };
  }

  it('are all kept up to a thousand', () => {
    expect(afterAdding({ error: 400, warning: 600 }).diagnostics).toHaveLength(1000);
    expect(afterAdding({ error: 400, warning: 600 })).toMatchObject({ leftOut: { error: 0, warning: 0 }, made: 1000 });
  });

  it('are not made beyond that', () => {
    expect(afterAdding({ error: 100_000, warning: 100_000 })).toMatchObject({
      leftOut: { error: 99_001, warning: 100_000 },
      made: 2000,
      hasErrors: true,
    });
  });

  it('end with a warning where only warnings are left out', () => {
    const { diagnostics, hasErrors } = afterAdding({ error: 0, warning: 1001 });
    expect(diagnostics.at(-1)).toMatchObject({ severity: 'warning', summary: '2 more warnings not shown' });
    expect(hasErrors).toBe(false);
  });

  it('name one that is left out as one', () => {
    expect(afterAdding({ error: 1000, warning: 1 }).diagnostics.at(-1)?.summary).toBe(
      '1 more error, 1 more warning not shown',
    );
  });
});
