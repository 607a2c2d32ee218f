import { createHash } from 'node:crypto';

function digest(name: string): string {
  return createHash('sha256').update(`faceform sandbox ${name}`).digest('hex');
}

/** A lower-case UUID that is the same for the same name in every run, so that transcripts stay comparable. */
export function uuidFor(name: string): string {
  const hex = digest(name);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/** A serial number of the form that the vendor's webhook sample shows, `19196-24946`; the same for the same name. */
export function serialNumberFor(name: string): string {
  const hex = digest(name);
  const fiveDigits = (start: number) => String(10_000 + (Number.parseInt(hex.slice(start, start + 8), 16) % 90_000));
  return `${fiveDigits(0)}-${fiveDigits(8)}`;
}

/** The first of `candidate(0)`, `candidate(1)`, … that `taken` does not know. */
export function firstFree(candidate: (attempt: number) => string, taken: (value: string) => boolean): string {
  for (let attempt = 0; ; attempt += 1) {
    const value = candidate(attempt);
    if (!taken(value)) return value;
  }
}
