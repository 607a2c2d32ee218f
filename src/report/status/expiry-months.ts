import { dateOf, instantFromMs, type Instant } from '../../model/instant.ts';

const monthsShown = 13;

/** `2026-06`, for that month in UTC. */
export function monthName(instant: Instant): string {
  return dateOf(instant).toISOString().slice(0, 7);
}

/** From the month of the instant to the same month of the next year. */
export function monthsFrom(now: Instant): readonly string[] {
  const start = dateOf(now);
  return Array.from({ length: monthsShown }, (_, index) =>
    monthName(instantFromMs(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + index))),
  );
}
