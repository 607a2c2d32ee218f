import type { Instant } from '../../model/instant.ts';
import type { Face } from '../../model/face.ts';
import type { Change, NoOpChange } from '../../model/plan.ts';
import { earlierEnd } from '../../model/summary.ts';
import { reasonSentences } from './reason-sentences.ts';
import { age } from '../text/age.ts';
import { plain } from '../text/escape.ts';
import { timeSpan } from '../text/time-span.ts';

/** Why the change was planned, and what it takes of the time that a face would last; of two faces for one entry, both. */
export function reasonText(change: Change, now: Instant): string {
  const more = change.action === 'no-op' ? duplicateText(change, now) : endText(change, now);
  return `${reasonSentences[change.reason]}${more === '' ? '' : `; ${more}`}`;
}

function duplicateText({ face, duplicateOf }: NoOpChange, now: Instant): string {
  if (face === undefined || duplicateOf === undefined) return '';
  return `${plain(duplicateOf.key)} has ${faceText(duplicateOf.face, now)}, and this is ${faceText(face, now)}`;
}

function faceText({ id, status, created }: Face, now: Instant): string {
  const old = created === undefined ? 'of unknown age' : `${age(now - created)} old`;
  return `${plain(id)} (${plain(status)}, ${old})`;
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
