import type { PlanInContext } from '../../model/shown/plan-context.ts';
import { planDiff, planJson, planMarkdown, planText, toJsonText } from '../../report/index.ts';
import type { Io } from '../process/io.ts';
import type { PlanOptions } from '../process/options.ts';
import { paletteFor } from '../process/console.ts';

/** The page is loaded only when it is asked for. */
export async function printPlan(
  { plan, context }: PlanInContext,
  options: Pick<PlanOptions, 'format' | 'includeNoop' | 'color'>,
  io: Io,
): Promise<string> {
  const noops = options.includeNoop === true ? 'list' : 'omit';
  const view = { ...context, noops, palette: paletteFor(io.stdout, io, options) } as const;
  switch (options.format) {
    case 'text':
      return planText(plan, view);
    case 'json':
      return toJsonText(planJson(plan, context, noops));
    case 'markdown':
      return planMarkdown(plan, view);
    case 'diff':
      return planDiff(plan, context);
    case 'html':
      return (await import('../../report/page/plan-html.ts')).planHtml(plan, context, noops);
  }
}
