/** Seconds since 1970 UTC. The tenant's clock is compared in whole seconds, since it may cut or add milliseconds. */
export type Instant = number;

const dateTime = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:[Zz]|([+-])(\d{2}):?(\d{2}))$/;

/**
 * Reads a date-time in either form the vendor sends: `2019-02-19T13:15:27Z` and `2018-05-28T19:07:50.328+0000`.
 *
 * @returns whole seconds, fractions cut; undefined where the text is neither form or names no real date.
 */
export function parseInstant(text: string): Instant | undefined {
  const found = dateTime.exec(text);
  if (found === null) return undefined;
  const part = (group: number): number => Number(found[group] ?? 0);
  const [hour, minute, second] = [part(4), part(5), part(6)];
  const [zoneHour, zoneMinute] = [part(8), part(9)];
  if (hour > 23 || minute > 59 || second > 59 || zoneHour > 23 || zoneMinute > 59) return undefined;
  // Sums up parts that are too large: 30 February would be 2 March.
  const day = new Date(0).setUTCFullYear(part(1), part(2) - 1, part(3));
  if (new Date(day).getUTCDate() !== part(3) || part(2) < 1 || part(2) > 12) return undefined;
  const offset = (zoneHour * 60 + zoneMinute) * 60 * (found[7] === '-' ? -1 : 1);
  return day / 1000 + hour * 3600 + minute * 60 + second - offset;
}

/** Writes `YYYY-MM-DDThh:mm:ssZ`. */
export function formatInstant(instant: Instant): string {
  return new Date(instant * 1000).toISOString().replace('.000Z', 'Z');
}

const secondsPer: Readonly<Record<string, number>> = { h: 3600, d: 86_400 };

/** Reads `72h` or `365d` as seconds; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const [, count, unit] = /^([1-9]\d{0,5})([hd])$/.exec(text) ?? [];
  if (count === undefined || unit === undefined) return undefined;
  return Number(count) * (secondsPer[unit] ?? 0);
}
