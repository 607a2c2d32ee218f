/**
 * Seconds since 1970 UTC. The tenant's clock is compared in whole seconds, since it may cut or add milliseconds.
 *
 * Two instants are compared with `<`, and subtracted to give seconds. A number is no instant: neither a duration nor
 * milliseconds can stand for one.
 */
export type Instant = number & { readonly [brand]: 'instant' };

declare const brand: unique symbol;

/** The one place that takes a number for an instant. The brand is a matter of types: nothing happens at run time. */
function branded(seconds: number): Instant;
function branded(seconds: number): number {
  return seconds;
}

/** From milliseconds since 1970 UTC, as a clock tells them: whole seconds, fractions cut. */
export function instantFromMs(ms: number): Instant {
  return branded(Math.floor(ms / 1000));
}

/** Whole seconds, fractions cut. */
export function instantOf(date: Date): Instant {
  return instantFromMs(date.getTime());
}

export function dateOf(instant: Instant): Date {
  return new Date(instant * 1000);
}

/** The instant so many seconds later; earlier where they are negative. */
export function later(instant: Instant, seconds: number): Instant {
  return branded(instant + seconds);
}

const dateTime = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:?\d{2})$/;

/**
 * Reads a date-time in either form the vendor sends: `2019-02-19T13:15:27Z` and `2018-05-28T19:07:50.328+0000`.
 *
 * @returns whole seconds, fractions cut; undefined where the text is neither form or names no real date.
 */
export function parseInstant(text: string): Instant | undefined {
  const ms = parseDateTime(text);
  return ms === undefined ? undefined : instantFromMs(ms);
}

/**
 * Reads a date-time as `parseInstant` does, its fraction included.
 *
 * @returns milliseconds since 1970 UTC, finer fractions cut.
 */
export function parseDateTime(text: string): number | undefined {
  if (!dateTime.test(text)) return undefined;
  const [hour, minute, second] = [twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17)];
  const offset = offsetOf(text);
  if (hour > 23 || minute > 59 || second > 59 || offset === undefined) return undefined;
  const [month, day] = [twoDigits(text, 5), twoDigits(text, 8)];
  const date = new Date(0);
  const ms = date.setUTCFullYear(twoDigits(text, 0) * 100 + twoDigits(text, 2), month - 1, day);
  // What is too large is carried: 30 February would be 2 March.
  if (date.getUTCDate() !== day || date.getUTCMonth() !== month - 1) return undefined;
  return ms + (hour * 3600 + minute * 60 + second - offset) * 1000 + fractionMs(text);
}

function fractionMs(text: string): number {
  if (text[fractionAt] !== '.') return 0;
  const digits = /^\d{1,3}/.exec(text.slice(fractionAt + 1))?.[0] ?? '';
  return Number(digits.padEnd(3, '0'));
}

const fractionAt = 'YYYY-MM-DDThh:mm:ss'.length;

/** By their codes: to cut and convert costs more than all the rest, and every face has two dates. */
function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - zero) * 10 + text.charCodeAt(at + 1) - zero;
}

const zero = 0x30;

/** Seconds ahead of UTC; undefined where there is no such zone. */
function offsetOf(text: string): number | undefined {
  const sign = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
  // The last minus of the date itself.
  if (sign === 7) return 0;
  const [hour, minute] = [twoDigits(text, sign + 1), twoDigits(text, text.length - 2)];
  if (hour > 23 || minute > 59) return undefined;
  return (hour * 60 + minute) * 60 * (text[sign] === '-' ? -1 : 1);
}

/** Writes `YYYY-MM-DDThh:mm:ssZ`. */
export function formatInstant(instant: Instant): string {
  return dateOf(instant).toISOString().replace('.000Z', 'Z');
}

const secondsPer: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Reads `72h` or `365d` as seconds; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const [, count, unit] = /^([1-9]\d{0,5})([hd])$/.exec(text) ?? [];
  if (count === undefined || unit === undefined) return undefined;
  return Number(count) * (secondsPer[unit] ?? 0);
}

/** Reads `90s`, `10m`, `72h` or `7d` as seconds; undefined for anything else. It may be none, as `0s`. */
export function parseWait(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (count === undefined || unit === undefined) return undefined;
  return Number(count) * (secondsPer[unit] ?? 0);
}
