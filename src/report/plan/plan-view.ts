import type { PlanContext } from '../../model/shown/plan-context.ts';
import type { Palette } from '../text/style.ts';

/** `full`: a block for each change. `compact`: a line for all that are alike in all but the user. */
export type Detail = 'compact' | 'full';

/** How a plan is shown. Waiting faces and those that need attention are listed either way. */
export interface PlanView extends PlanContext {
  readonly palette: Palette;
  readonly noops: 'list' | 'omit';
  /** Missing: by how many changes there are. */
  readonly detail?: Detail | undefined;
  /** Columns of the terminal; missing where there is none. */
  readonly width?: number | undefined;
}

/** More would be pages that nobody reads. */
const mostInFull = 50;

export function detailOf({ detail }: Pick<PlanView, 'detail'>, changes: number): Detail {
  return detail ?? (changes > mostInFull ? 'compact' : 'full');
}
