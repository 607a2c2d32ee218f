/** Seconds since 1970 UTC. The tenant's clock is compared in whole seconds, since it may cut or add milliseconds. */
export type Instant = number;

const dateTime = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(?:\.\d+)?([Zz]|[+-]\d{2}:?\d{2})$/;

/**
 * Reads a date-time in either form the vendor sends: `2019-02-19T13:15:27Z` and `2018-05-28T19:07:50.328+0000`.
 *
 * @returns whole seconds, fractions cut; undefined where the text is neither form or names no real date.
 */
export function parseInstant(text: string): Instant | undefined {
  const [, date, time, zone] = dateTime.exec(text) ?? [];
  if (date === undefined || time === undefined || zone === undefined) return undefined;
  const offset = /^[Zz]$/.test(zone) ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const milliseconds = Date.parse(`${date}T${time}${offset}`);
  if (Number.isNaN(milliseconds) || !isRealDate(date)) return undefined;
  return Math.floor(milliseconds / 1000);
}

/** `Date.parse` takes 30 February for 2 March. */
function isRealDate(date: string): boolean {
  const day = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
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
