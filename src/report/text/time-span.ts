import { dateOf, instantOf, type Instant } from '../../model/instant.ts';
import { count } from '../../model/values/count.ts';

/** How far two instants are apart by the calendar in UTC, in its two largest units: `9 years 7 months`, `3 minutes`. */
export function timeSpan(from: Instant, to: Instant): string {
  if (to <= from) return count(0, 'second');
  const months = wholeMonths(from, to);
  const rest = to - monthsLater(from, months);
  const parts = [
    { number: Math.floor(months / 12), noun: 'year' },
    { number: months % 12, noun: 'month' },
    { number: Math.floor(rest / 86_400), noun: 'day' },
    { number: Math.floor((rest % 86_400) / 3600), noun: 'hour' },
    { number: Math.floor((rest % 3600) / 60), noun: 'minute' },
    { number: rest % 60, noun: 'second' },
  ];
  const largest = parts.findIndex(({ number }) => number > 0);
  const told = parts.slice(largest, largest + 2).filter(({ number }) => number > 0);
  return told.map(({ number, noun }) => count(number, noun)).join(' ');
}

function wholeMonths(from: Instant, to: Instant): number {
  const [start, end] = [dateOf(from), dateOf(to)];
  const months = (end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth();
  return monthsLater(from, months) > to ? months - 1 : months;
}

/** On the same day of the month; on its last where it has none such. */
function monthsLater(instant: Instant, months: number): Instant {
  const date = dateOf(instant);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return instantOf(date);
}
