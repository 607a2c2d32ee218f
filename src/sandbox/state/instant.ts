import type { Readings } from './readings.ts';

const form = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)(Z|[+-]\d{2}:?\d{2})$/;

/**
 * Reads a date with a zone, in either of the vendor's spellings.
 *
 * @returns milliseconds since 1970 UTC; `undefined` when it is no such date.
 */
export function parseInstant(text: string): number | undefined {
  const [, local, zone] = form.exec(text) ?? [];
  if (local === undefined || zone === undefined) return undefined;
  const parsed = Date.parse(local + zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(parsed) ? undefined : parsed;
}

/** Writes milliseconds since 1970 UTC as the vendor does; `zulu` drops the fraction of a second. */
export function writeInstant(instant: number, dates: Readings['dates']): string {
  const text = new Date(instant).toISOString();
  return dates === 'zulu' ? text.replace(/\.\d{3}Z$/, 'Z') : text.replace(/Z$/, '+0000');
}
