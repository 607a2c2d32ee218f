/** Whoever asks for longer, in a number of whatever length, asks for no less. */
const longestSeconds = 999_999_999;

/**
 * Says how long to wait before calling again.
 *
 * @param header value of `Retry-After`: seconds, or an HTTP date.
 * @param now milliseconds since 1970 UTC.
 * @returns milliseconds from `now`, never negative; undefined where the header is neither form.
 * @see RFC 9110, section 10.2.3.
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d+$/.test(text)) return Math.min(Number(text), longestSeconds) * 1000;
  // Date.parse would take "1.5" or "5 minutes" for a date; an HTTP date begins with the name of the day.
  if (!/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
