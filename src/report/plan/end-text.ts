import type { Instant } from '../../model/instant.ts';
import type { Change } from '../../model/plan.ts';
import { earlierEnd } from '../../model/summary.ts';
import { reasonSentences } from './reason-sentences.ts';
import { timeSpan } from '../text/time-span.ts';

/** Why the change was planned, and what it takes of the time that a face would last. */
export function reasonText(change: Change, now: Instant): string {
  const end = endText(change, now);
  return `${reasonSentences[change.reason]}${end === '' ? '' : `; ${end}`}`;
}

/**
 * What a change takes of the time that a face would last: `access ends 9 years 7 months earlier`; empty where it takes none.
 *
 * @param now when the plan is shown.
 */
export function endText(change: Change, now: Instant): string {
  if (change.action !== 'update') return '';
  const to = earlierEnd(change);
  if (to === undefined) return '';
  const { face, shortens } = change;
  if (face.expiry === undefined) return `access ends in ${timeSpan(now, to)}, and had no end before`;
  const soon = shortens === 'near' ? `, in ${timeSpan(now, to)}` : '';
  return `access ends ${timeSpan(to, face.expiry)} earlier${soon}`;
}
