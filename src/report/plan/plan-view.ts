import type { PlanContext } from '../../model/shown/plan-context.ts';
import type { Palette } from '../text/style.ts';

/** How a plan is shown. Waiting faces and those that need attention are listed either way. */
export interface PlanView extends PlanContext {
  readonly palette: Palette;
  readonly noops: 'list' | 'omit';
}
