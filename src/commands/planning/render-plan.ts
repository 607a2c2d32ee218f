import type { Plan, PlanContext } from '../../model/plan.ts';
import { planDiff, planJson, planMarkdown, planText, toJsonText } from '../../report/index.ts';
import { findCommit } from '../process/git-commit.ts';
import type { Io } from '../process/io.ts';
import type { AllowOptions, CreateApiOptions, PlanOptions, TenantOptions } from '../process/options.ts';
import { paletteFor } from '../process/console.ts';
import { createApiOf } from '../tenant/create-api.ts';
import { toolVersion } from '../version.ts';
import type { DesiredState } from '../../model/enrollment.ts';

/** All that is said of a plan beside it: when, by what, from which commit, and how it may be applied. */
export async function planContext(
  { tenant }: Pick<DesiredState, 'tenant'>,
  options: AllowOptions & TenantOptions & CreateApiOptions,
  io: Io,
): Promise<PlanContext> {
  const commit = await findCommit(io.workingDirectory);
  const concurrency = options.concurrency ?? tenant.concurrency;
  const requestsPerSecond = options.requestsPerSecond ?? tenant.requestsPerSecond;
  return {
    toolVersion: toolVersion(),
    now: Math.floor(io.clock.now() / 1000),
    ...(commit === undefined ? {} : { commit }),
    acknowledged: acknowledgedBy(options),
    createApi: createApiOf(tenant, options),
    pace: {
      ...(concurrency === undefined ? {} : { concurrency }),
      ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
    },
  };
}

/** What the `--allow-…` flags acknowledge. */
export function acknowledgedBy({
  allowDeletes,
  allowDisables,
  allowEmails,
}: AllowOptions): PlanContext['acknowledged'] {
  return {
    ...(allowDeletes === undefined ? {} : { delete: allowDeletes }),
    ...(allowDisables === undefined ? {} : { disable: allowDisables }),
    ...(allowEmails === undefined ? {} : { email: allowEmails }),
  };
}

/** The page is loaded only when it is asked for. */
export async function printPlan(
  plan: Plan,
  context: PlanContext,
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
