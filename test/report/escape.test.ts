import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
