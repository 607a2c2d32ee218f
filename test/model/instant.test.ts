import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  dateOf,
  formatInstant,
  instantFromMs,
  instantOf,
  later,
  parseDateTime,
  parseInstant,
  type Instant,
} from '../../src/model/instant.ts';

describe('a date-time', () => {
  it.each([
    ['2019-02-19T13:15:27Z', '2019-02-19T13:15:27Z'],
    ['2018-05-28T19:07:50.328+0000', '2018-05-28T19:07:50Z'],
    ['2024-02-29t23:59:59.999z', '2024-02-29T23:59:59Z'],
    ['2026-01-01T00:30:00+01:00', '2025-12-31T23:30:00Z'],
    ['2026-01-01T00:30:00-0530', '2026-01-01T06:00:00Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
  ])('%s is read', (text, instant) => {
    const read = parseInstant(text);
    expect(read && formatInstant(read)).toBe(instant);
  });

  it.each([
    '2026-02-29T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-01-32T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:60:00Z',
    '2026-01-01T00:00:60Z',
    '2026-01-01T00:00:00+24:00',
    '2026-01-01T00:00:00',
    '2026-01-01',
    '2026-01-01 00:00:00Z',
    '',
  ])('%j is none', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it('that is written is read as the same instant', () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_000_000_000, max: 250_000_000_000 }), (seconds) => {
        const instant = instantFromMs(seconds * 1000);
        expect(parseInstant(formatInstant(instant))).toBe(instant);
      }),
    );
  });
});

describe('a date-time', () => {
  it.each([
    ['2018-05-28T19:07:50.328+0000', 328],
    ['2018-05-28T19:07:50.5Z', 500],
    ['2018-05-28T19:07:50.123456789Z', 123],
    ['2018-05-28T19:07:50Z', 0],
  ])('keeps its milliseconds: %s', (text, ms) => {
    expect(parseDateTime(text)).toBe(Date.UTC(2018, 4, 28, 19, 7, 50, ms));
  });
});

describe('an instant', () => {
  const newYear = instantFromMs(Date.UTC(2026, 0, 1));

  it('has whole seconds, fractions cut', () => {
    expect(instantFromMs(Date.UTC(2026, 0, 1, 0, 0, 0, 999))).toBe(newYear);
    expect(instantFromMs(Date.UTC(2025, 11, 31, 23, 59, 59, 1))).toBe(later(newYear, -1));
  });

  it('is moved by seconds', () => {
    expect(formatInstant(later(newYear, 90))).toBe('2026-01-01T00:01:30Z');
  });

  it('is a date, and a date is it', () => {
    expect(instantOf(dateOf(newYear))).toBe(newYear);
  });

  it('is no number to be written down: a duration or milliseconds do not compile in its place', () => {
    expectTypeOf<number>().not.toExtend<Instant>();
    expectTypeOf<Instant>().toExtend<number>();
  });
});
