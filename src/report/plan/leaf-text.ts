import { formatInstant, later, type Instant } from '../../model/instant.ts';
import type { Leaf, LeafValue } from './attribute-rows.ts';
import { count } from '../../model/values/count.ts';
import { quoted } from '../text/escape.ts';

/** Stands for a value that nobody may see. */
export const sensitiveText = '(sensitive)';

/**
 * A value as every text form of a plan shows it, harmless on a terminal.
 *
 * @param now when the plan is shown, from which an expiry that the tenant's policy will set is reckoned.
 */
export function leafText(leaf: Leaf, now: Instant): string {
  switch (leaf.state) {
    case 'none':
      return 'null';
    case 'known':
      return valueText(leaf.value);
    case 'unknown':
      return leaf.lifetimeDays === undefined ? '(known after apply)' : policyText(leaf.lifetimeDays, now);
    case 'masked':
      return sensitiveText;
  }
}

/** The day alone: when the plan will be applied is not known to the second. */
function policyText(days: number, now: Instant): string {
  const day = formatInstant(later(now, days * 86_400)).slice(0, 'YYYY-MM-DD'.length);
  return `${day} (${count(days, 'day')}, the tenant's policy)`;
}

function valueText(value: LeafValue): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return formatInstant(value);
  if (typeof value === 'boolean') return String(value);
  const ways = [...(value.email ? ['email'] : []), ...(value.qrCode ? ['qrCode'] : [])];
  return ways.length === 0 ? 'none' : ways.join(' + ');
}
