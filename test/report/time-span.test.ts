import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantFromMs, parseInstant } from '../../src/model/instant.ts';
import { timeSpan } from '../../src/report/text/time-span.ts';

const instant = (text: string) => parseInstant(text) ?? instantFromMs(NaN);

describe('a span of time', () => {
  it.each([
    ['2026-01-01T00:00:00Z', '2035-08-01T00:00:00Z', '9 years 7 months'],
    ['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z', '1 year'],
    ['2026-01-01T00:00:00Z', '2027-01-31T23:59:59Z', '1 year'],
    ['2026-01-31T00:00:00Z', '2026-02-28T00:00:00Z', '1 month'],
    ['2028-02-29T00:00:00Z', '2029-02-28T00:00:00Z', '1 year'],
    ['2026-03-30T12:00:00Z', '2026-04-30T11:00:00Z', '30 days 23 hours'],
    ['2026-01-01T00:00:00Z', '2026-01-01T00:03:00Z', '3 minutes'],
    ['2026-01-01T00:00:00Z', '2026-01-01T01:00:59Z', '1 hour'],
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z', '1 second'],
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '0 seconds'],
    ['2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z', '0 seconds'],
  ])('is told in its two largest units: %s to %s', (from, to, expected) => {
    expect(timeSpan(instant(from), instant(to))).toBe(expected);
  });

  it('is never told with a number of one that has none', () => {
    const seconds = fc.integer({ min: 0, max: 8_000_000_000 });
    fc.assert(
      fc.property(seconds, seconds, (one, other) => {
        const text = timeSpan(instantFromMs(one * 1000), instantFromMs(other * 1000));
        expect(text).toMatch(/^(0 seconds|[1-9]\d* [a-z]+( [1-9]\d* [a-z]+)?)$/);
      }),
    );
  });
});
