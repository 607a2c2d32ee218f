import { sortedByKey } from '../../model/values/order.ts';
import { createTwoFilesPatch } from 'diff/lib/patch/create.js';
import type { Instant } from '../../model/instant.ts';
import type { Change, Plan } from '../../model/plan.ts';
import type { PlanContext } from '../../model/shown/plan-context.ts';
import { attributesOf } from './attribute-rows.ts';
import { endText } from './reason-text.ts';
import { readingText } from './reading-text.ts';
import { plain } from '../text/escape.ts';
import { leafText } from './leaf-text.ts';

/** The plan as a unified diff, live state against desired state, for tools that colour and fold such; empty for none. */
export function planDiff(plan: Plan, { now }: Pick<PlanContext, 'now'>): string {
  const reading = readingText(plan);
  const patches = sortedByKey(plan.changes.filter(({ action }) => action !== 'no-op'))
    .map((change) => patchOf(change, now))
    .join('');
  return reading === undefined ? patches : `# ${reading}\n${patches}`;
}

function patchOf(change: Change, now: Instant): string {
  const rows = attributesOf(change);
  const linesOf = (side: 'before' | 'after'): string =>
    rows.flatMap((row) => (row[side].state === 'none' ? [] : `${row.name}: ${leafText(row[side], now)}\n`)).join('');
  const end = endText(change, now);
  const [before, after] = [linesOf('before'), `${linesOf('after')}${end === '' ? '' : `# ${end}\n`}`];
  const name = (side: string, lines: string): string => (lines === '' ? '/dev/null' : `${side}/${plain(change.key)}`);
  return createTwoFilesPatch(name('live', before), name('desired', after), before, after);
}
