import { describe, expect, it } from 'vitest';
import { loadText } from '../../support/desired/load-files.ts';

/** The one complaint about the text. */
async function only(text: string | Uint8Array) {
  const { diagnostics } = await loadText(text);
  expect(diagnostics).toHaveLength(1);
  return diagnostics[0];
}

describe('the range of a complaint', () => {
  it('counts lines and columns from one, bytes from zero, and ends behind the value', async () => {
    expect((await only('version: 1\nunmatched: kept\n'))?.range).toEqual({
      filename: 'a.yaml',
      start: { line: 2, column: 12, byte: 22 },
      end: { line: 2, column: 16, byte: 26 },
    });
  });

  it('counts columns in UTF-16 units and bytes in UTF-8', async () => {
    const before = 'protect: ["日本", "😀é", ';
    expect((await only(`# ä\nversion: 1\n${before}1]\n`))?.range?.start).toEqual({
      line: 3,
      column: before.length + 1,
      byte: Buffer.byteLength(`# ä\nversion: 1\n${before}`),
    });
  });

  it('counts the bytes of a byte order mark, but no column', async () => {
    expect((await only('\ufeffversion: 2\n'))?.range?.start).toEqual({ line: 1, column: 10, byte: 12 });
  });

  it('takes a letter that looks like a byte order mark for a letter', async () => {
    expect((await only('ﻁ: 1\nversion: 1\n'))?.range).toMatchObject({
      start: { byte: 0 },
      end: { byte: 3, column: 2 },
    });
  });

  it('holds for lines that end in two characters', async () => {
    const found = await only('version: 1\r\nunmatched: kept\r\n');
    expect(found?.range?.start).toEqual({ line: 2, column: 12, byte: 23 });
    expect(found?.snippet?.code).toBe('unmatched: kept');
  });

  it('holds for a value of several lines', async () => {
    expect((await only('version: 1\nunmatched: "a\n  b"\n'))?.range).toMatchObject({
      start: { line: 2, column: 12 },
      end: { line: 3, column: 5 },
    });
  });

  it('ends with the file where the line does', async () => {
    expect((await only('version: 1\nunmatched: kept'))?.range?.end).toEqual({ line: 2, column: 16, byte: 26 });
  });
});

describe('the line that is shown', () => {
  it('has the value marked', async () => {
    expect((await only('version: 1\nunmatched: kept\n'))?.snippet).toEqual({
      context: null,
      code: 'unmatched: kept',
      startLine: 2,
      highlightStart: 11,
      highlightEnd: 15,
    });
  });

  it('is cut around the value where it is long', async () => {
    const protect = Array.from({ length: 200 }, (_, index) => `user-${index}`).join(', ');
    const {
      code = '',
      highlightStart,
      highlightEnd,
    } = (await only(`version: 1\nprotect: [${protect}, 1007]\n`))?.snippet ?? {};
    expect(code.length).toBeLessThanOrEqual(160);
    expect(code.slice(highlightStart, highlightEnd)).toBe('1007');
  });
});
