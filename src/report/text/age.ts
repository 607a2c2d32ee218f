import { formatInstant, type Instant } from '../../model/instant.ts';

const units = [
  { from: 172_800, seconds: 86_400, name: 'd' },
  { from: 7200, seconds: 3600, name: 'h' },
  { from: 120, seconds: 60, name: 'min' },
  { from: 0, seconds: 1, name: 's' },
] as const;

/** A length of time in its largest unit that is at least two, cut: `6 d`, `30 h`. Less than nothing is `0 s`. */
export function age(seconds: number): string {
  const length = Math.max(0, seconds);
  const unit = units.find(({ from }) => length >= from) ?? units[3];
  return `${Math.floor(length / unit.seconds)} ${unit.name}`;
}

/** `since 2026-05-01T09:00:00Z (30 d)` */
export function sinceText(since: Instant | undefined, now: Instant): string {
  return since === undefined ? 'since unknown' : `since ${formatInstant(since)} (${age(now - since)})`;
}
