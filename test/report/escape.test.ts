import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { yamlText } from '../../src/model/values/yaml-text.ts';
import { csvField } from '../../src/report/text/escape.ts';
import { plain, quoted, toJsonText } from '../../src/report/index.ts';

describe('text from outside', () => {
  it.each([
    ['a line break', 'a\r\nb', 'a\\r\\nb'],
    ['a tab', 'a\tb', 'a\\tb'],
    ['an ANSI colour', 'a\u001b[31mb', 'a\\u001b[31mb'],
    ['an OSC 8 link', '\u001b]8;;https://evil.example\u0007x', '\\u001b]8;;https://evil.example\\u0007x'],
    ['a C1 control', 'a\u009bb', 'a\\u009bb'],
    ['a bidi override', 'a\u202eb', 'a\\u202eb'],
    ['a bidi isolate', 'a\u2066b', 'a\\u2066b'],
    ['a direction mark', 'a\u200f\u061cb', 'a\\u200f\\u061cb'],
    ['a line separator', 'a\u2028b', 'a\\u2028b'],
    ['a zero-width space', 'bob\u200b', 'bob\\u200b'],
    ['an invisible filler', 'bob\u3164', 'bob\\u3164'],
    ['a tag character', 'bob\u{e0041}', 'bob\\udb40\\udc41'],
    ['a lone surrogate', 'a\ud800b', 'a\\ud800b'],
  ])('shows %s as an escape', (_name, text, expected) => {
    expect(plain(text)).toBe(expected);
  });

  it('keeps letters of every language, and emoji', () => {
    expect(plain('Zoë Łuczak 山田 דוד 😀')).toBe('Zoë Łuczak 山田 דוד 😀');
  });

  it('cannot end the quotation marks it stands in', () => {
    expect(quoted('a" -> "b\\')).toBe('"a\\" -> \\"b\\\\"');
  });
});

describe('JSON on a terminal', () => {
  it('escapes what a terminal would obey or not show', () => {
    expect(toJsonText({ login: 'a\u001b\u009b\u202e\u2028b' })).toBe(
      '{\n  "login": "a\\u001b\\u009b\\u202e\\u2028b"\n}\n',
    );
  });

  it('reads back as the same value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })), (value) => {
        expect(JSON.parse(toJsonText(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('a text in YAML', () => {
  it.each(['alice', 'alice@example.com', 'a.b-c+d_e', '5d0c7c1e-3b1f-4c55-9a55-0a4f2a7e9b10'])(
    'is bare: %s',
    (text) => {
      expect(yamlText(text)).toBe(text);
    },
  );

  it.each([
    ...['', 'no', 'True', 'NULL', 'y', '1e3', '0x1', '1_000', '12:30:45', '2026-01-01', '~', '.inf', '-', '- a'],
    ...[' a', 'a ', 'a: b', 'a #b', '#', "'", '%a', '@a', '{', '[', '*a', '&a', '!a', '|', '>', '?', '<<', 'Zoë'],
  ])('is quoted: %j', (text) => {
    expect(yamlText(text)).toBe(JSON.stringify(text));
  });

  it('reads back as it was, in one line that shows all of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const yaml = yamlText(text);
        expect(yaml).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(parse(yaml, { version: '1.2' })).toBe(text);
        expect(parse(yaml, { version: '1.1' })).toBe(text);
      }),
    );
  });

  it.each(['a\ud800', '\u{e0041}', '\ufeff'])('keeps what no editor shows: %j', (text) => {
    expect(parse(yamlText(text))).toBe(text);
  });
});

describe('a field of CSV', () => {
  it.each([
    ['plain', 'plain'],
    ['', ''],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    [' a', '" a"'],
    ['a\r\nb', 'a\\r\\nb'],
    ['\u001b[2J', '\\u001b[2J'],
    ['=1+1', "'=1+1"],
    ['+49 1', "'+49 1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\\t=1"],
    ['\r=1', "'\\r=1"],
    ['\uff1d1', "'\uff1d1"],
    ['=HYPERLINK("a","b")', '"\'=HYPERLINK(""a"",""b"")"'],
    ['a=b', 'a=b'],
  ])('of %j is %s', (text, field) => {
    expect(csvField(text)).toBe(field);
  });
});
