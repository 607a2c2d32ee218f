/** How a busy tenant says when to come back: in whole seconds, with an HTTP date, or not at all. */
export type RetryAfter = 'seconds' | 'date' | 'none';

/**
 * Headers that ask the caller to wait.
 *
 * @param now the caller's time, milliseconds since 1970 UTC: an HTTP date counts from there, even if the tenant's own
 * clock was advanced.
 */
export function retryAfterHeaders(form: RetryAfter, seconds: number, now: number): Readonly<Record<string, string>> {
  switch (form) {
    case 'seconds':
      return { 'retry-after': String(seconds) };
    case 'date':
      // An HTTP date has whole seconds; rounding up keeps it from naming a time that is too early.
      return { 'retry-after': new Date(Math.ceil(now / 1000 + seconds) * 1000).toUTCString() };
    case 'none':
      return {};
  }
}
