import type { PlanInContext } from '../../model/shown/plan-context.ts';
import { planDiff, planMarkdown, planText, type PlanView } from '../../report/index.ts';
import type { Io } from '../process/io.ts';
import type { DetailOptions, PlanOptions } from '../process/options.ts';
import { paletteFor } from '../process/console.ts';
import { planJsonText } from '../files/plan-files.ts';
import type { Finish } from '../files/plan-signature.ts';

/** The page is loaded only when it is asked for. */
export async function printPlan(
  { plan, context }: PlanInContext,
  options: Pick<PlanOptions, 'format' | 'includeNoop' | 'color' | keyof DetailOptions> & {
    readonly finish?: Finish | undefined;
  },
  io: Io,
): Promise<string> {
  const noops = options.includeNoop === true ? 'list' : 'omit';
  const { columns } = io.stdout;
  const view: PlanView = {
    ...context,
    noops,
    palette: paletteFor(io.stdout, io, options),
    width: columns,
    ...detailOf(options),
  };
  switch (options.format) {
    case 'text':
      return planText(plan, view);
    case 'json':
      return planJsonText({ plan, context }, noops, options.finish);
    case 'markdown':
      return planMarkdown(plan, view);
    case 'diff':
      return planDiff(plan, context);
    case 'html':
      return (await import('../../report/page/plan-html.ts')).planHtml(plan, context, noops);
  }
}

function detailOf({ compact, full }: DetailOptions): Pick<PlanView, 'detail'> {
  if (full === true) return { detail: 'full' };
  return compact === true ? { detail: 'compact' } : {};
}
