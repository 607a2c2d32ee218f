import type { WritingChange } from '../../model/plan.ts';
import { fitted } from '../text/fitted.ts';
import { wholeWhere } from '../text/place-text.ts';
import { batchHead, batchesOf, namesOf, type Batch } from './batches.ts';
import { signWidth, type ShownAction } from './change-sign.ts';
import type { PlanView } from './plan-view.ts';

/** Lists of names end their lines there where no terminal says how wide it is. */
const usualWidth = 120;
/** So few are named, whatever happens to them. */
const fewNames = 5;

/** Changes that take something away: everybody is named. */
const removing: ReadonlySet<ShownAction> = new Set(['delete', 'replace', 'disable', 'shorten']);

/** A line for all changes that are alike in all but the user; a single one has its place. */
export function compactLines(
  changes: readonly WritingChange[],
  { palette, width = usualWidth }: Pick<PlanView, 'palette' | 'width'>,
): readonly string[] {
  const signs = signWidth(changes);
  return batchesOf(changes).map((batch) => {
    const lines = fitted(`  ${batchHead(batch, signs)}: ${whoText(batch)}`, width).split('\n');
    return lines.map((line) => palette[batch.action](line)).join('\n');
  });
}

function whoText(batch: Batch): string {
  const names = namesOf(batch);
  const [only, ...others] = batch.changes;
  if (only !== undefined && others.length === 0) return `${names.join('')}  ${wholeWhere(only)}`;
  if (names.length <= fewNames || removing.has(batch.action)) return names.join(', ');
  return `${names[0] ?? ''} … ${names.at(-1) ?? ''} (--full lists them)`;
}
