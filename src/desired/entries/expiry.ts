import type { Diagnostic } from '../../model/diagnostic.ts';
import type { ExpiryRule } from '../../model/enrollment.ts';
import { parseDuration, parseInstant, type Instant } from '../../model/instant.ts';
import type { PlainDefaults, PlainEntry } from './entry-in.ts';
import type { ParsedFile } from '../source/parsed-file.ts';
import type { Words } from '../source/source-file.ts';

type Dated = Pick<PlainEntry, 'expiry' | 'lifetime'>;

/** What is wrong with the end of a face, as it is written in one place; all of it concerns `expiry`. */
export function expiryErrors({ expiry, lifetime }: Dated, now: Instant): readonly Words[] {
  if (expiry === undefined) return [];
  const instant = parseInstant(expiry);
  return [
    ...(lifetime === undefined ? [] : [both]),
    ...(instant === undefined ? [notADate] : []),
    ...(instant !== undefined && instant <= now ? [past] : []),
  ];
}

/** Said once for the defaults, and not at each entry that has them. */
export function checkDefaults(parsed: ParsedFile, defaults: PlainDefaults, now: Instant): readonly Diagnostic[] {
  return expiryErrors(defaults, now).map((words) => parsed.diagnose(words, ['defaults', 'expiry'], 'key'));
}

/** What cannot be read ends as the tenant's own policy; no state is made of it. */
export function expiryOf({ expiry, lifetime }: Dated): ExpiryRule {
  const instant = expiry === undefined ? undefined : parseInstant(expiry);
  if (instant !== undefined) return { rule: 'at', instant };
  if (lifetime === 'policy') return { rule: 'policy' };
  const seconds = lifetime === undefined ? undefined : parseDuration(lifetime);
  return seconds === undefined ? { rule: 'tenant' } : { rule: 'lifetime', seconds };
}

const both: Words = {
  code: 'EXPIRY_AND_LIFETIME',
  summary: "both 'expiry' and 'lifetime'",
  detail: 'Keep one of the two.',
};
const notADate: Words = {
  code: 'WRONG_VALUE',
  summary: "'expiry' must be a date-time with a time zone",
  detail: 'Write it as 2035-06-30T00:00:00Z.',
};
const past: Words = {
  code: 'EXPIRY_IN_PAST',
  summary: "'expiry' has passed",
  detail: 'Give a later date, or take the entry out.',
};
